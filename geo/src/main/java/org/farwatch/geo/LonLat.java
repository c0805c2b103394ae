package org.farwatch.geo;

/**
 * A place that is changed in situ, in degrees: what a decoder keeps one of and hands to {@link Datums}, so that
 * converting a position makes no object. Which datum the degrees are in is known to the owner only.
 *
 * <p>Threads: one owner, an event loop or a worker; nothing here is synchronised.
 */
public final class LonLat {
    private double longitude;
    private double latitude;

    /** At 0, 0. */
    public LonLat() {}

    /** At degrees east and degrees north, not checked. */
    public LonLat(double longitude, double latitude) {
        this.longitude = longitude;
        this.latitude = latitude;
    }

    /** Moves to another place, not checked. */
    public void set(double longitudeDegrees, double latitudeDegrees) {
        longitude = longitudeDegrees;
        latitude = latitudeDegrees;
    }

    /** Degrees east. */
    public double longitude() {
        return longitude;
    }

    /** Degrees north. */
    public double latitude() {
        return latitude;
    }

    @Override
    public String toString() {
        return longitude + ", " + latitude;
    }
}
