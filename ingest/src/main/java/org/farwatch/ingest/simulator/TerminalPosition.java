package org.farwatch.ingest.simulator;

/**
 * One fix of a simulated vehicle terminal.
 *
 * @param fixMillis milliseconds since 1970 UTC; sent with a resolution of one second
 * @param longitude WGS-84 degrees, west negative
 * @param latitude WGS-84 degrees, south negative
 * @param altitude metres
 * @param speed km/h, 0 to 6553
 * @param heading degrees clockwise from north, 0 to 359
 * @param alarms alarm flags, JT/T 808-2019 table 25; bit 0 is SOS
 * @param metres odometer
 */
public record TerminalPosition(
        long fixMillis,
        double longitude,
        double latitude,
        int altitude,
        double speed,
        int heading,
        int alarms,
        long metres) {
    /** Without altitude, alarms and odometer. */
    public static TerminalPosition at(long fixMillis, double longitude, double latitude, double speed, int heading) {
        return new TerminalPosition(fixMillis, longitude, latitude, 4, speed, heading, 0, 0);
    }
}
