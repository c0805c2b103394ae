package org.farwatch.ingest.jt809;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** How the link to a city platform stands and what it did since the start. Written by the link, read by any thread. */
public final class UpwardTally {
    final LongAdder sent = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder confirmed = new LongAdder();
    final LongAdder unknownMessages = new LongAdder();
    final LongAdder breaks = new LongAdder();
    volatile Instant connectedSince;
    volatile Instant lastMessage;
    volatile boolean slaveConnected;
    volatile String lastError;

    UpwardTally() {}

    /** Null while we are not logged in. */
    public Instant connectedSince() {
        return connectedSince;
    }

    /** When the city platform was last heard, null when never. */
    public Instant lastMessage() {
        return lastMessage;
    }

    public boolean slaveConnected() {
        return slaveConnected;
    }

    /** A sentence, null since the last login. */
    public String lastError() {
        return lastError;
    }

    /** Positions written to the socket, those sent again included. */
    public long sent() {
        return sent.sum();
    }

    /** Positions that the city platform has read: it answered a keepalive sent after them. */
    public long delivered() {
        return delivered.sum();
    }

    /** Positions that it says it received (0x9101); not every platform says so. */
    public long confirmed() {
        return confirmed.sum();
    }

    public long unknownMessages() {
        return unknownMessages.sum();
    }

    /** Times that the link broke or could not be had. */
    public long breaks() {
        return breaks.sum();
    }
}
