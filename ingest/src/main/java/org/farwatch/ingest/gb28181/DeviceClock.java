package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.farwatch.ingest.media.pull.CameraClock;

/**
 * How far a registered device's clock is from ours, by the DeviceTime of what it says (2016, A.2.6: its status; some say
 * it with each keepalive): the median of three, so that one message that was long on its way says nothing. Says also when
 * the device is to be asked. Safe for use by many threads.
 */
final class DeviceClock {
    private static final int COUNT = 3;
    /** Between the first questions, and before one that confirms a change, milliseconds. */
    private static final long SOON = 10_000;
    /** So far from what is known, a time is one of a clock that was set, milliseconds. */
    private static final long SET = 5_000;
    /** Times are written in whole seconds, so that on the average this much is missing, milliseconds. */
    private static final long CUT = 500;

    private final CameraClock clock = new CameraClock(COUNT);
    private int asked;
    private long dueAt;

    /**
     * @param time by its clock, null when it does not say
     * @param received by ours
     */
    synchronized void told(Instant time, Instant received) {
        if (time == null) {
            return;
        }
        long at = time.toEpochMilli() + (time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? CUT : 0);
        long now = received.toEpochMilli();
        OptionalLong known = clock.offset();
        clock.take(at, now);
        if (known.isPresent() && Math.abs(at - now - known.getAsLong()) > SET) {
            dueAt = Math.min(dueAt, now + SOON);
        }
    }

    /** Milliseconds that it is ahead of ours, negative when it is behind; empty while that is not known. */
    synchronized OptionalLong offset() {
        return clock.offset();
    }

    /**
     * Whether it is to be asked now; whoever is told so asks.
     *
     * @param now our clock, milliseconds since 1970 UTC
     * @param interval in the long run
     */
    synchronized boolean due(long now, Duration interval) {
        if (now < dueAt) {
            return false;
        }
        asked++;
        dueAt = now + (asked < COUNT ? Math.min(SOON, interval.toMillis()) : interval.toMillis());
        return true;
    }
}
