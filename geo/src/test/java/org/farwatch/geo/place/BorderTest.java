package org.farwatch.geo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

class BorderTest {
    private static final LocalMetres MAP = LocalMetres.at(121.47, 31.23);

    @Test
    void metresAreNegativeInsideAndPositiveOutside() {
        Border border = Border.of(box(-50, -50, 50, 50));
        assertThat(metres(border, 0, 0)).isCloseTo(-50, within(0.01));
        assertThat(metres(border, 40, 10)).isCloseTo(-10, within(0.01));
        assertThat(metres(border, 50, 0)).isCloseTo(0, within(0.01));
        assertThat(metres(border, 65, 0)).isCloseTo(15, within(0.01));
        assertThat(metres(border, 80, 90)).isCloseTo(50, within(0.01));
        assertThat(border.signedMetres(Double.NaN, 31)).isNaN();
        assertThat(border.signedMetres(121, Double.NaN)).isNaN();
    }

    @Test
    void aHoleIsOutside() {
        Geometry ring = box(-50, -50, 50, 50).difference(box(-20, -20, 20, 20));
        assertThat(metres(Border.of(ring), 0, 0)).isCloseTo(20, within(0.01));
        assertThat(metres(Border.of(ring), 30, 0)).isCloseTo(-10, within(0.01));
    }

    @Test
    void betweenTwoPostsThatShareAnEdgeThereIsNoBorder() {
        Border border = Border.of(List.of(box(-100, -50, 0, 50), box(0, -50, 100, 50)));
        assertThat(metres(border, 0, 0)).isCloseTo(-50, within(0.01));
        Border overlapping = Border.of(List.of(box(-100, -50, 10, 50), box(-10, -50, 100, 50)));
        assertThat(metres(overlapping, 0, 0)).isCloseTo(-50, within(0.01));
        Border apart = Border.of(List.of(box(-100, -50, -20, 50), box(20, -50, 100, 50)));
        assertThat(metres(apart, 5, 0)).isCloseTo(15, within(0.01));
    }

    @Test
    void anAreaThatCannotBeUsedIsRefused() {
        assertThatThrownBy(() -> Border.of(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Border.of(new GeometryFactory().createPoint(new Coordinate(121, 31))))
                .hasMessageContaining("area must be a Polygon");
    }

    @Test
    void aLongBorderGivesTheSameAsMeasuringEverySegment() {
        Polygon circle = (Polygon) PolygonsTest.circle(2_000);
        Border border = Border.of(circle);
        LocalMetres map = LocalMetres.at(
                circle.getEnvelopeInternal().centre().x,
                circle.getEnvelopeInternal().centre().y);
        Coordinate[] flat = circle.getExteriorRing().getCoordinates();
        for (Coordinate corner : flat) {
            corner.setX(map.x(corner.x));
            corner.setY(map.y(corner.y));
        }
        GeometryFactory geometries = new GeometryFactory();
        Polygon flatCircle = geometries.createPolygon(flat);
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            double x = random.nextDouble(-2000, 2000);
            double y = random.nextDouble(-2000, 2000);
            Geometry point = geometries.createPoint(new Coordinate(x, y));
            double distance = flatCircle.getExteriorRing().distance(point);
            double expected = flatCircle.contains(point) ? -distance : distance;
            assertThat(border.signedMetres(map.longitudeAt(x), map.latitudeAt(y)))
                    .isCloseTo(expected, within(1e-6));
        }
    }

    @Property
    void flatMetresAgreeWithTheGreatCircle(
            @ForAll @DoubleRange(min = -5000, max = 5000) double x,
            @ForAll @DoubleRange(min = -5000, max = 5000) double y,
            @ForAll @DoubleRange(min = 18, max = 53) double latitude) {
        LocalMetres map = LocalMetres.at(121, latitude);
        double flat = Math.hypot(x, y);
        double round = LocalMetres.between(121, latitude, map.longitudeAt(x), map.latitudeAt(y));
        // The sphere of the haversine formula is up to 0.5 % off the ellipsoid.
        assertThat(round).isCloseTo(flat, within(0.006 * flat + 1e-6));
        assertThat(map.x(map.longitudeAt(x))).isCloseTo(x, within(1e-6));
        assertThat(map.y(map.latitudeAt(y))).isCloseTo(y, within(1e-6));
    }

    @Test
    void theGreatCircleFromShanghaiToBeijingIsWhatOthersMeasure() {
        // eviltransform: 1 078 164 m on a sphere of 6 378 137 m.
        double metres = LocalMetres.between(121.531541859215, 31.17530398364597, 116.38404722455657, 39.91334545536069);
        assertThat(metres * 6_378_137.0 / LocalMetres.EARTH_RADIUS).isCloseTo(1_078_164, within(1.0));
    }

    @Test
    void aMapOffTheGlobeIsRefused() {
        assertThatThrownBy(() -> LocalMetres.at(181, 0)).hasMessageContaining("longitude 181.0");
        assertThatThrownBy(() -> LocalMetres.at(0, 90)).hasMessageContaining("latitude 90.0");
        assertThatThrownBy(() -> LocalMetres.at(Double.NaN, 0)).hasMessageContaining("longitude NaN");
    }

    private static double metres(Border border, double x, double y) {
        return border.signedMetres(MAP.longitudeAt(x), MAP.latitudeAt(y));
    }

    private static Polygon box(double west, double south, double east, double north) {
        double w = MAP.longitudeAt(west);
        double s = MAP.latitudeAt(south);
        double e = MAP.longitudeAt(east);
        double n = MAP.latitudeAt(north);
        return Polygons.of(w, s, e, s, e, n, w, n);
    }
}
