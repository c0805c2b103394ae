package org.farwatch.geo.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** What an area must satisfy before anything is decided by it. Stateless; any thread. */
public final class Polygons {
    /** Vertices of one area, its holes included. The largest street boundaries in use have some thousands. */
    public static final int MOST_VERTICES = 10_000;

    /** Corners of a ring with the closing one. */
    private static final int FEWEST_POINTS = 4;

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private Polygons() {}

    /**
     * What is wrong with an area, in a sentence for the person who drew it; empty when nothing is. The rules of OGC
     * simple features (06-103r4, 6.1.11) and: WGS-84 degrees on the globe, not across the 180th meridian, at most
     * {@link #MOST_VERTICES} vertices.
     */
    public static Optional<String> problem(Geometry area) {
        if (!(area instanceof Polygonal)) {
            return Optional.of("must be a Polygon or MultiPolygon, is a " + area.getGeometryType());
        }
        if (area.isEmpty()) {
            return Optional.of("has no points");
        }
        if (area.getNumPoints() > MOST_VERTICES) {
            return Optional.of("has " + area.getNumPoints() + " vertices, at most " + MOST_VERTICES + " are allowed");
        }
        for (int i = 0; i < area.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) area.getGeometryN(i);
            Optional<String> problem = ringProblem(polygon.getExteriorRing(), "outer ring");
            for (int hole = 0; problem.isEmpty() && hole < polygon.getNumInteriorRing(); hole++) {
                problem = ringProblem(polygon.getInteriorRingN(hole), "hole " + (hole + 1));
            }
            if (problem.isPresent()) {
                return problem;
            }
        }
        TopologyValidationError error = new IsValidOp(area).getValidationError();
        return error == null ? Optional.empty() : Optional.of(sentence(error));
    }

    /**
     * The area itself when nothing is wrong with it.
     *
     * @param field what the area is called in the message
     * @throws IllegalArgumentException with the sentence of {@link #problem}
     */
    public static Geometry require(String field, Geometry area) {
        problem(area).ifPresent(sentence -> {
            throw new IllegalArgumentException(field + " " + sentence);
        });
        return area;
    }

    /**
     * A polygon without holes from longitude, latitude, longitude, latitude and so on in degrees; closed if it is not.
     *
     * @throws IllegalArgumentException for an odd count of numbers and for everything {@link #problem} finds
     */
    public static Polygon of(double... lonLat) {
        if (lonLat.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "corners must be pairs of longitude and latitude, were " + lonLat.length + " numbers");
        }
        int corners = lonLat.length / 2;
        boolean closed =
                corners > 0 && lonLat[0] == lonLat[lonLat.length - 2] && lonLat[1] == lonLat[lonLat.length - 1];
        int points = closed || corners == 0 ? corners : corners + 1;
        if (points < FEWEST_POINTS) {
            throw new IllegalArgumentException("polygon must have at least 3 corners, has " + corners);
        }
        Coordinate[] ring = new Coordinate[points];
        for (int i = 0; i < corners; i++) {
            ring[i] = new Coordinate(lonLat[2 * i], lonLat[2 * i + 1]);
        }
        ring[points - 1] = ring[0].copy();
        Polygon polygon = GEOMETRIES.createPolygon(ring);
        require("polygon", polygon);
        return polygon;
    }

    /** The rings of a Polygon or MultiPolygon, outer ones and holes, each closed by its first corner. */
    static List<Coordinate[]> rings(Geometry area) {
        List<Coordinate[]> rings = new ArrayList<>();
        for (int i = 0; i < area.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) area.getGeometryN(i);
            rings.add(polygon.getExteriorRing().getCoordinates());
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                rings.add(polygon.getInteriorRingN(hole).getCoordinates());
            }
        }
        return rings;
    }

    private static Optional<String> ringProblem(LinearRing ring, String name) {
        if (ring.getNumPoints() < FEWEST_POINTS) {
            return Optional.of("has fewer than " + FEWEST_POINTS + " points in its " + name
                    + " (the last repeats the first): " + ring.getNumPoints());
        }
        for (Coordinate corner : ring.getCoordinates()) {
            if (!(Math.abs(corner.x) <= 180 && Math.abs(corner.y) <= 90)) {
                return Optional.of("has a corner off the globe in its " + name + ": longitude " + corner.x
                        + ", latitude " + corner.y + " (longitude within 180, latitude within 90, in this order)");
            }
        }
        return Optional.empty();
    }

    private static String sentence(TopologyValidationError error) {
        String what = switch (error.getErrorType()) {
            case TopologyValidationError.SELF_INTERSECTION, TopologyValidationError.RING_SELF_INTERSECTION ->
                "crosses or touches itself";
            case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "has a hole outside of its outer ring";
            case TopologyValidationError.NESTED_HOLES -> "has a hole inside a hole";
            case TopologyValidationError.NESTED_SHELLS -> "has a part inside another part";
            case TopologyValidationError.DISCONNECTED_INTERIOR -> "is cut apart by its holes";
            case TopologyValidationError.DUPLICATE_RINGS -> "has the same ring twice";
            case TopologyValidationError.TOO_FEW_POINTS -> "has a ring without area";
            case TopologyValidationError.RING_NOT_CLOSED -> "has a ring whose last point is not its first";
            default -> error.getMessage();
        };
        Coordinate at = error.getCoordinate();
        return at == null ? what : what + " at longitude " + at.x + ", latitude " + at.y;
    }
}
