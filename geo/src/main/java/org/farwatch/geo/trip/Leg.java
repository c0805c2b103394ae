package org.farwatch.geo.trip;

import java.time.Duration;
import java.time.Instant;

/** A piece of a device's day. Legs come in order and do not overlap. */
public sealed interface Leg {
    Instant from();

    Instant to();

    default Duration duration() {
        return Duration.between(from(), to());
    }

    /** A place in WGS-84 degrees. */
    record Place(double longitude, double latitude) {}

    /** What a trip ended with. */
    enum End {
        /** The device stood. */
        STOP("stop"),
        /** It was silent and then elsewhere. */
        GAP("gap"),
        /** There are no later positions in what was read. */
        DATA("data");

        private final String label;

        End(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * The device went from one place to another.
     *
     * @param metres along its positions, without what jitters
     * @param reach how far from its start it got, metres
     * @param topKmh highest speed that it said, NaN when it said none
     */
    record Trip(
            Instant from,
            Instant to,
            Place start,
            Place finish,
            double metres,
            double reach,
            float topKmh,
            int points,
            End end)
            implements Leg {}

    /**
     * It stood at a place.
     *
     * @param place middle of its positions
     * @param silent how much of the time it sent nothing, and was at the same place afterwards
     */
    record Stop(Instant from, Instant to, Place place, Duration silent, int points) implements Leg {}

    /** It sent nothing, and was elsewhere afterwards: nobody knows its way. */
    record Gap(Instant from, Instant to, Place before, Place after) implements Leg {}
}
