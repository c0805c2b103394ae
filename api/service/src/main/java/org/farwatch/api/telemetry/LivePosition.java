package org.farwatch.api.telemetry;

import java.time.Instant;
import java.util.List;
import org.farwatch.api.org.DeviceKind;

/**
 * A device on the live board: its newest usable position and who holds it.
 *
 * @param presence state of the duty that the device is on, null when none
 * @param lastSeen when the device was last heard, which a position without a fix moves too
 */
public record LivePosition(
        String deviceId,
        String name,
        DeviceKind kind,
        String squadId,
        String officerId,
        String officerName,
        String dutyId,
        String presence,
        Instant fixTime,
        Instant receiveTime,
        double longitude,
        double latitude,
        Float altitude,
        Float speed,
        Float heading,
        boolean valid,
        boolean online,
        Instant lastSeen,
        List<String> flags) {}
