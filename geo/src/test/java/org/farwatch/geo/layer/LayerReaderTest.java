package org.farwatch.geo.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farwatch.geo.Datum;
import org.farwatch.geo.place.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;

class LayerReaderTest {
    private static final String TRIANGLE = "[[[121,31],[122,31],[122,32],[121,31]]]";
    private static final Optional<LayerCrs> WGS84 = Optional.of(LayerCrs.WGS84);

    private final LayerReader reader = new LayerReader(LayerLimits.DEFAULT);

    @Test
    void featuresBecomePlacesWithTheirAttributesInOrder() throws IOException {
        LayerImport layer = read("""
                {"type": "FeatureCollection", "features": [
                  {"type": "Feature", "id": 7, "geometry": {"type": "Polygon", "coordinates": %1$s},
                   "properties": {"name": "徐家汇", "z": 5, "area": 1.5, "open": true, "none": null, "list": [1, {"a": "b"}]}},
                  {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [%1$s]},
                   "properties": {"id": "西2", "名称": "田林"}},
                  {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[121,31,4.5],[122,31,4.5],[122,32,4.5],[121,31,4.5]]]},
                   "properties": null}]}
                """.formatted(TRIANGLE), WGS84);
        assertThat(layer.problems()).isEmpty();
        assertThat(layer.complete()).isTrue();
        assertThat(layer.places()).extracting(Place::id).containsExactly("7", "西2", "3");
        assertThat(layer.places()).extracting(Place::name).containsExactly("徐家汇", "田林", "");
        assertThat(List.copyOf(layer.places().getFirst().attributes().entrySet()))
                .hasToString("[name=徐家汇, z=5, area=1.5, open=true, list=[1,{\"a\":\"b\"}]]");
        assertThat(layer.places().getFirst().attributes().get("z")).isInstanceOf(Long.class);
        assertThat(layer.places().get(1).area().getGeometryType()).isEqualTo("MultiPolygon");
        assertThat(layer.places().get(2).area().getCoordinates()[1]).isEqualTo(new Coordinate(122, 31));
    }

    @ParameterizedTest
    @CsvSource({
        "EPSG:4326, 121.4691633, 31.2323443, 1e-12",
        "EPSG:4490, 121.4691633, 31.2323443, 1e-12",
        "GCJ02, 121.47370103471769, 31.230415065178797, 1e-9",
        "EPSG:3857, 13521885.406, 3662960.378, 1e-8"
    })
    void coordinatesAreTurnedIntoWgs84(String crs, double x, double y, double within) throws IOException {
        double step = x > 180 ? 100 : 0.001;
        String ring = "[[[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]".formatted(x, y, x + step, y, x + step, y + step, x, y);
        String member = "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"" + crs + "\"}},";
        LayerImport layer = read(document(member, "").replace(TRIANGLE, ring), Optional.empty());
        assertThat(layer.problems()).isEmpty();
        Coordinate corner = layer.places().getFirst().area().getCoordinates()[0];
        assertThat(corner.x).isCloseTo(121.4691633, within(within));
        assertThat(corner.y).isCloseTo(31.2323443, within(within));
    }

