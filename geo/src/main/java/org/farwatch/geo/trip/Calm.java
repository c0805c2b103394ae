package org.farwatch.geo.trip;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.trip.Leg.Stop;
import org.farwatch.geo.trip.Leg.Trip;

/** Takes back what jitter made of one stop: trips that never got away from it, and the pieces between them. */
final class Calm {
    private Calm() {}

    static List<Leg> of(List<Leg> legs, TripRules rules) {
        double near = LegFold.CLEARLY * rules.stopMetres();
        List<Leg> calm = new ArrayList<>();
        for (Leg leg : legs) {
            Leg before = calm.isEmpty() ? null : calm.getLast();
            if (before instanceof Stop stop && leg instanceof Trip trip && trip.reach() <= near) {
                calm.set(calm.size() - 1, joined(stop, stop.from(), trip.to(), trip.points() - 1));
            } else if (before instanceof Trip trip && leg instanceof Stop stop && trip.reach() <= near) {
                calm.set(calm.size() - 1, joined(stop, trip.from(), stop.to(), trip.points() - 1));
                joinLast(calm, near);
            } else {
                calm.add(leg);
                joinLast(calm, near);
            }
        }
        return List.copyOf(calm);
    }

    /** Two stops that touch each other at one place are one. */
    private static void joinLast(List<Leg> calm, double near) {
        int last = calm.size() - 1;
        if (last < 1 || !(calm.get(last - 1) instanceof Stop a) || !(calm.get(last) instanceof Stop b)) {
            return;
        }
        if (LegFold.metres(a.place(), b.place()) <= near) {
            calm.set(
                    last - 1,
                    new Stop(
                            a.from(),
                            b.to(),
                            (a.points() >= b.points() ? a : b).place(),
                            a.silent().plus(b.silent()),
                            a.points() + b.points()));
            calm.remove(last);
        }
    }

    private static Stop joined(Stop stop, Instant from, Instant to, int more) {
        return new Stop(from, to, stop.place(), stop.silent(), stop.points() + more);
    }
}
