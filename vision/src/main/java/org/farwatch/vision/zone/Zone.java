package org.farwatch.vision.zone;

import java.util.List;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.shape.Polygon;

/**
 * A part of a camera's picture with a rule.
 *
 * @param id opaque
 * @param area where the rule looks
 * @param rule the rule's name
 * @param dwellSeconds how long a thing has to stay before it is a lead, 1 to 86,400
 */
public record Zone(String id, Polygon area, Rule rule, double dwellSeconds) {
    private static final double LONGEST_DWELL_SECONDS = 86_400;

    public Zone {
        if (id.isBlank()) {
            throw new ZoneRefused("id", "'" + id + "'", "must not be empty");
        }
        if (!(dwellSeconds >= 1 && dwellSeconds <= LONGEST_DWELL_SECONDS)) {
            throw new ZoneRefused("dwellSeconds", String.valueOf(dwellSeconds), "must be 1 to 86400");
        }
    }

    /** A zone from what a user wrote; every refusal is a {@link ZoneRefused}. */
    public static Zone of(String id, List<Point> polygon, String rule, double dwellSeconds) {
        String fault = Polygon.fault(polygon);
        if (!fault.isEmpty()) {
            throw new ZoneRefused("polygon", polygon.size() + " points", fault);
        }
        return new Zone(id, new Polygon(polygon), Rule.named(rule), dwellSeconds);
    }
}
