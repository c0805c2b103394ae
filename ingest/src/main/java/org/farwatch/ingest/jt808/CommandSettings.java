package org.farwatch.ingest.jt808;

import java.time.Duration;

/**
 * How answers of terminals to commands are waited for.
 *
 * @param timeout of the first try, {@code farwatch.jt808.command-timeout}; each try after the n-th waits n times as long
 *     as the one before it (JT/T 808 6.1)
 * @param tries at all, {@code farwatch.jt808.command-tries}
 * @param mostOfTerminal commands of one terminal that may wait, {@code farwatch.jt808.commands-of-terminal}
 * @param mostAtAll of all terminals together, {@code farwatch.jt808.commands-at-all}
 */
public record CommandSettings(Duration timeout, int tries, int mostOfTerminal, int mostAtAll) {
    public static final CommandSettings DEFAULT = new CommandSettings(Duration.ofSeconds(10), 3, 8, 4096);

    private static final int MOST_TRIES = 6;

    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public CommandSettings {
        if (timeout.toMillis() < 1 || timeout.toMinutes() >= 10) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.command-timeout must be 1 ms to 10 min, was " + timeout.toMillis() + " ms");
        }
        if (tries < 1 || tries > MOST_TRIES) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.command-tries must be 1 to " + MOST_TRIES + ", was " + tries);
        }
        if (mostOfTerminal < 1) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.commands-of-terminal must be at least 1, was " + mostOfTerminal);
        }
        if (mostAtAll < mostOfTerminal) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.commands-at-all must be at least commands-of-terminal, was " + mostAtAll);
        }
    }

    /** Milliseconds to wait after a try, the first being 1: T(n+1) = T(n) * (n+1). */
    long waitAfter(int attempt) {
        long wait = timeout.toMillis();
        for (int n = 2; n <= attempt; n++) {
            wait *= n;
        }
        return wait;
    }

    /** Milliseconds that all tries take together. */
    long waitOfAll() {
        long sum = 0;
        for (int attempt = 1; attempt <= tries; attempt++) {
            sum += waitAfter(attempt);
        }
        return sum;
    }
}
