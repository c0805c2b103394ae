package org.farwatch.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often somebody at one address may be wrong within a minute. A try is counted before it is checked, so that tries at
 * the same time count too, and given back when it was right. IPv6 addresses count by their /64, which is what one
 * subscriber has. Bounded: the addresses used least give way. Safe for use by many threads.
 */
final class Throttle {
    private static final int REMEMBERED = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int SUBSCRIBER_BYTES = 8;

    private final int limit;
    private final Ticker ticker;
    private final Cache<String, Window> windows;

    /** The tries of one address since {@code start} nanoseconds. */
    private record Window(long start, int tries) {}

    Throttle(int limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
        windows = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .ticker(ticker)
                .build();
    }

    /**
     * Counts a try.
     *
     * @return zero when it may be made, otherwise how long to wait
     */
    Duration take(String address) {
        long now = ticker.read();
        Window window = windows.asMap().compute(subscriber(address), (_, before) -> {
            if (before == null || now - before.start() >= WINDOW.toNanos()) {
                return new Window(now, 1);
            }
            return before.tries() > limit ? before : new Window(before.start(), before.tries() + 1);
        });
        return window.tries() <= limit ? Duration.ZERO : WINDOW.minusNanos(now - window.start());
    }

    /** The try was right after all. */
    void giveBack(String address) {
        windows.asMap()
                .computeIfPresent(
                        subscriber(address),
                        (_, window) -> new Window(window.start(), Math.max(0, window.tries() - 1)));
    }

    private static String subscriber(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), SUBSCRIBER_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            // Not a literal, as no servlet container gives it: counted as it stands.
            return address;
        }
    }
}
