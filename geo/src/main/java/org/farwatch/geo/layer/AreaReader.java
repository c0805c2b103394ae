package org.farwatch.geo.layer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.geo.place.Polygons;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Makes areas in WGS-84 of GeoJSON geometries (RFC 7946, 3.1.6 and 3.1.7). Counts the vertices of all that it read; one
 * owner.
 */
final class AreaReader {
    private static final int FEWEST_POSITIONS = 4;
    private static final int MOST_NUMBERS = 4;
    private static final String GEOMETRY = "geometry";

    private final LayerCrs crs;
    private final Reprojection reprojection;
    private final int mostVertices;
    private final GeometryFactory geometries = new GeometryFactory();
    private int vertices;

    AreaReader(LayerCrs crs, int mostVertices) {
        this.crs = crs;
        this.mostVertices = mostVertices;
        reprojection = new Reprojection(crs);
    }

    /** Whether more was read than a layer may hold. */
    boolean isFull() {
        return vertices > mostVertices;
    }

    Geometry read(Object geometry) throws Refusal {
        if (!(geometry instanceof Map<?, ?> members)) {
            throw new Refusal(GEOMETRY, geometry, "must be an object of type Polygon or MultiPolygon");
        }
        String path = GEOMETRY + ".coordinates";
        Object coordinates = members.get("coordinates");
        Geometry area = switch (String.valueOf(members.get("type"))) {
            case "Polygon" -> polygon(coordinates, path);
            case "MultiPolygon" -> {
                List<?> parts = list(coordinates, path, "an array of polygons");
                Polygon[] polygons = new Polygon[parts.size()];
                for (int i = 0; i < polygons.length; i++) {
                    polygons[i] = polygon(parts.get(i), path + "[" + i + "]");
                }
                yield geometries.createMultiPolygon(polygons);
            }
            default -> throw new Refusal(GEOMETRY + ".type", members.get("type"), "must be Polygon or MultiPolygon");
        };
        Optional<String> problem = Polygons.problem(area);
        if (problem.isPresent()) {
            throw new Refusal(GEOMETRY, null, problem.get());
        }
        return area;
    }

    private Polygon polygon(Object value, String path) throws Refusal {
        List<?> rings = list(value, path, "an array of rings");
        if (rings.isEmpty()) {
            throw new Refusal(path, null, "must hold a ring");
        }
        LinearRing shell = ring(rings.getFirst(), path + "[0]");
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = ring(rings.get(i + 1), path + "[" + (i + 1) + "]");
        }
        return geometries.createPolygon(shell, holes);
    }

    private LinearRing ring(Object value, String path) throws Refusal {
        List<?> positions = list(value, path, "an array of positions");
        int count = positions.size();
        if (count < FEWEST_POSITIONS) {
            throw new Refusal(path, null, "must have at least 4 positions, the last repeating the first; has " + count);
        }
        vertices += count;
        if (isFull()) {
            throw new Refusal(path, null, "must not bring the vertices of the layer above " + mostVertices);
        }
        Coordinate[] corners = new Coordinate[count];
        for (int i = 0; i < count; i++) {
            corners[i] = position(positions.get(i), path, i);
        }
        if (!corners[0].equals2D(corners[count - 1])) {
            throw new Refusal(path + "[" + (count - 1) + "]", positions.getLast(), "must repeat the first position");
        }
        return geometries.createLinearRing(corners);
    }

    private Coordinate position(Object value, String path, int index) throws Refusal {
        if (!(value instanceof List<?> numbers)
                || numbers.size() < 2
                || numbers.size() > MOST_NUMBERS
                || !(numbers.get(0) instanceof Number first)
                || !(numbers.get(1) instanceof Number second)) {
            throw new Refusal(path + "[" + index + "]", value, "must be [longitude or easting, latitude or northing]");
        }
        double x = first.doubleValue();
        double y = second.doubleValue();
        if (crs instanceof LayerCrs.Degrees && !(Math.abs(x) <= 180 && Math.abs(y) <= 90)) {
            throw new Refusal(path + "[" + index + "]", value, "must be degrees within 180 and 90, longitude first");
        }
        if (!reprojection.toWgs84(x, y)) {
            throw new Refusal(path + "[" + index + "]", value, "lies outside of " + crs.label());
        }
        return new Coordinate(reprojection.x(), reprojection.y());
    }

    private static List<?> list(Object value, String path, String what) throws Refusal {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new Refusal(path, value, "must be " + what);
    }
}