    @Test
    void theReferenceSystemMustBeKnownAndUncontradicted() throws IOException {
        assertThat(sentences(document("", ""), Optional.empty()))
                .containsExactly("crs must be given by the file or with it");
        String gcj = "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"GCJ-02\"}},";
        assertThat(sentences(document(gcj, ""), Optional.empty())).isEmpty();
        assertThat(sentences(document(gcj, ""), Optional.of(LayerCrs.of(Datum.GCJ02))))
                .isEmpty();
        assertThat(sentences(document(gcj, ""), WGS84))
                .containsExactly("crs.properties.name \"GCJ-02\" is not EPSG:4326 as stated");
        assertThat(sentences(document(gcj.replace("GCJ-02", "EPSG:2385"), ""), Optional.empty()))
                .containsExactly("crs.properties.name \"EPSG:2385\" is not known; known are " + LayerCrs.KNOWN);
        assertThat(sentences(document("\"crs\": \"x\",", ""), WGS84))
                .containsExactly("crs \"x\" must be {\"type\": \"name\", \"properties\": {\"name\": ...}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32]]]} | geometry.coordinates[0] must have at least 4 positions, the last repeating the first; has 3
            {"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32],[121,31.5]]]} | geometry.coordinates[0][3] "[121, 31.5]" must repeat the first position
            {"type":"Polygon","coordinates":[[[121,"a"],[122,31],[122,32],[121,31]]]} | geometry.coordinates[0][0] "[121, a]" must be [longitude or easting, latitude or northing]
            {"type":"Polygon","coordinates":[[[121,31],[122],[122,32],[121,31]]]} | geometry.coordinates[0][1] "[122]" must be [longitude or easting, latitude or northing]
            {"type":"Polygon","coordinates":[[[31,121],[31,122],[32,122],[31,121]]]} | geometry.coordinates[0][0] "[31, 121]" must be degrees within 180 and 90, longitude first
            {"type":"Polygon","coordinates":[[[121,31],[122,32],[122,31],[121,32],[121,31]]]} | geometry crosses or touches itself at longitude 121.5, latitude 31.5
            {"type":"Polygon","coordinates":[]} | geometry.coordinates must hold a ring
            {"type":"Polygon","coordinates":5} | geometry.coordinates "5" must be an array of rings
            {"type":"Polygon"} | geometry.coordinates must be an array of rings
            {"type":"MultiPolygon","coordinates":[[[[121,31]]]]} | geometry.coordinates[0][0] must have at least 4 positions, the last repeating the first; has 1
            {"type":"MultiPolygon","coordinates":[]} | geometry has no points
            {"type":"Point","coordinates":[121,31]} | geometry.type "Point" must be Polygon or MultiPolygon
            {} | geometry.type must be Polygon or MultiPolygon
            null | geometry must be an object of type Polygon or MultiPolygon
            """)
    void aBadGeometryIsNamedByFeatureFieldValueAndRule(String geometry, String sentence) throws IOException {
        String bad = ",{\"type\": \"Feature\", \"geometry\": " + geometry + ", \"properties\": {}}";
        LayerImport layer = read(document("", bad), WGS84);
        assertThat(layer.places()).hasSize(1);
        assertThat(layer.problems()).extracting(LayerProblem::sentence).containsExactly("feature 1: " + sentence);
        assertThatThrownBy(() -> reader.geometry(geometry, LayerCrs.WGS84))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void aPlaceOutsideOfItsProjectionIsRefused() throws IOException {
        String far = document("", "").replace("[121,31]", "[9e7,31]");
        assertThat(sentences(far, Optional.of(LayerCrs.epsg(4549))))
                .singleElement()
                .asString()
                .contains("feature 0: geometry.coordinates[0][0]")
                .endsWith("lies outside of EPSG:4549");
        assertThat(sentences(far.replace("9e7", "9e999"), Optional.of(LayerCrs.epsg(3857))))
                .singleElement()
                .asString()
                .endsWith("lies outside of EPSG:3857");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "id": "", "properties": {} | id must be a text that is not blank, or a number
            "id": true, "properties": {} | id "true" must be a text that is not blank, or a number
            "id": 1, "properties": {} | id "1" must be unique in the layer
            "id": 2, "properties": [1] | properties "[1]" must be an object
            "id": 2, "properties": {"a": 1e999} | properties.a "Infinity" must be a number that 64 bits hold
            """)
    void badMembersOfAFeatureAreNamed(String members, String sentence) throws IOException {
        String bad = ",{\"type\": \"Feature\", \"geometry\": {\"type\": \"Polygon\", \"coordinates\": " + TRIANGLE
                + "}, " + members + "}";
        assertThat(sentences(document("", bad), WGS84)).containsExactly("feature 1: " + sentence);
        assertThat(sentences(document("", ", 5"), WGS84)).containsExactly("feature 1: type \"5\" must be Feature");
    }

    @Test
    void aFileThatIsNoLayerIsOneProblem() throws IOException {
        assertThat(sentences("{\"type\": \"Feature\"}", WGS84))
                .containsExactly("type \"Feature\" must be FeatureCollection");
        assertThat(sentences("[]", WGS84)).containsExactly("type must be FeatureCollection");
        assertThat(sentences("{\"type\": \"FeatureCollection\"}", WGS84)).containsExactly("features must be an array");
        assertThat(sentences("{\"type\": ", WGS84))
                .singleElement()
                .asString()
                .startsWith("document is no JSON at character");
        assertThat(sentences("", WGS84)).hasSize(1);
        assertThat(sentences("{\"a\": 99999999999999999999}", WGS84))
                .containsExactly("document holds a whole number of more than 64 bits");
        assertThat(sentences("[".repeat(100_000), WGS84))
                .containsExactly("document is nested deeper than 32 at character 32");
    }

    @Test
    void aFileInAnotherEncodingIsNamedAsSuchAndAByteOrderMarkIsNot() throws IOException {
        byte[] gbk = document("", "").replace("甲", "徐家汇").getBytes(Charset.forName("GBK"));
        assertThat(reader.read(new ByteArrayInputStream(gbk), WGS84).problems())
                .extracting(LayerProblem::sentence)
                .containsExactly("document must be UTF-8; save it as such (it may be GBK)");
        assertThat(sentences("\uFEFF" + document("", ""), WGS84)).isEmpty();
    }

    @Test
    void limitsHoldAndSaySo() throws IOException {
        String document = document("", "");
        int bytes = document.getBytes(StandardCharsets.UTF_8).length;
        assertThat(limited(new LayerLimits(bytes, 1, 4), document)).isEmpty();
        assertThat(limited(new LayerLimits(bytes - 1, 1, 4), document))
                .containsExactly("document must have at most " + (bytes - 1) + " bytes");
        String two = document(
                "",
                ",{\"type\": \"Feature\", \"id\": 2, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": " + TRIANGLE
                        + "}}");
        assertThat(limited(new LayerLimits(10_000, 1, 100), two)).containsExactly("features must be at most 1, are 2");
        assertThat(limited(new LayerLimits(10_000, 2, 7), two))
                .containsExactly("feature 1: geometry.coordinates[0] must not bring the vertices of the layer above 7");
        String many = document("", ",5".repeat(500));
        assertThat(sentences(many, WGS84)).hasSize(LayerReader.MOST_PROBLEMS);
        assertThatThrownBy(() -> new LayerLimits(0, 1, 1)).hasMessageContaining("at least 1");
    }

    private static String document(String crs, String more) {
        return "{\"type\": \"FeatureCollection\", " + crs
                + "\"features\": [{\"type\": \"Feature\", \"id\": \"1\", \"geometry\": {\"type\": \"Polygon\","
                + " \"coordinates\": " + TRIANGLE + "}, \"properties\": {\"name\": \"甲\"}}" + more + "]}";
    }

    private LayerImport read(String text, Optional<LayerCrs> crs) throws IOException {
        return reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), crs);
    }

    private List<String> sentences(String text, Optional<LayerCrs> crs) throws IOException {
        return read(text, crs).problems().stream().map(LayerProblem::sentence).toList();
    }

    private static List<String> limited(LayerLimits limits, String text) throws IOException {
        return new LayerReader(limits)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), WGS84).problems().stream()
                        .map(LayerProblem::sentence)
                        .toList();
    }
}
