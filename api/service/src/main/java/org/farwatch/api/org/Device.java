package org.farwatch.api.org;

import java.time.Instant;
import org.farwatch.geo.Datum;

/**
 * A device of the register as the API shows it.
 *
 * @param kind {@code vehicle-terminal}, {@code body-camera}, {@code handset}, ...
 * @param protocol {@code jt808}, {@code mqtt}, ...
 * @param protocolId its id in that protocol
 * @param lastSeen when it was last heard, null when never
 */
public record Device(
        String id,
        String name,
        DeviceKind kind,
        String protocol,
        String protocolId,
        String squadId,
        Datum datum,
        boolean online,
        Instant lastSeen,
        int version) {}
