package org.farwatch.geo.trip;

import java.time.Instant;

/**
 * Figures of a stretch of time.
 *
 * @param points all positions, also those without a place
 * @param metres travelled, by {@code source}
 * @param trackMetres travelled by the positions alone
 * @param onlineSeconds between positions that follow each other without a gap
 * @param movingSeconds on trips
 * @param largestGap longest time between two positions that is longer than a gap; what lies before the first and behind
 *     the last position is none; null when there is none
 */
public record DayFigures(
        int points,
        double metres,
        Source source,
        double trackMetres,
        long onlineSeconds,
        long movingSeconds,
        Silence largestGap) {

    /** Where the metres come from. */
    public enum Source {
        /** The device's own odometer, which agrees with its track. */
        MILEAGE("mileage"),
        /** The track: there is no odometer, or it cannot be right. */
        TRACK("track");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException for another label */
        public static Source of(String label) {
            for (Source source : values()) {
                if (source.label.equals(label)) {
                    return source;
                }
            }
            throw new IllegalArgumentException("no source of kilometres: " + label);
        }
    }

    /** From the last position before to the first one after. */
    public record Silence(Instant from, Instant to) {}
}
