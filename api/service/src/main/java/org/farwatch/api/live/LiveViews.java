package org.farwatch.api.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Refusal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes looks at the live board to the view log, each before anything is given out and none for every second that
 * somebody goes on looking: a connection is logged once, a program that polls once in {@link #AGAIN_AFTER}. The subject
 * is the area asked for, west, south, east and north in degrees, or {@link #WHOLE_BOARD}. Whoever then asks for another
 * area is logged once more, for the whole board, so that the log never says less than was seen. Safe for use by many
 * threads.
 */
@Component
public class LiveViews {
    /** Subject of a look at everything that the viewer may see; no device has such an id. */
    static final String WHOLE_BOARD = "*";

    /** How long one entry stands for the same caller who polls from the same address for the same purpose. */
    static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private static final String KIND = "live";
    /** Who is forgotten because there are more than these is logged once more than he need be. */
    private static final int REMEMBERED = 10_000;

    private final ViewLog views;
    private final Cache<Poller, String> recent;

    private record Poller(long userId, Viewing viewing) {}

    @Autowired
    LiveViews(ViewLog views) {
        this(views, Ticker.systemTicker());
    }

    LiveViews(ViewLog views, Ticker ticker) {
        this.views = views;
        recent = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(AGAIN_AFTER)
                .ticker(ticker)
                .build();
    }

    /**
     * Somebody asks for the board by the request being handled.
     *
     * @param bbox west, south, east, north in degrees, null for everywhere
     * @throws Refusal 400 for a purpose that cannot be kept
     */
    public void polled(Caller caller, double[] bbox) {
        Viewing viewing = Viewing.current();
        Poller poller = new Poller(caller.userId(), viewing);
        String area = area(bbox);
        // Only a look that is logged is a write, which the entry's time counts from.
        if (!covers(recent.getIfPresent(poller), area)) {
            recent.asMap().compute(poller, (_, logged) -> log(caller, viewing, logged, area));
        }
    }

    /**
     * Somebody subscribes to the board on his connection.
     *
     * @param logged what was logged for the connection before, null for nothing
     * @param bbox as for {@link #polled}
     * @return what is logged for it now
     */
    String subscribed(Caller caller, Viewing viewing, String logged, double[] bbox) {
        return log(caller, viewing, logged, area(bbox));
    }

    private String log(Caller caller, Viewing viewing, String logged, String area) {
        if (covers(logged, area)) {
            return logged;
        }
        String subject = logged == null ? area : WHOLE_BOARD;
        views.record(caller, viewing, KIND, subject, null, null, null);
        return subject;
    }

    private static boolean covers(String logged, String area) {
        return logged != null && (logged.equals(WHOLE_BOARD) || logged.equals(area));
    }

    private static String area(double[] bbox) {
        return bbox == null || bbox[0] <= -180 && bbox[1] <= -90 && bbox[2] >= 180 && bbox[3] >= 90
                ? WHOLE_BOARD
                : Arrays.stream(bbox).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}
