package org.farwatch.api.duty;

import java.time.Instant;

/**
 * 领用: who has a device from when on.
 *
 * @param to when it was or will be given back, null while nobody knows
 */
record Custody(
        String id,
        String deviceId,
        String deviceName,
        String officerId,
        String officerName,
        Instant from,
        Instant to,
        int version) {}
