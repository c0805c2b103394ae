package org.farwatch.geo.place;

import java.util.Collection;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * The border of an area on a flat map of metres, for the question how far inside or outside a position lies.
 *
 * <p>The segments lie in runs of {@value #RUN} with a box around each, so that most runs of a long border are passed
 * over unread; O(vertices / {@value #RUN}) for a position far off, O({@value #RUN}) more near it. Right to 0.1 % of the
 * distance for areas up to 10 km across. Immutable and free of allocation after being built; any thread.
 */
public final class Border {
    private static final int RUN = 16;

    private final LocalMetres map;
    private final double[] x1;
    private final double[] y1;
    private final double[] x2;
    private final double[] y2;
    /** West, south, east, north of each run of segments. */
    private final double[] boxes;

    private Border(LocalMetres map, List<Coordinate[]> rings) {
        this.map = map;
        int segments = rings.stream().mapToInt(ring -> ring.length - 1).sum();
        x1 = new double[segments];
        y1 = new double[segments];
        x2 = new double[segments];
        y2 = new double[segments];
        int at = 0;
        for (Coordinate[] ring : rings) {
            for (int i = 0; i + 1 < ring.length; i++, at++) {
                x1[at] = map.x(ring[i].x);
                y1[at] = map.y(ring[i].y);
                x2[at] = map.x(ring[i + 1].x);
                y2[at] = map.y(ring[i + 1].y);
            }
        }
        boxes = new double[(segments + RUN - 1) / RUN * 4];
        for (int box = 0; box < boxes.length; box += 4) {
            boxes[box] = boxes[box + 1] = Double.POSITIVE_INFINITY;
            boxes[box + 2] = boxes[box + 3] = Double.NEGATIVE_INFINITY;
        }
        for (int i = 0; i < segments; i++) {
            int box = i / RUN * 4;
            boxes[box] = Math.min(boxes[box], Math.min(x1[i], x2[i]));
            boxes[box + 1] = Math.min(boxes[box + 1], Math.min(y1[i], y2[i]));
            boxes[box + 2] = Math.max(boxes[box + 2], Math.max(x1[i], x2[i]));
            boxes[box + 3] = Math.max(boxes[box + 3], Math.max(y1[i], y2[i]));
        }
    }

    /**
     * The border of one area.
     *
     * @throws IllegalArgumentException when {@link Polygons} does not accept it
     */
    public static Border of(Geometry area) {
        return of(List.of(area));
    }

    /**
     * The border of several areas together: where two of them meet or overlap there is none.
     *
     * @throws IllegalArgumentException when there is no area or {@link Polygons} does not accept one of them
     */
    public static Border of(Collection<? extends Geometry> areas) {
        if (areas.isEmpty()) {
            throw new IllegalArgumentException("areas of a border must be at least one, were none");
        }
        areas.forEach(area -> Polygons.require("area", area));
        Geometry whole = areas.size() == 1 ? areas.iterator().next() : UnaryUnionOp.union(areas);
        Envelope envelope = whole.getEnvelopeInternal();
        Coordinate middle = envelope.centre();
        return new Border(LocalMetres.at(middle.x, middle.y), Polygons.rings(whole));
    }

    /**
     * Metres from a position to the border: negative inside, positive outside, 0 on it.
     *
     * @param longitude degrees
     * @param latitude degrees
     * @return NaN when either is not a number
     */
    public double signedMetres(double longitude, double latitude) {
        double x = map.x(longitude);
        double y = map.y(latitude);
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        double nearest = Double.POSITIVE_INFINITY;
        boolean inside = false;
        for (int box = 0, from = 0; box < boxes.length; box += 4, from += RUN) {
            boolean near = squaredToBox(box, x, y) < nearest;
            boolean crossed = y >= boxes[box + 1] && y <= boxes[box + 3] && x <= boxes[box + 2];
            if (!near && !crossed) {
                continue;
            }
            int to = Math.min(from + RUN, x1.length);
            for (int i = from; i < to; i++) {
                nearest = Math.min(nearest, squaredToSegment(i, x, y));
                inside ^= crosses(i, x, y);
            }
        }
        double metres = Math.sqrt(nearest);
        return inside ? -metres : metres;
    }

    private double squaredToBox(int box, double x, double y) {
        double dx = Math.max(0, Math.max(boxes[box] - x, x - boxes[box + 2]));
        double dy = Math.max(0, Math.max(boxes[box + 1] - y, y - boxes[box + 3]));
        return dx * dx + dy * dy;
    }

    private double squaredToSegment(int i, double x, double y) {
        double dx = x2[i] - x1[i];
        double dy = y2[i] - y1[i];
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : ((x - x1[i]) * dx + (y - y1[i]) * dy) / length;
        double t = Math.max(0, Math.min(1, along));
        double ex = x - x1[i] - t * dx;
        double ey = y - y1[i] - t * dy;
        return ex * ex + ey * ey;
    }

    /** Whether the ray from the position to the east crosses the segment; each end belongs to one segment only. */
    private boolean crosses(int i, double x, double y) {
        return (y1[i] > y) != (y2[i] > y) && x < x1[i] + (y - y1[i]) / (y2[i] - y1[i]) * (x2[i] - x1[i]);
    }
}
