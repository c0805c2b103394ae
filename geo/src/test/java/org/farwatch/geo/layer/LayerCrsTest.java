package org.farwatch.geo.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.farwatch.geo.Datum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerCrsTest {
    @ParameterizedTest
    @CsvSource({
        "EPSG:4326, EPSG:4326",
        "epsg:4490, EPSG:4490",
        "urn:ogc:def:crs:EPSG::4549, EPSG:4549",
        "urn:ogc:def:crs:EPSG:9.9.1:3857, EPSG:3857",
        "urn:ogc:def:crs:OGC:1.3:CRS84, EPSG:4326",
        "WGS-84, EPSG:4326",
        "CGCS 2000, EPSG:4490",
        "GCJ-02, GCJ02",
        "gcj02, GCJ02",
        "bd09ll, BD09",
        "BD-09, BD09"
    })
    void commonNamesAreUnderstood(String name, String label) {
        assertThat(LayerCrs.parse(name).label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPSG:2385", "EPSG:4512", "EPSG:4555", "EPSG:999999", "Xian 1980", "", "4326"})
    void othersAreRefusedWithTheOnesThatAreKnown(String name) {
        assertThatThrownBy(() -> LayerCrs.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(LayerCrs.KNOWN);
    }

    @ParameterizedTest
    @EnumSource(Datum.class)
    void theLabelOfADatumIsReadBack(Datum datum) {
        assertThat(LayerCrs.parse(LayerCrs.of(datum).label())).isEqualTo(LayerCrs.of(datum));
    }

    @Test
    void aGeographicCodeIsNoProjection() {
        assertThatThrownBy(() -> new LayerCrs.Metres(4326)).hasMessageContaining("EPSG:4326 is not known");
        assertThat(LayerCrs.epsg(4554)).isEqualTo(new LayerCrs.Metres(4554));
    }
}
