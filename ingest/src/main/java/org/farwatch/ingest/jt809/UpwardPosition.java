package org.farwatch.ingest.jt809;

/**
 * A stored position on its way to a city platform.
 *
 * @param queueNo its place in the queue
 * @param fixMillis milliseconds since 1970 UTC
 * @param longitude WGS-84 degrees, NaN for none, as is {@code latitude}
 * @param altitude metres, NaN when not known, as are speed (km/h) and heading (degrees)
 * @param mileage kilometres, 0 when not known
 * @param valid whether the device had a fix
 * @param late whether it is history: it waited for the link, or in the device's own memory
 */
public record UpwardPosition(
        long queueNo,
        UpwardVehicle vehicle,
        long fixMillis,
        double longitude,
        double latitude,
        float altitude,
        float speed,
        float heading,
        long mileage,
        int alarms,
        int status,
        boolean valid,
        boolean late) {}
