package org.farwatch.api.telemetry;

import java.time.Instant;
import org.farwatch.geo.trip.Leg;

/**
 * A trip, stop or gap as the API gives it; what does not belong to its kind is absent.
 *
 * @param kind {@code trip}, {@code stop} or {@code gap}
 * @param start of a trip, place of a stop, last place before a gap
 * @param finish of a trip, first place after a gap
 * @param kilometres of a trip, by its positions
 * @param topSpeed km/h as the device said
 * @param silentSeconds of a stop, in which it sent nothing
 * @param end what a trip ended with: {@code stop}, {@code gap}, or {@code data} where the day or its positions end
 */
record LegView(
        String kind,
        Instant from,
        Instant to,
        long seconds,
        Leg.Place start,
        Leg.Place finish,
        Double kilometres,
        Float topSpeed,
        Long silentSeconds,
        Integer points,
        String end) {

    static LegView of(Leg leg) {
        long seconds = leg.duration().toSeconds();
        return switch (leg) {
            case Leg.Trip trip ->
                new LegView(
                        "trip",
                        trip.from(),
                        trip.to(),
                        seconds,
                        trip.start(),
                        trip.finish(),
                        DayView.kilometres(trip.metres()),
                        Float.isNaN(trip.topKmh()) ? null : trip.topKmh(),
                        null,
                        trip.points(),
                        trip.end().label());
            case Leg.Stop stop ->
                new LegView(
                        "stop",
                        stop.from(),
                        stop.to(),
                        seconds,
                        stop.place(),
                        null,
                        null,
                        null,
                        stop.silent().toSeconds(),
                        stop.points(),
                        null);
            case Leg.Gap gap ->
                new LegView(
                        "gap", gap.from(), gap.to(), seconds, gap.before(), gap.after(), null, null, null, null, null);
        };
    }
}
