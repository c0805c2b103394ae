package org.farwatch.ingest.gb28181;

import java.util.BitSet;

/** The numbers of streams of our domain (GB/T 28181-2016 annex F): 10,000, none given twice at a time. Any thread. */
final class Ssrcs {
    static final int SERIALS = 10_000;

    private final String prefix;
    private final BitSet taken = new BitSet(SERIALS);
    private int next = 1;

    /** @param domain 10 digits, of which 4 to 8 stand in each number */
    Ssrcs(String domain) {
        prefix = "0" + domain.substring(3, 8);
    }

    /** Ten digits of a live stream. @throws IllegalStateException when all are taken */
    synchronized String take() {
        int serial = taken.nextClearBit(next);
        if (serial >= SERIALS) {
            serial = taken.nextClearBit(0);
        }
        if (serial >= SERIALS) {
            throw new IllegalStateException("all " + SERIALS + " numbers of streams are taken");
        }
        taken.set(serial);
        next = serial + 1;
        return prefix + String.valueOf(SERIALS + serial).substring(1);
    }

    synchronized void give(String ssrc) {
        taken.clear(Integer.parseInt(ssrc.substring(6)));
    }
}
