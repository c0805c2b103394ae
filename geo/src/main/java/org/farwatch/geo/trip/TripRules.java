package org.farwatch.geo.trip;

/**
 * When a device stands and when it is silent.
 *
 * @param stopMetres a device within this distance of one place stands there, 10 to 500 m
 * @param stopSeconds for at least this long, 60 to 7200 s
 * @param gapSeconds two positions farther apart than this have a gap between them, 30 to 3600 s
 */
public record TripRules(double stopMetres, int stopSeconds, int gapSeconds) {
    /** What holds where nothing else is set. */
    public static final TripRules DEFAULT = new TripRules(50, 300, 180);

    /** @throws IllegalArgumentException naming the field, the value and the rule */
    public TripRules {
        within("stopMetres", stopMetres, 10, 500);
        within("stopSeconds", stopSeconds, 60, 7200);
        within("gapSeconds", gapSeconds, 30, 3600);
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " must lie within " + least + " and " + most + ", was " + value);
        }
    }
}
