package org.farwatch.geo.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opengis.referencing.operation.MathTransform;

class EpsgTest {
    private static final double METRES_PER_DEGREE = 111_320;

    static IntStream zones() {
        return IntStream.rangeClosed(4513, 4554);
    }

    @Test
    void whatTheDesignAsksForIsShipped() {
        assertThat(Epsg.wkt().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(4326, 4490, 3857), zones().boxed())
                        .toList());
        assertThat(Epsg.isProjected(4326)).isFalse();
        assertThat(Epsg.isProjected(4490)).isFalse();
        assertThat(Epsg.isProjected(3857)).isTrue();
        assertThat(Epsg.isProjected(4512)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("zones")
    void aZoneIsTheGaussKruegerProjectionOfItsMeridianAndComesBackWithinAMillimetre(int code) throws Exception {
        int meridian = 75 + 3 * ((code - 4513) % 21);
        double falseEasting = code <= 4533 ? (25 + code - 4513) * 1e6 + 500_000 : 500_000;
        MathTransform transform = Epsg.fromWgs84(code);
        for (double east = -1.5; east <= 1.5; east += 0.5) {
            for (double latitude = 18; latitude <= 53; latitude += 5) {
                double[] degrees = {meridian + east, latitude};
                double[] metres = new double[2];
                transform.transform(degrees, 0, metres, 0, 1);
                double[] expected = gaussKrueger(east, latitude);
                assertThat(metres[0]).as("easting of %s", code).isCloseTo(falseEasting + expected[0], within(0.001));
                assertThat(metres[1]).as("northing of %s", code).isCloseTo(expected[1], within(0.001));

                double[] back = new double[2];
                transform.inverse().transform(metres, 0, back, 0, 1);
                double lost = Math.hypot(back[0] - degrees[0], back[1] - degrees[1]) * METRES_PER_DEGREE;
                assertThat(lost).as("lost there and back").isLessThan(0.001);
            }
        }
    }

    @Test
    void webMercatorIsThatOfOthers() throws Exception {
        double[] metres = new double[2];
        Epsg.fromWgs84(3857).transform(new double[] {121.4691633, 31.2323443}, 0, metres, 0, 1);
        assertThat(metres[0]).isCloseTo(13_521_885.406, within(0.001));
        assertThat(metres[1]).isCloseTo(3_662_960.378, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(doubles = {18, 31.23, 53})
    void cgcs2000IsWgs84(double latitude) throws Exception {
        MathTransform transform = CRS.findMathTransform(
                CRS.parseWKT(Epsg.wkt().get(4490)), CRS.parseWKT(Epsg.wkt().get(4326)), true);
        double[] there = new double[2];
        transform.transform(new double[] {121.47, latitude}, 0, there, 0, 1);
        assertThat(there[0]).isCloseTo(121.47, within(1e-8));
        assertThat(there[1]).isCloseTo(latitude, within(1e-8));
    }

    /**
     * Metres east and north by Krüger's series in the third flattening to the fourth order (Karney 2011, eq. 7 to 35),
     * written for this test.
     */
    private static double[] gaussKrueger(double east, double latitude) {
        double f = 1 / 298.257222101;
        double n = f / (2 - f);
        double e = Math.sqrt(f * (2 - f));
        double radius = 6_378_137 / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64);
        double[] alpha = {
            n / 2 - 2 * n * n / 3 + 5 * Math.pow(n, 3) / 16 + 41 * Math.pow(n, 4) / 180,
            13 * n * n / 48 - 3 * Math.pow(n, 3) / 5 + 557 * Math.pow(n, 4) / 1440,
            61 * Math.pow(n, 3) / 240 - 103 * Math.pow(n, 4) / 140,
            49_561 * Math.pow(n, 4) / 161_280
        };
        double sin = Math.sin(Math.toRadians(latitude));
        double lambda = Math.toRadians(east);
        double t = Math.sinh(atanh(sin) - e * atanh(e * sin));
        double xi = Math.atan2(t, Math.cos(lambda));
        double eta = atanh(Math.sin(lambda) / Math.hypot(1, t));
        double x = eta;
        double y = xi;
        for (int j = 1; j <= alpha.length; j++) {
            x += alpha[j - 1] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
            y += alpha[j - 1] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
        }
        return new double[] {radius * x, radius * y};
    }

    private static double atanh(double value) {
        return 0.5 * Math.log((1 + value) / (1 - value));
    }
}
