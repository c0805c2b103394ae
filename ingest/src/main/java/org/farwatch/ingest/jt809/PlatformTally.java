package org.farwatch.ingest.jt809;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * How the link to a subordinate platform stands and what it did since the start. Written by its event loop, read by any
 * thread.
 */
public final class PlatformTally {
    final LongAdder messages = new LongAdder();
    final LongAdder positions = new LongAdder();
    final LongAdder refusedVehicles = new LongAdder();
    final LongAdder unknownMessages = new LongAdder();
    volatile Instant connectedSince;
    volatile Instant lastMessage;
    volatile String peer;
    volatile SlaveState slave = SlaveState.NONE;
    volatile String lastError;

    PlatformTally() {}

    /** How the link back to the platform stands. */
    public enum SlaveState {
        /** Not logged in, or the platform named no address. */
        NONE,
        /** The platform named an address that is neither its own nor allowed. */
        NOT_ALLOWED,
        CONNECTING,
        CONNECTED
    }

    /** Null while the platform is not logged in. */
    public Instant connectedSince() {
        return connectedSince;
    }

    public Instant lastMessage() {
        return lastMessage;
    }

    /** Address of the last login, null before the first. */
    public String peer() {
        return peer;
    }

    public SlaveState slave() {
        return slave;
    }

    /** A sentence, null when nothing went wrong since the last login. */
    public String lastError() {
        return lastError;
    }

    public long messages() {
        return messages.sum();
    }

    public long positions() {
        return positions.sum();
    }

    /** Messages of vehicles that are not in the register and may not be created. */
    public long refusedVehicles() {
        return refusedVehicles.sum();
    }

    /** Messages that are not handled here; kept raw. */
    public long unknownMessages() {
        return unknownMessages.sum();
    }
}
