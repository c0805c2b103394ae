package org.farwatch.vision.shape;

import java.util.List;

/**
 * A simple polygon in a picture, closed by its last side; {@link #fault} says why a list of corners is none.
 *
 * @param corners in order, the first not repeated at the end
 */
public record Polygon(List<Point> corners) {
    public Polygon {
        corners = List.copyOf(corners);
        String fault = fault(corners);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("polygon: " + fault);
        }
    }

    /** What is wrong with these corners, or an empty text. Costs the square of their number. */
    public static String fault(List<Point> corners) {
        if (corners.size() < 3) {
            return "needs at least 3 points, has " + corners.size();
        }
        for (int i = 0; i < corners.size(); i++) {
            Point at = corners.get(i);
            if (!(at.x() >= 0 && at.x() <= 1 && at.y() >= 0 && at.y() <= 1)) {
                return "point " + i + " (" + at.x() + ", " + at.y() + ") is outside 0..1";
            }
            if (at.equals(corners.get((i + 1) % corners.size()))) {
                return "point " + i + " is followed by itself";
            }
        }
        for (int i = 0; i < corners.size(); i++) {
            for (int j = i + 1; j < corners.size(); j++) {
                if (sidesMeet(corners, i, j)) {
                    return "side " + i + " crosses side " + j;
                }
            }
        }
        return area(corners) < 1e-6 ? "has no area" : "";
    }

    /** Whether a place lies inside; on a side either answer is possible. */
    public boolean contains(Point place) {
        boolean inside = false;
        for (int i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
            Point a = corners.get(i);
            Point b = corners.get(j);
            boolean spans = a.y() > place.y() != b.y() > place.y();
            if (spans && place.x() < (b.x() - a.x()) * (place.y() - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** The smallest box that holds it. */
    public Box bounds() {
        double left = corners.stream().mapToDouble(Point::x).min().orElseThrow();
        double top = corners.stream().mapToDouble(Point::y).min().orElseThrow();
        double right = corners.stream().mapToDouble(Point::x).max().orElseThrow();
        double bottom = corners.stream().mapToDouble(Point::y).max().orElseThrow();
        return Box.between(left, top, right, bottom);
    }

    private static double area(List<Point> corners) {
        double twice = 0;
        for (int i = 0; i < corners.size(); i++) {
            Point a = corners.get(i);
            Point b = corners.get((i + 1) % corners.size());
            twice += a.x() * b.y() - b.x() * a.y();
        }
        return Math.abs(twice) / 2;
    }

    private static boolean sidesMeet(List<Point> corners, int i, int j) {
        int n = corners.size();
        Point a = corners.get(i);
        Point b = corners.get((i + 1) % n);
        Point c = corners.get(j);
        Point d = corners.get((j + 1) % n);
        if (j == i + 1 || (i == 0 && j == n - 1)) {
            // Neighbours share a corner; they cross only by running back over each other.
            Point shared = j == i + 1 ? b : a;
            Point one = j == i + 1 ? a : b;
            Point other = j == i + 1 ? d : c;
            return turn(one, shared, other) == 0
                    && (one.x() - shared.x()) * (other.x() - shared.x())
                                    + (one.y() - shared.y()) * (other.y() - shared.y())
                            > 0;
        }
        int abc = turn(a, b, c);
        int abd = turn(a, b, d);
        int cda = turn(c, d, a);
        int cdb = turn(c, d, b);
        return (abc != abd && cda != cdb)
                || (abc == 0 && within(a, b, c))
                || (abd == 0 && within(a, b, d))
                || (cda == 0 && within(c, d, a))
                || (cdb == 0 && within(c, d, b));
    }

    private static int turn(Point a, Point b, Point c) {
        return (int) Math.signum((b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x()));
    }

    private static boolean within(Point a, Point b, Point c) {
        return c.x() >= Math.min(a.x(), b.x())
                && c.x() <= Math.max(a.x(), b.x())
                && c.y() >= Math.min(a.y(), b.y())
                && c.y() <= Math.max(a.y(), b.y());
    }
}
