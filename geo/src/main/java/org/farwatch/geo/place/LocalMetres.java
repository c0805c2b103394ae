package org.farwatch.geo.place;

/**
 * A flat map in metres around one place: x to the east, y to the north. The scale is that of the WGS-84 ellipsoid at
 * the middle (radii of curvature, Snyder 1987, p. 24), so distances are right to 0.1 % within 5 km of it at the
 * latitudes of China; straight lines in degrees stay straight. Immutable; any thread.
 *
 * @param longitude of the middle, degrees
 * @param latitude of the middle, degrees, within 89 of the equator
 * @param metresPerDegreeEast along the parallel
 * @param metresPerDegreeNorth along the meridian
 */
public record LocalMetres(double longitude, double latitude, double metresPerDegreeEast, double metresPerDegreeNorth) {
    /** Mean radius of the earth in metres (IUGG, R1). */
    public static final double EARTH_RADIUS = 6_371_008.8;

    private static final double WGS84_A = 6_378_137.0;
    private static final double WGS84_EE = 0.00669437999014;
    private static final double FARTHEST_LATITUDE = 89;

    /**
     * The flat map whose middle is the given place.
     *
     * @throws IllegalArgumentException when the place is not on the globe or nearer than one degree to a pole
     */
    public static LocalMetres at(double longitude, double latitude) {
        if (!(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("longitude " + longitude + " must lie within -180 and 180");
        }
        if (!(Math.abs(latitude) <= FARTHEST_LATITUDE)) {
            throw new IllegalArgumentException("latitude " + latitude + " must lie within -89 and 89");
        }
        double phi = Math.toRadians(latitude);
        double w = 1 - WGS84_EE * Math.sin(phi) * Math.sin(phi);
        double primeVertical = WGS84_A / Math.sqrt(w);
        double meridian = WGS84_A * (1 - WGS84_EE) / (w * Math.sqrt(w));
        return new LocalMetres(
                longitude, latitude, Math.toRadians(primeVertical * Math.cos(phi)), Math.toRadians(meridian));
    }

    /** Metres east of the middle. */
    public double x(double longitudeDegrees) {
        return (longitudeDegrees - longitude) * metresPerDegreeEast;
    }

    /** Metres north of the middle. */
    public double y(double latitudeDegrees) {
        return (latitudeDegrees - latitude) * metresPerDegreeNorth;
    }

    /** The longitude {@code x} metres east of the middle. */
    public double longitudeAt(double x) {
        return longitude + x / metresPerDegreeEast;
    }

    /** The latitude {@code y} metres north of the middle. */
    public double latitudeAt(double y) {
        return latitude + y / metresPerDegreeNorth;
    }

    /** Great-circle metres between two places in degrees by the haversine formula: right to 0.5 % at any distance. */
    public static double between(double lonA, double latA, double lonB, double latB) {
        double sinLat = Math.sin(Math.toRadians(latB - latA) / 2);
        double sinLon = Math.sin(Math.toRadians(lonB - lonA) / 2);
        double h = sinLat * sinLat + Math.cos(Math.toRadians(latA)) * Math.cos(Math.toRadians(latB)) * sinLon * sinLon;
        return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
