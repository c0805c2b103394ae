package org.farwatch.api.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code farwatch.storage.*}; for how many days recordings are kept an administrator sets in the console.
 *
 * @param every how long after a pass of retention the next begins
 * @param atOnce segments that one step of a pass deletes at most
 * @param steps of one pass at most
 * @param relieveBelow free space below which ordinary recordings that the law does not ask for any more go, oldest first;
 *     at least twice {@code farwatch.video.keep-free}; null: 20 GB, or twice that where it is more
 * @param holds that may be open at once
 */
@ConfigurationProperties("farwatch.storage")
public record StorageSettings(
        @DefaultValue("10m") Duration every,
        @DefaultValue("500") int atOnce,
        @DefaultValue("40") int steps,
        DataSize relieveBelow,
        @DefaultValue("10000") int holds) {
    private static final DataSize USUAL = DataSize.ofGigabytes(20);

    public StorageSettings {
        rule(
                every.compareTo(Duration.ofSeconds(1)) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0,
                "every",
                "1s to 1d",
                every);
        rule(atOnce >= 1 && atOnce <= 10_000, "at-once", "1 to 10000", atOnce);
        rule(steps >= 1 && steps <= 1_000, "steps", "1 to 1000", steps);
        rule(holds >= 1 && holds <= 1_000_000, "holds", "1 to 1000000", holds);
    }

    /**
     * In bytes.
     *
     * @param keepFree bytes below which recording stops
     */
    long relieveBelow(long keepFree) {
        return relieveBelow == null ? Math.max(USUAL.toBytes(), 2 * keepFree) : relieveBelow.toBytes();
    }

    /** @throws IllegalArgumentException when the disk would be relieved too late */
    void check(long keepFree) {
        rule(
                relieveBelow(keepFree) >= 2 * keepFree,
                "relieve-below",
                "at least twice farwatch.video.keep-free (" + keepFree + " bytes)",
                relieveBelow);
    }

    private static void rule(boolean kept, String setting, String rule, Object value) {
        if (!kept) {
            throw new IllegalArgumentException("farwatch.storage." + setting + " must be " + rule + ", was " + value);
        }
    }
}
