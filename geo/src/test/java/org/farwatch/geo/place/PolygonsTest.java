package org.farwatch.geo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class PolygonsTest {
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = ';', textBlock = """
            POINT (121 31); must be a Polygon or MultiPolygon, is a Point
            POLYGON EMPTY; has no points
            POLYGON ((121 31, 122 31, 121 31)); has fewer than 4 points in its outer ring (the last repeats the first): 3
            POLYGON ((121 31, 122 31, 122 31.5, 121 31)) ;
            POLYGON ((121 31, 122 32, 122 31, 121 32, 121 31)); crosses or touches itself at longitude 121.5, latitude 31.5
            POLYGON ((31 121, 32 121, 32 122, 31 121)); has a corner off the globe in its outer ring: longitude 31.0, latitude 121.0 (longitude within 180, latitude within 90, in this order)
            POLYGON ((121 31, 122 31, 122 32, 121 31), (130 31, 131 31, 131 32, 130 31)); has a hole outside of its outer ring at longitude 130.0, latitude 31.0
            POLYGON ((121 31, 122 31, 122 32, 121 31), (181 31, 131 31, 131 32, 181 31)); has a corner off the globe in its hole 1: longitude 181.0, latitude 31.0 (longitude within 180, latitude within 90, in this order)
            """)
    void anAreaThatCannotBeUsedIsRefusedWithASentence(String wkt, String sentence) throws ParseException {
        Geometry area = new WKTReader().read(wkt);
        if (sentence == null) {
            assertThat(Polygons.problem(area)).isEmpty();
        } else {
            assertThat(Polygons.problem(area)).contains(sentence);
            assertThatThrownBy(() -> Polygons.require("geometry", area))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("geometry " + sentence);
        }
    }

    @Test
    void aCornerThatIsNoNumberIsOffTheGlobe() {
        Coordinate[] ring = {
            new Coordinate(121, 31), new Coordinate(Double.NaN, 31), new Coordinate(122, 32), new Coordinate(121, 31)
        };
        assertThat(Polygons.problem(GEOMETRIES.createPolygon(ring)).orElseThrow())
                .contains("off the globe", "NaN");
    }

    @Test
    void tenThousandVerticesPassAndOneMoreDoesNot() {
        assertThat(Polygons.problem(circle(Polygons.MOST_VERTICES))).isEmpty();
        assertThat(Polygons.problem(circle(Polygons.MOST_VERTICES + 1)))
                .contains("has 10001 vertices, at most 10000 are allowed");
    }

    @Test
    void cornersAreClosedWhenTheyAreNot() {
        assertThat(Polygons.of(121, 31, 122, 31, 122, 32).equalsExact(Polygons.of(121, 31, 122, 31, 122, 32, 121, 31)))
                .isTrue();
        assertThatThrownBy(() -> Polygons.of(121, 31, 122, 31))
                .hasMessage("polygon must have at least 3 corners, has 2");
        assertThatThrownBy(() -> Polygons.of(121, 31, 122, 31, 121, 31)).hasMessageContaining("at least 3 corners");
        assertThatThrownBy(Polygons::of).hasMessageContaining("at least 3 corners");
        assertThatThrownBy(() -> Polygons.of(121, 31, 122)).hasMessageContaining("pairs");
    }

    static Geometry circle(int points) {
        Coordinate[] ring = new Coordinate[points];
        Arrays.setAll(ring, i -> {
            double angle = 2 * Math.PI * i / (points - 1);
            return new Coordinate(121 + 0.01 * Math.cos(angle), 31 + 0.01 * Math.sin(angle));
        });
        ring[points - 1] = ring[0].copy();
        return GEOMETRIES.createPolygon(ring);
    }
}
