package org.farwatch.ingest.jt808.command;

/** A place in degrees, in the datum of the terminal it is sent to. */
public record Place(double longitude, double latitude) {
    public Place {
        Body.require(Math.abs(longitude) <= 180, "longitude must be -180 to 180, was " + longitude);
        Body.require(Math.abs(latitude) <= 90, "latitude must be -90 to 90, was " + latitude);
    }

    boolean sharesHemispheres(Place other) {
        return longitude < 0 == other.longitude < 0 && latitude < 0 == other.latitude < 0;
    }
}
