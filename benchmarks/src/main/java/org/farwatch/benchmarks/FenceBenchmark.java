package org.farwatch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farwatch.geo.place.Place;
import org.farwatch.geo.place.PlaceIndex;
import org.farwatch.geo.place.Polygons;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.index.strtree.STRtree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * In which of {@value #PLACES} areas of {@value #CORNERS} corners a position lies, beside JTS: its R-tree and {@code
 * contains} of what that finds. A city of 40 km by 40 km; neighbours overlap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FenceBenchmark {
    static final int PLACES = 10_000;
    static final int CORNERS = 20;
    static final int POINTS = 100_000;

    private static final double WEST = 121.2;
    private static final double SOUTH = 31.0;
    private static final double CELL = 0.004;
    private static final int CELLS_A_SIDE = 100;
    private static final double SIDE = CELL * CELLS_A_SIDE;
    private static final long SEED = 5;

    private final GeometryFactory geometries = new GeometryFactory();
    private final double[] longitudes = new double[POINTS];
    private final double[] latitudes = new double[POINTS];
    private PlaceIndex index;
    private STRtree tree;

    /** Makes both and asks both everything once: they must answer the same. */
    @Setup
    public void prepare() {
        Random random = new Random(SEED);
        List<Place> places = new ArrayList<>();
        tree = new STRtree();
        for (int i = 0; i < PLACES; i++) {
            int row = i / CELLS_A_SIDE;
            int column = i % CELLS_A_SIDE;
            Geometry area = star(random, WEST + (column + 0.5) * CELL, SOUTH + (row + 0.5) * CELL);
            places.add(new Place(Integer.toString(i), "", area));
            tree.insert(area.getEnvelopeInternal(), area);
        }
        index = PlaceIndex.of(places);
        tree.build();
        for (int i = 0; i < POINTS; i++) {
            longitudes[i] = WEST + random.nextDouble() * SIDE;
            latitudes[i] = SOUTH + random.nextDouble() * SIDE;
        }
        int found = 0;
        for (int i = 0; i < POINTS; i++) {
            List<Geometry> ours = index.containing(longitudes[i], latitudes[i]).stream()
                    .map(Place::area)
                    .toList();
            List<Geometry> theirs = contained(longitudes[i], latitudes[i]);
            if (ours.size() != theirs.size() || !theirs.containsAll(ours)) {
                throw new IllegalStateException("%s, %s lies in %s by the index and in %s by JTS"
                        .formatted(longitudes[i], latitudes[i], ours, theirs));
            }
            found += ours.size();
        }
        if (found < POINTS / 2) {
            throw new IllegalStateException("only " + found + " of " + POINTS + " positions lie in an area");
        }
    }

    /** What the service does. @return how many were found, so that nothing can be left out */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int index() {
        int[] found = {0};
        for (int i = 0; i < POINTS; i++) {
            index.forEachContaining(longitudes[i], latitudes[i], _ -> found[0]++);
        }
        return found[0];
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int jts() {
        int found = 0;
        for (int i = 0; i < POINTS; i++) {
            found += contained(longitudes[i], latitudes[i]).size();
        }
        return found;
    }

    private List<Geometry> contained(double longitude, double latitude) {
        Point point = geometries.createPoint(new Coordinate(longitude, latitude));
        List<Geometry> found = new ArrayList<>();
        tree.query(new Envelope(point.getCoordinate()), item -> {
            Geometry area = (Geometry) item;
            if (area.contains(point)) {
                found.add(area);
            }
        });
        return found;
    }

    /** Not convex, as areas that people draw. */
    private static Geometry star(Random random, double longitude, double latitude) {
        double[] corners = new double[2 * CORNERS];
        for (int i = 0; i < CORNERS; i++) {
            double angle = 2 * Math.PI * i / CORNERS;
            double radius = CELL * (0.45 + 0.25 * random.nextDouble());
            corners[2 * i] = longitude + radius * Math.cos(angle);
            corners[2 * i + 1] = latitude + radius * Math.sin(angle);
        }
        return Polygons.of(corners);
    }
}
