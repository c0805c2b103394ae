package org.farwatch.geo.track;

/**
 * Pixels of a web map: Mercator on a sphere, a world of 512 pixels at zoom 0, as MapLibre draws it (OGC 17-083r2, annex
 * D.1, with tiles of 512).
 */
final class Mercator {
    /** Beyond it the map ends. */
    static final double FARTHEST_LATITUDE = 85.05;

    private static final double WORLD_PIXELS = 512;

    private Mercator() {}

    /** Pixels from the map's western edge. */
    static double x(double longitude, double zoom) {
        return (longitude + 180) / 360 * world(zoom);
    }

    /** Pixels from its northern edge. */
    static double y(double latitude, double zoom) {
        double sin = Math.sin(Math.toRadians(latitude));
        return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world(zoom);
    }

    private static double world(double zoom) {
        return WORLD_PIXELS * Math.pow(2, zoom);
    }
}
