package org.farwatch.ingest.mqtt;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of a position message: those of our own contract (design, section 6) and those of OwnTracks
 * (owntracks.org/booklet/tech/json), with what they may be. OwnTracks sends -1 for what the phone does not know.
 */
enum Field {
    LONGITUDE(0, "longitude", -Double.MAX_VALUE, Double.MAX_VALUE, false),
    LATITUDE(1, "latitude", -Double.MAX_VALUE, Double.MAX_VALUE, false),
    SPEED(2, "speed", 0, 2000, false),
    HEADING(3, "heading", 0, 360, false),
    ALTITUDE(4, "altitude", -12_000, 100_000, false),
    ACCURACY(5, "accuracy", 0, 1e7, false),
    SATELLITES(6, "satellites", 0, 255, false),
    BATTERY(7, "battery", 0, 100, false),
    OWNTRACKS_LONGITUDE(8, "lon", -Double.MAX_VALUE, Double.MAX_VALUE, true),
    OWNTRACKS_LATITUDE(9, "lat", -Double.MAX_VALUE, Double.MAX_VALUE, true),
    /** Seconds since 1970 UTC. */
    OWNTRACKS_TIME(10, "tst", 0, 253_402_300_799.0, true),
    OWNTRACKS_SPEED(11, "vel", -1, 2000, true),
    OWNTRACKS_HEADING(12, "cog", -1, 360, true),
    OWNTRACKS_ALTITUDE(13, "alt", -12_000, 100_000, true),
    OWNTRACKS_ACCURACY(14, "acc", -1, 1e7, true),
    OWNTRACKS_BATTERY(15, "batt", -1, 100, true);

    static final int COUNT = values().length;

    private static final Map<String, Field> BY_NAME = new HashMap<>();

    static {
        for (Field field : values()) {
            BY_NAME.put(field.label, field);
        }
    }

    private final int slot;
    private final String label;
    private final double least;
    private final double most;
    private final boolean ownTracks;

    Field(int slot, String label, double least, double most, boolean ownTracks) {
        this.slot = slot;
        this.label = label;
        this.least = least;
        this.most = most;
        this.ownTracks = ownTracks;
    }

    /** The field of this JSON name; null when it is none of ours. */
    static Field of(String name) {
        return BY_NAME.get(name);
    }

    /** Its place in an array of {@link #COUNT} values. */
    int slot() {
        return slot;
    }

    String label() {
        return label;
    }

    boolean ownTracks() {
        return ownTracks;
    }

    boolean allows(double value) {
        return value >= least && value <= most;
    }

    /** What {@link #allows} wants, for a message. */
    String rule() {
        return most == Double.MAX_VALUE
                ? "must be a finite number"
                : "must be a number from " + plain(least) + " to " + plain(most);
    }

    private static String plain(double value) {
        return Long.toString((long) value);
    }
}
