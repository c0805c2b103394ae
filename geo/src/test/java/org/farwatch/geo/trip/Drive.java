package org.farwatch.geo.trip;

import java.time.Instant;
import java.util.Random;
import org.farwatch.geo.place.LocalMetres;
import org.farwatch.geo.track.Track;

/** A device on a flat map: each step appends positions, one a second unless told otherwise, with jitter when asked. */
final class Drive {
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final LocalMetres MAP = LocalMetres.at(121.47, 31.23);

    final Track track = new Track();
    private final double jitter;
    private final Random random = new Random(7);
    private int every = 1;
    private double x;
    private double second;
    private double odometer = Double.NaN;

    Drive(double jitterMetres) {
        this.jitter = jitterMetres;
    }

    Drive every(int seconds) {
        every = seconds;
        return this;
    }

    /** From now on positions carry an odometer, in kilometres. */
    Drive odometer(double kilometres) {
        odometer = kilometres * 1000;
        return this;
    }

    Drive stay(int seconds) {
        return move(seconds, 0);
    }

    /** East at this speed; west when negative. */
    Drive move(int seconds, double metresPerSecond) {
        for (int i = 0; i < seconds; i += every) {
            put(0, metresPerSecond);
            second += every;
            x += metresPerSecond * every;
            odometer += Math.abs(metresPerSecond) * every;
        }
        return this;
    }

    Drive silent(int seconds) {
        second += seconds;
        return this;
    }

    /** Unseen to another place. */
    Drive carried(double metres) {
        x += metres;
        odometer += Math.abs(metres);
        return this;
    }

    /** One position with flags, or far off when {@code off} is not 0. */
    Drive odd(double off, int flags) {
        x += off;
        put(flags, 0);
        x -= off;
        second += every;
        return this;
    }

    Journey journey() {
        return Journey.of(track, TripRules.DEFAULT);
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }

    private void put(int flags, double metresPerSecond) {
        track.add(
                at(second).toEpochMilli(),
                MAP.longitudeAt(x + random.nextGaussian() * jitter),
                MAP.latitudeAt(random.nextGaussian() * jitter),
                (float) Math.abs(metresPerSecond * 3.6),
                Float.NaN,
                0,
                flags,
                Double.isNaN(odometer) ? Track.NO_MILEAGE : (long) (odometer / 100));
    }
}
