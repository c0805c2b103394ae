package org.farwatch.ingest;

import java.time.Instant;

/**
 * A message of a vehicle terminal that is kept as a fact and read when somebody looks at it. Equality is identity.
 *
 * @param messageId of JT/T 808
 * @param v2019 whether the header, and so the body, has the layout of 2019
 * @param body without header and checksum
 */
public record TerminalReport(KnownDevice device, int messageId, boolean v2019, Instant receivedAt, byte[] body) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
