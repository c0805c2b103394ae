package org.farwatch.ingest.jt808;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.farwatch.ingest.AckTimes;

/** What the JT/T 808 server did since it started, for metrics. Written by event loops, read by any thread. */
public final class Jt808Counters {
    final AtomicInteger openConnections = new AtomicInteger();
    final LongAdder frames = new LongAdder();
    final LongAdder rows = new LongAdder();
    final LongAdder acknowledgedRows = new LongAdder();
    final LongAdder refusedRows = new LongAdder();
    final LongAdder droppedAnswers = new LongAdder();
    final LongAdder takeovers = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder packages = new LongAdder();
    final LongAdder assembled = new LongAdder();
    final LongAdder askedAgain = new LongAdder();

    final AckTimes ackTimes = new AckTimes();

    Jt808Counters() {}

    /** From the reading of a position to its acknowledgement. */
    public AckTimes ackTimes() {
        return ackTimes;
    }

    /** Connections open now. */
    public int openConnections() {
        return openConnections.get();
    }

    /** Frames read, bad ones included. */
    public long frames() {
        return frames.sum();
    }

    /** Positions handed to the sink. */
    public long rows() {
        return rows.sum();
    }

    /** Positions that the sink took (stored, duplicate, sealed or suspect) and whose terminal was told so. */
    public long acknowledgedRows() {
        return acknowledgedRows.sum();
    }

    /** Positions that the sink refused. */
    public long refusedRows() {
        return refusedRows.sum();
    }

    /** Answers to messages whose connection was gone when they were due. */
    public long droppedAnswers() {
        return droppedAnswers.sum();
    }

    /** Times that a terminal came on a new connection while the old one was still open. */
    public long takeovers() {
        return takeovers.sum();
    }

    /** Packages of long messages that came, those that came twice included. */
    public long packages() {
        return packages.sum();
    }

    /** Long messages put together. */
    public long assembled() {
        return assembled.sum();
    }

    /** Times that missing packages were asked for. */
    public long askedAgain() {
        return askedAgain.sum();
    }

    /** Times that an event loop stopped reading because rows in flight were spent. */
    public long pauses() {
        return pauses.sum();
    }
}
