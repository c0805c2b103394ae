package org.farwatch.api.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.ingest.jt808.LocationStatus;

/**
 * A position as the API gives it (design, section 6): metres, km/h, degrees, kilometres; what was not sent is absent.
 *
 * @param status of JT/T 808 terminals only
 * @param details what the additional items of JT/T 808 terminals say, by name, in words and units
 * @param extras additional items that have no field of their own, by id, as hexadecimal digits
 */
public record Position(
        String deviceId,
        Instant fixTime,
        Instant receiveTime,
        Double longitude,
        Double latitude,
        Float altitude,
        Float speed,
        Float heading,
        Float accuracy,
        Integer satellites,
        Double mileage,
        boolean valid,
        boolean buffered,
        List<String> flags,
        List<String> alarms,
        LocationStatus status,
        Map<String, String> extras,
        Map<String, Object> details) {}
