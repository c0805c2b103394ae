package org.farwatch.geo.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.geo.place.Place;
import org.farwatch.geo.place.Polygons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class LayerWriterTest {
    private static final Geometry WITH_HOLE = Polygons.of(121.4, 31.2, 121.5, 31.2, 121.5, 31.3, 121.4, 31.3)
            .difference(Polygons.of(121.44, 31.24, 121.46, 31.24, 121.46, 31.26));
    private static final Geometry TWO_PARTS = Polygons.of(121.4, 31.2, 121.41, 31.2, 121.41, 31.21)
            .union(Polygons.of(121.5, 31.2, 121.51, 31.2, 121.51, 31.21));

    @ParameterizedTest
    @ValueSource(
            strings = {"EPSG:4326", "EPSG:4490", "GCJ02", "BD09", "EPSG:3857", "EPSG:4528", "EPSG:4529", "EPSG:4549"})
    void whatWasWrittenReadsBackTheSame(String name) throws IOException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("name", "漕溪北路 \"A\"\n");
        attributes.put("geometry", "not one");
        attributes.put("面积", 1.25);
        attributes.put("count", 3L);
        attributes.put("open", false);
        List<Place> places = List.of(
                new Place("1", "漕溪北路 \"A\"\n", WITH_HOLE, attributes),
                new Place("二", "田林", TWO_PARTS, Map.of("grade", "一级")),
                new Place("3", "", TWO_PARTS));
        LayerCrs crs = LayerCrs.parse(name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerWriter.write(out, places, crs);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"name\":\"" + name + "\"");
        LayerImport layer = new LayerReader(LayerLimits.DEFAULT)
                .read(new ByteArrayInputStream(out.toByteArray()), Optional.empty());
        assertThat(layer.problems()).isEmpty();
        assertThat(layer.places()).extracting(Place::id).containsExactly("1", "二", "3");
        assertThat(layer.places()).extracting(Place::name).containsExactly("漕溪北路 \"A\"\n", "田林", "");
        assertThat(layer.places().getFirst().attributes()).isEqualTo(attributes);
        assertThat(layer.places().get(1).attributes()).isEqualTo(Map.of("grade", "一级", "name", "田林"));
        assertThat(layer.places().get(2).attributes()).isEmpty();
        for (int i = 0; i < places.size(); i++) {
            Geometry read = layer.places().get(i).area();
            assertThat(read.getGeometryType()).isEqualTo(places.get(i).area().getGeometryType());
            same(read, places.get(i).area());
        }
    }

    @Test
    void aPlaceOutsideOfTheProjectionIsNamed() {
        Place paris = new Place("巴黎", "", Polygons.of(2.3, 48.8, 2.4, 48.8, 2.4, 48.9));
        Place pole = new Place("pole", "", Polygons.of(0, 89, 1, 89, 1, 90));
        assertThatThrownBy(() -> LayerWriter.write(new ByteArrayOutputStream(), List.of(pole), LayerCrs.epsg(3857)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pole has a corner outside of EPSG:3857");
        assertThatThrownBy(() -> LayerWriter.write(new ByteArrayOutputStream(), List.of(paris), LayerCrs.epsg(4549)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("巴黎 has a corner outside of EPSG:4549");
    }

    @Test
    void anEmptyLayerIsALayer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerWriter.write(out, List.of(), LayerCrs.WGS84);
        LayerImport layer = new LayerReader(LayerLimits.DEFAULT)
                .read(new ByteArrayInputStream(out.toByteArray()), Optional.empty());
        assertThat(layer.places()).isEmpty();
        assertThat(layer.complete()).isTrue();
    }

    @Test
    void aSingleGeometryGoesThereAndBack() {
        String text = LayerWriter.geometry(TWO_PARTS, LayerCrs.parse("GCJ02"));
        assertThat(text).startsWith("{\"type\":\"MultiPolygon\"");
        same(new LayerReader(LayerLimits.DEFAULT).geometry(text, LayerCrs.parse("GCJ02")), TWO_PARTS);
    }

    private static void same(Geometry actual, Geometry expected) {
        Coordinate[] corners = actual.getCoordinates();
        assertThat(corners).hasSameSizeAs(expected.getCoordinates());
        for (int i = 0; i < corners.length; i++) {
            assertThat(corners[i].x).isCloseTo(expected.getCoordinates()[i].x, within(2e-9));
            assertThat(corners[i].y).isCloseTo(expected.getCoordinates()[i].y, within(2e-9));
        }
    }
}
