package org.farwatch.ingest.jt1078;

/**
 * How pictures follow on each other, so that it can be told whether one is missing between two of them. Terminals say in
 * each picture how long the one before was ago (JT/T 1078-2016, table 19, last frame interval); that is believed of a
 * terminal of which it was right {@link #PROVED} times in a row. Of others the stamps tell, where they have come evenly
 * for as long. Owned by the {@link Strand} it belongs to.
 */
final class Pace {
    /** Pictures in a row. */
    static final int PROVED = 8;

    /** A picture that is missing leaves a hole of twice the interval. */
    private static final double MOST = 1.5;

    private boolean begun;
    private long last;
    /** Intervals in a row that were what the terminal said. */
    private int told;
    /** Intervals in a row that were alike. */
    private int even;

    private long interval;

    /** Whether nothing is missing between the picture before and the one that begins with this packet. */
    boolean follows(MediaPacket packet) {
        long gone = packet.stamp() - last;
        if (!begun || gone <= 0) {
            return false;
        }
        if (told >= PROVED && packet.sinceLast() > 0) {
            return gone < MOST * packet.sinceLast();
        }
        return even >= PROVED && gone < MOST * interval;
    }

    /** A picture begins, the next one of those that came. */
    void picture(MediaPacket packet) {
        long gone = packet.stamp() - last;
        if (begun && gone > 0) {
            told = alike(gone, packet.sinceLast()) ? Math.min(PROVED, told + 1) : 0;
            even = alike(gone, interval) ? Math.min(PROVED, even + 1) : 0;
            interval = even == 0 ? gone : Math.min(gone, interval);
        } else if (begun) {
            told = 0;
            even = 0;
        }
        begun = true;
        last = packet.stamp();
    }

    /** Pictures are missing: the next interval says nothing. */
    void broken() {
        begun = false;
    }

    private static boolean alike(long one, long other) {
        return other > 0 && 4 * Math.abs(one - other) <= other;
    }
}
