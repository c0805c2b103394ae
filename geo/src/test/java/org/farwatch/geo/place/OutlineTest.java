package org.farwatch.geo.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;

class OutlineTest {
    private final GeometryFactory geometries = new GeometryFactory();

    /** On a grid so coarse that rays often meet corners, run along edges and start on them. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 40, 2_000})
    void itAnswersAsJtsDoesForCornersEdgesHolesAndParts(int corners) {
        Random random = new Random(corners);
        int on = 0;
        int in = 0;
        for (int shape = 0; shape < (corners > 100 ? 6 : 60); shape++) {
            Geometry area = area(random, corners);
            Outline outline = Outline.of(area);
            for (int i = 0; i < 400; i++) {
                Coordinate[] all = area.getCoordinates();
                Coordinate at = i % 4 == 0
                        ? all[random.nextInt(all.length)].copy()
                        : new Coordinate(grid(random.nextDouble() * 2 - 0.5), grid(random.nextDouble() * 2 - 0.5));
                int expected = SimplePointInAreaLocator.locate(at, area);
                assertThat(outline.covers(at.x, at.y))
                        .as("%s in shape %s", at, shape)
                        .isEqualTo(expected != Location.EXTERIOR);
                in += expected == Location.INTERIOR ? 1 : 0;
                on += expected == Location.BOUNDARY ? 1 : 0;
            }
        }
        assertThat(in).isPositive();
        assertThat(on).isPositive();
    }

    @Test
    void whatIsNotANumberLiesNowhere() {
        Outline outline = Outline.of(Polygons.of(0, 0, 1, 0, 1, 1, 0, 1));
        assertThat(outline.covers(Double.NaN, 0.5)).isFalse();
        assertThat(outline.covers(0.5, Double.NaN)).isFalse();
        assertThat(outline.covers(Double.NEGATIVE_INFINITY, 0.5)).isFalse();
    }

    /** A star; every second with a hole, every third with a second part beside it. */
    private Geometry area(Random random, int corners) {
        Geometry area = star(random, corners, 0.5, 0.5, 0.5);
        if (random.nextInt(2) == 0) {
            area = area.difference(star(random, corners, 0.5, 0.5, 0.2));
        }
        if (random.nextInt(3) == 0) {
            area = area.union(star(random, corners, 1.25, 0.5, 0.2));
        }
        return area;
    }

    private Geometry star(Random random, int corners, double x, double y, double size) {
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = size * (0.4 + 0.6 * random.nextDouble());
            ring[i] = corners > 100
                    ? new Coordinate(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
                    : new Coordinate(grid(x + radius * Math.cos(angle)), grid(y + radius * Math.sin(angle)));
        }
        ring[corners] = ring[0].copy();
        // On the grid edges may meet: buffering makes it valid.
        return geometries.createPolygon(ring).buffer(0);
    }

    private static double grid(double value) {
        return Math.rint(value * 16) / 16;
    }
}
