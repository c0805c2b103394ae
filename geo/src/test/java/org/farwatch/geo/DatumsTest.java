package org.farwatch.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Published test points of eviltransform, coordtransform and gcoord; what they do not give was computed apart. */
class DatumsTest {
    /** The sources use two ellipsoids (1e-7 degrees apart) and print seven decimals. */
    private static final double PUBLISHED = 3e-7;

    /** gcoord's fixture lies 4 to 6 millionths of a degree (half a metre) north-east of the formula. */
    private static final double MAP_SERVICE_GCJ = 7e-6;

    private static final double MAP_SERVICE_BAIDU = 2e-6;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Shanghai A, 31.1774276, 121.5272106, 31.17530398364597, 121.531541859215, 31.1813286, 121.5380157",
        "Shenzhen A, 22.543847, 113.912316, 22.540796131694766, 113.9171764808363, 22.5466674, 113.9236847",
        "Beijing A, 39.911954, 116.377817, 39.91334545536069, 116.38404722455657, 39.9195756, 116.3904547",
        "Tiananmen, 39.915, 116.404, 39.91640428150164, 116.41024449916938, 39.9226996, 116.4166272",
        "Shanghai People's Square, 31.230416, 121.473701, 31.2284737, 121.4782241, 31.2343266, 121.4847825",
    })
    void aPublishedPointIsMetInEveryDatumFromEveryDatum(
            String name, double lat, double lon, double gcjLat, double gcjLon, double bdLat, double bdLon) {
        Map<Datum, double[]> places = Map.of(
                Datum.WGS84, new double[] {lon, lat},
                Datum.CGCS2000, new double[] {lon, lat},
                Datum.GCJ02, new double[] {gcjLon, gcjLat},
                Datum.BD09, new double[] {bdLon, bdLat});
        for (Datum from : Datum.values()) {
            for (Datum to : Datum.values()) {
                meets(name, places.get(from), from, places.get(to), to, PUBLISHED);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Shanghai centre, 31.2323443, 121.4691633, 31.2304194, 121.4737061, 31.2363541, 121.4802435",
        "Nantong, 31.9823396, 120.8900776, 31.980175, 120.8943001, 31.9858283, 120.9008917",
        "Wuhan, 30.5955177, 114.2999512, 30.5931044, 114.3053942, 30.5987732, 114.3119755",
        "Suzhou, 31.3011601, 120.5811071, 31.298983, 120.5852941, 31.3052382, 120.5917094",
        "Shenzhen, 22.5458236, 114.0527534, 22.5431014, 114.0578659, 22.5487584, 114.064418",
        "Lhasa, 29.655277, 91.1706414, 29.6524954, 91.1721167, 29.6585294, 91.1786184",
        "Urumqi, 43.824388, 87.6140048, 43.8255962, 87.6168579, 43.8317719, 87.6232918",
    })
    void thePointsThatMapServicesGaveAreMetWithinTheirRounding(
            String name, double lat, double lon, double gcjLat, double gcjLon, double bdLat, double bdLon) {
        double[] wgs = {lon, lat};
        double[] gcj = {gcjLon, gcjLat};
        double[] baidu = {bdLon, bdLat};
        meets(name, wgs, Datum.WGS84, gcj, Datum.GCJ02, MAP_SERVICE_GCJ);
        meets(name, gcj, Datum.GCJ02, wgs, Datum.WGS84, MAP_SERVICE_GCJ);
        meets(name, gcj, Datum.GCJ02, baidu, Datum.BD09, MAP_SERVICE_BAIDU);
        meets(name, baidu, Datum.BD09, gcj, Datum.GCJ02, MAP_SERVICE_BAIDU);
    }

    private static void meets(String name, double[] place, Datum from, double[] expected, Datum to, double degrees) {
        LonLat at = new LonLat(place[0], place[1]);
        Datums.convert(at, from, to);
        String path = name + " " + from + " to " + to;
        assertThat(at.longitude()).as(path).isCloseTo(expected[0], within(degrees));
        assertThat(at.latitude()).as(path).isCloseTo(expected[1], within(degrees));
    }

    @Test
    void gcjGoesToBaiduAsCoordtransformHasIt() {
        LonLat at = new LonLat(116.404, 39.915);
        Datums.convert(at, Datum.GCJ02, Datum.BD09);
        assertThat(at.longitude()).isCloseTo(116.41036949371029, within(1e-8));
        assertThat(at.latitude()).isCloseTo(39.92133699351021, within(1e-8));
    }

    @Test
    void baiduGoesToGcjWithinTheErrorOfCoordtransformsSingleStep() {
        LonLat at = new LonLat(116.404, 39.915);
        Datums.convert(at, Datum.BD09, Datum.GCJ02);
        assertThat(at.longitude()).isCloseTo(116.39762729119315, within(1e-6));
        assertThat(at.latitude()).isCloseTo(39.90865673957631, within(1e-6));
    }

    @Test
    void gcjGoesBackToTheIteratedPointAndNotToTheSingleStep() {
        LonLat at = new LonLat(116.404, 39.915);
        Datums.convert(at, Datum.GCJ02, Datum.WGS84);
        assertThat(at.longitude()).isCloseTo(116.3977557546871, within(1e-9));
        assertThat(at.latitude()).isCloseTo(39.91359623568433, within(1e-9));
        assertThat(at.latitude()).isNotCloseTo(39.91359571849836, within(1e-7));
    }

    @Property
    void thereAndBackAgainIsWithinABillionthOfADegree(
            @ForAll @DoubleRange(min = 73, max = 135) double lon, @ForAll @DoubleRange(min = 3, max = 54) double lat) {
        for (Datum datum : Datum.values()) {
            LonLat at = new LonLat(lon, lat);
            Datums.fromWgs84(at, datum);
            Datums.toWgs84(at, datum);
            assertThat(at.longitude()).as(datum.name()).isCloseTo(lon, within(1e-9));
            assertThat(at.latitude()).as(datum.name()).isCloseTo(lat, within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(Datum.class)
    void outsideOfChinaNothingIsOffset(Datum datum) {
        double[][] places = {{183, 45}, {0, 0}, {2.35, 48.86}, {-121.5, 31.2}, {121.5, -31.2}};
        for (double[] place : places) {
            LonLat at = new LonLat(place[0], place[1]);
            Datums.toWgs84(at, datum);
            assertThat(at).hasToString(place[0] + ", " + place[1]);
            Datums.fromWgs84(at, datum);
            assertThat(at).hasToString(place[0] + ", " + place[1]);
        }
    }

    @Test
    void aCoordinateThatIsNoNumberStaysOne() {
        LonLat at = new LonLat(Double.NaN, 31);
        Datums.convert(at, Datum.BD09, Datum.GCJ02);
        assertThat(at.longitude()).isNaN();
        assertThat(at.latitude()).isEqualTo(31);
    }
}
