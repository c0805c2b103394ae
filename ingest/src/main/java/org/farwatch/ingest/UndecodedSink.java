package org.farwatch.ingest;

import java.time.Instant;

/** Keeps messages that nobody could decode, bounded, for support staff to look at. Never blocks, may drop and count. */
@FunctionalInterface
public interface UndecodedSink {
    /**
     * @param origin topic, phone or remote address
     * @param reason a sentence naming field, value and rule
     * @param raw the bytes as received; ownership passes
     */
    void keep(Protocol protocol, String origin, Instant at, String reason, byte[] raw);
}
