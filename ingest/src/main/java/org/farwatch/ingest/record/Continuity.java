package org.farwatch.ingest.record;

import org.farwatch.ingest.media.Fragment;

/** Whether a fragment follows on the one before, so that the time between is truly recorded. */
enum Continuity {
    FOLLOWS,
    /** Pictures are missing in between, by the stream's own clock. */
    PICTURES_MISSING,
    /** Our clock and the stream's went apart at once: ours was set. */
    CLOCK_SET;

    /** Cameras leave pictures out where nothing moves, and networks lose some; more than this is a gap, microseconds. */
    static final long LONGEST_HOLE = 3_000_000;

    /**
     * What a network holds back comes late and at once, and that is no gap. Sources are given up after a shorter silence
     * than this, milliseconds.
     */
    static final long CLOCK_STEP = 30_000;

    static Continuity of(Fragment before, Fragment next) {
        long hole = next.decodeTime() - before.decodeTime() - before.duration();
        long advance = (next.decodeTime() - before.decodeTime()) / 1_000;
        if (Math.abs(next.received() - before.received() - advance) > CLOCK_STEP) {
            return CLOCK_SET;
        }
        return Math.abs(hole) > LONGEST_HOLE ? PICTURES_MISSING : FOLLOWS;
    }
}
