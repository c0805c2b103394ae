package org.farwatch.ingest.media.rtp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * Puts the packets of one source in order again. A packet that is missing is waited for until {@link #WINDOW} packets
 * have come behind it or {@link #PATIENCE_NANOS} have passed. Where order is kept by the transport nothing is waited for,
 * and gaps count only of a device that has shown to number its packets. Owned by the session's event loop.
 */
final class Reordering {
    static final int WINDOW = 64;
    static final long PATIENCE_NANOS = 200_000_000;

    /** Further apart a device has begun to count anew (RFC 3550, A.1). */
    static final int MAX_DROPOUT = 3_000;
    /** So many numbers in a row show that a device counts. */
    private static final int COUNTS = 16;

    private final boolean datagrams;
    private final RtpCounters counters;
    private final Consumer<RtpPacket> deliver;
    private final Runnable gap;
    private final RtpPacket[] held = new RtpPacket[WINDOW];
    private int holds;
    private long heldSince;
    private boolean begun;
    private int next;
    /** Bit n: the packet n + 1 before the next one was given out. */
    private long given;
    /** Number behind one that is far off. */
    private int anew = -1;

    private int inRow;

    /**
     * @param deliver takes the packets in order
     * @param gap is called before the first packet behind a gap
     */
    Reordering(boolean datagrams, RtpCounters counters, Consumer<RtpPacket> deliver, Runnable gap) {
        this.datagrams = datagrams;
        this.counters = counters;
        this.deliver = deliver;
        this.gap = gap;
    }

    void packet(RtpPacket packet, long now) {
        if (!begun) {
            begun = true;
            next = packet.sequence();
            given = 0;
        }
        int ahead = (short) (packet.sequence() - next);
        if (!datagrams) {
            ordered(packet, ahead);
        } else if (ahead == 0) {
            if (holds > 0) {
                counters.count(Count.REORDERED);
            }
            give(packet);
            drain(now);
        } else if (Math.abs(ahead) > MAX_DROPOUT) {
            farOff(packet, now);
        } else if (ahead < 0) {
            boolean again = ahead >= -Long.SIZE && (given >>> -ahead - 1 & 1) == 1;
            counters.count(again ? Count.DUPLICATE : Count.REORDERED);
        } else {
            hold(packet, ahead, now);
        }
    }

    /** Whether packets wait for one before them. */
    boolean waits() {
        return holds > 0;
    }

    /** Gives up on what has been waited for too long. */
    void expire(long now) {
        while (holds > 0 && now - heldSince >= PATIENCE_NANOS) {
            skip(now);
        }
    }

    /** Gives out all that waits. */
    void flush(long now) {
        while (holds > 0) {
            skip(now);
        }
    }

    /** Another source: its numbers have nothing to do with those before. */
    void restart() {
        Arrays.fill(held, null);
        holds = 0;
        begun = false;
        inRow = 0;
        anew = -1;
    }

    private void ordered(RtpPacket packet, int ahead) {
        if (ahead == 0) {
            inRow = Math.min(COUNTS, inRow + 1);
        } else {
            if (inRow == COUNTS) {
                counters.add(Count.LOST, ahead > 0 && ahead <= MAX_DROPOUT ? ahead : 1);
                gap.run();
            }
            inRow = 0;
        }
        next = packet.sequence() + 1 & 0xffff;
        deliver.accept(packet);
    }

    private void hold(RtpPacket packet, int ahead, long now) {
        if (ahead >= WINDOW) {
            while (holds > 0 && (short) (packet.sequence() - next) >= WINDOW) {
                skip(now);
            }
            int still = (short) (packet.sequence() - next);
            if (still >= WINDOW) {
                // Nothing waits, and all in between is too far back.
                lose(still);
            }
            if (packet.sequence() == next) {
                give(packet);
                drain(now);
                return;
            }
        }
        int slot = packet.sequence() % WINDOW;
        if (held[slot] != null) {
            counters.count(Count.DUPLICATE);
            return;
        }
        heldSince = holds == 0 ? now : heldSince;
        held[slot] = packet;
        holds++;
    }

    private void farOff(RtpPacket packet, long now) {
        if (packet.sequence() != anew) {
            anew = packet.sequence() + 1 & 0xffff;
            counters.count(Count.LOST);
            return;
        }
        flush(now);
        restart();
        gap.run();
        packet(packet, now);
    }

    /** On to the first packet that is there. */
    private void skip(long now) {
        int missing = 0;
        while (held[(next + missing) % WINDOW] == null) {
            missing++;
        }
        lose(missing);
        drain(now);
    }

    private void lose(int missing) {
        counters.add(Count.LOST, missing);
        next = next + missing & 0xffff;
        given = missing >= Long.SIZE ? 0 : given << missing;
        gap.run();
    }

    private void drain(long now) {
        RtpPacket waiting = held[next % WINDOW];
        boolean some = waiting != null;
        while (waiting != null) {
            held[next % WINDOW] = null;
            holds--;
            give(waiting);
            waiting = held[next % WINDOW];
        }
        if (some) {
            // The next gap is waited for from now on.
            heldSince = now;
        }
    }

    private void give(RtpPacket packet) {
        next = next + 1 & 0xffff;
        given = given << 1 | 1;
        anew = -1;
        deliver.accept(packet);
    }
}
