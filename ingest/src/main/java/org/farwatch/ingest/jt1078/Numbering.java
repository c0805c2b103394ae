package org.farwatch.ingest.jt1078;

/** The newest number of a row of packets, which wraps at 65,535. Owned by whoever owns the packets. */
final class Numbering {
    private static final int NOTHING = -1;

    private int last = NOTHING;

    boolean begun() {
        return last != NOTHING;
    }

    boolean continues(int sequence) {
        return sequence == (last + 1 & 0xFFFF) && begun();
    }

    /** How far a number is ahead of the newest, -32,768 to 32,767: 1 is the next, 0 and less came before. */
    int ahead(int sequence) {
        return (short) (sequence - last);
    }

    /** The newest from now on, unless a newer one has been. */
    void advance(int sequence) {
        if (!begun() || ahead(sequence) > 0) {
            last = sequence;
        }
    }

    /** The newest from now on, whatever has been. */
    void restart(int sequence) {
        last = sequence;
    }
}
