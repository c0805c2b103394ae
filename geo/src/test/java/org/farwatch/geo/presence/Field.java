package org.farwatch.geo.presence;

import java.time.Instant;
import java.util.List;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.place.LocalMetres;
import org.farwatch.geo.place.Polygons;

/** A square post of 100 m in a flat field, and a clock that starts with the duty: what the tests of presence walk on. */
final class Field {
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    static final LocalMetres MAP = LocalMetres.at(121.47, 31.23);
    static final Border POST = Border.of(Polygons.of(
            MAP.longitudeAt(-50), MAP.latitudeAt(-50),
            MAP.longitudeAt(50), MAP.latitudeAt(-50),
            MAP.longitudeAt(50), MAP.latitudeAt(50),
            MAP.longitudeAt(-50), MAP.latitudeAt(50)));

    private Field() {}

    /** Two hours at the square post from {@link #START}. */
    static Duty duty() {
        return new Duty(START, at(7200), POST);
    }

    static PresenceTracker tracker() {
        return new PresenceTracker(duty(), PresenceRules.DEFAULT);
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    /** One position, {@code outside} metres east of the post's eastern border (negative: inside). */
    static Taken put(PresenceTracker tracker, double second, double outside) {
        return put(tracker, second, outside, Float.NaN, 0);
    }

    static Taken put(PresenceTracker tracker, double second, double outside, float accuracy, int flags) {
        return tracker.add(
                at(second).toEpochMilli(), MAP.longitudeAt(50 + outside), MAP.latitudeAt(0), accuracy, flags);
    }

    /** Positions every {@code step} seconds in {@code [from, to)}. */
    static void stay(PresenceTracker tracker, int from, int to, int step, double outside) {
        for (int second = from; second < to; second += step) {
            put(tracker, second, outside);
        }
    }

    /** Intervals as text: {@code from-to state cause} in seconds of the duty. */
    static List<String> read(PresenceTracker tracker, double now) {
        return tracker.intervals(at(now)).stream().map(Field::text).toList();
    }

    static String text(PresenceInterval interval) {
        return second(interval.from()) + "-" + second(interval.to()) + " "
                + interval.state().label() + " " + interval.cause().label();
    }

    private static long second(Instant instant) {
        return instant.getEpochSecond() - START.getEpochSecond();
    }
}
