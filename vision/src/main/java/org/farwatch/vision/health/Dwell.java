package org.farwatch.vision.health;

import java.time.Duration;
import java.util.Optional;

/**
 * Makes one fault out of many verdicts: it begins when these were bad long enough and ends when they were good long enough,
 * and at least {@value #FEWEST} times. A verdict of neither kind breaks no run in which it is the smaller part. Owned by the watch's thread.
 */
final class Dwell {
    static final int FEWEST = 3;
    private static final long NEVER = Long.MIN_VALUE;

    /** What is to be thought of one picture; between good and bad, and where nothing can be said, it is {@code UNSURE}. */
    enum Verdict {
        GOOD,
        UNSURE,
        BAD
    }

    private final HealthFault fault;
    private long openSince = NEVER;
    private long run = NEVER;
    private int length;
    private int unsure;

    Dwell(HealthFault fault) {
        this.fault = fault;
    }

    boolean open() {
        return openSince != NEVER;
    }

    long since() {
        return openSince;
    }

    void reopen(long sinceMillis) {
        openSince = sinceMillis;
        breakOff();
    }

    /** What was seen so far does not join what comes. */
    void breakOff() {
        run = NEVER;
        length = 0;
        unsure = 0;
    }

    Optional<HealthChange> take(Verdict verdict, long atMillis, Duration dwell) {
        Verdict other = open() ? Verdict.GOOD : Verdict.BAD;
        if (verdict != other) {
            unsure++;
            if (verdict != Verdict.UNSURE || unsure > length) {
                breakOff();
            }
            return Optional.empty();
        }
        if (run == NEVER) {
            run = atMillis;
        }
        length++;
        long needed = open() ? dwell.toMillis() / 3 : dwell.toMillis();
        if (length < FEWEST || atMillis - run < needed) {
            return Optional.empty();
        }
        HealthChange change =
                open() ? new HealthChange.Ended(fault, openSince, run) : new HealthChange.Began(fault, run);
        openSince = open() ? NEVER : run;
        breakOff();
        return Optional.of(change);
    }
}
