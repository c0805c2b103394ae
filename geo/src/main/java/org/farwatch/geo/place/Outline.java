package org.farwatch.geo.place;

import java.util.List;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * The rings of an area, for the question whether a position lies in it or on its border: the crossings of a ray to the
 * east are counted, each decided exactly (JTS's orientation in double-double arithmetic, Shewchuk 1997), so that the
 * answer is that of JTS's {@code covers} for every position.
 *
 * <p>The segments lie in runs of {@value #RUN} with the latitudes and the easternmost longitude of each, so that most of a
 * long border is passed over unread. Immutable and free of allocation after being built; any thread.
 */
final class Outline {
    private static final int RUN = 16;
    /** Numbers of a run: south, north, east. */
    private static final int BOUNDS = 3;

    private static final int PASSES = 0;
    private static final int CROSSES = 1;
    private static final int ON = 2;

    private final double[] x1;
    private final double[] y1;
    private final double[] x2;
    private final double[] y2;
    private final double[] runs;

    private Outline(List<Coordinate[]> rings) {
        int segments = rings.stream().mapToInt(ring -> ring.length - 1).sum();
        x1 = new double[segments];
        y1 = new double[segments];
        x2 = new double[segments];
        y2 = new double[segments];
        int at = 0;
        for (Coordinate[] ring : rings) {
            for (int i = 0; i + 1 < ring.length; i++, at++) {
                x1[at] = ring[i].x;
                y1[at] = ring[i].y;
                x2[at] = ring[i + 1].x;
                y2[at] = ring[i + 1].y;
            }
        }
        runs = new double[(segments + RUN - 1) / RUN * BOUNDS];
        for (int run = 0; run < runs.length; run += BOUNDS) {
            runs[run] = Double.POSITIVE_INFINITY;
            runs[run + 1] = runs[run + 2] = Double.NEGATIVE_INFINITY;
        }
        for (int i = 0; i < segments; i++) {
            int run = i / RUN * BOUNDS;
            runs[run] = Math.min(runs[run], Math.min(y1[i], y2[i]));
            runs[run + 1] = Math.max(runs[run + 1], Math.max(y1[i], y2[i]));
            runs[run + 2] = Math.max(runs[run + 2], Math.max(x1[i], x2[i]));
        }
    }

    /** @param area Polygon or MultiPolygon that {@link Polygons} accepts */
    static Outline of(Geometry area) {
        return new Outline(Polygons.rings(area));
    }

    /** Whether a position lies inside or on the border; false for what is not a number. */
    boolean covers(double x, double y) {
        boolean inside = false;
        for (int run = 0, from = 0; run < runs.length; run += BOUNDS, from += RUN) {
            if (y >= runs[run] && y <= runs[run + 1] && x <= runs[run + 2]) {
                int to = Math.min(from + RUN, x1.length);
                for (int i = from; i < to; i++) {
                    int crossing = crossing(i, x, y);
                    if (crossing == ON) {
                        return true;
                    }
                    inside ^= crossing == CROSSES;
                }
            }
        }
        return inside;
    }

    /** What the ray to the east does with a segment; the upper end belongs to it and the lower does not. */
    private int crossing(int i, double x, double y) {
        double ax = x1[i];
        double ay = y1[i];
        double bx = x2[i];
        double by = y2[i];
        if (ax < x && bx < x) {
            return PASSES;
        }
        if (bx == x && by == y) {
            return ON;
        }
        if (ay == y && by == y) {
            return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) ? ON : PASSES;
        }
        if (ay > y == by > y) {
            return PASSES;
        }
        int side = CGAlgorithmsDD.orientationIndex(ax, ay, bx, by, x, y);
        if (side == 0) {
            return ON;
        }
        return by > ay == side > 0 ? CROSSES : PASSES;
    }
}
