package org.farwatch.ingest.jt1078;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the media server did since it started, for metrics. Written by event loops, read by any thread. */
public final class Jt1078Counters {
    final AtomicInteger openConnections = new AtomicInteger();
    final LongAdder packets = new LongAdder();
    final LongAdder frames = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder incomplete = new LongAdder();
    final LongAdder unwanted = new LongAdder();
    final LongAdder unsent = new LongAdder();

    Jt1078Counters() {}

    /** TCP links open now. */
    public int openConnections() {
        return openConnections.get();
    }

    /** Packets read, those that nobody asked for included. */
    public long packets() {
        return packets.sum();
    }

    /** Pictures and pieces of sound handed on. */
    public long frames() {
        return frames.sum();
    }

    /** Packets that never came, by the gaps in their numbers. */
    public long lost() {
        return lost.sum();
    }

    /** Packets that came twice, or after they had been given up. */
    public long late() {
        return late.sum();
    }

    /** Pictures of which parts are missing, and parts of pictures whose beginning is. */
    public long incomplete() {
        return incomplete.sum();
    }

    /** Packets of terminals of the register that nobody asked for. */
    public long unwanted() {
        return unwanted.sum();
    }

    /** Sound for a terminal that its link had no room for. */
    public long unsent() {
        return unsent.sum();
    }
}
