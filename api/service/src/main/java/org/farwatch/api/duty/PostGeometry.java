package org.farwatch.api.duty;

import org.farwatch.api.web.Refusal;
import org.farwatch.geo.layer.LayerCrs;
import org.farwatch.geo.layer.LayerLimits;
import org.farwatch.geo.layer.LayerReader;
import org.farwatch.geo.layer.LayerWriter;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;

/** A post's area between GeoJSON (RFC 7946, WGS-84) and JTS. */
final class PostGeometry {
    private static final LayerReader READER = new LayerReader(LayerLimits.DEFAULT);

    private PostGeometry() {}

    /**
     * What a request gave.
     *
     * @throws Refusal naming the field and the rule that is broken
     */
    static Geometry require(JsonNode geometry) {
        try {
            return parse(geometry.toString());
        } catch (IllegalArgumentException e) {
            throw Refusal.field("geometry", e.getMessage());
        }
    }

    /**
     * Reads GeoJSON text.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static Geometry parse(String geoJson) {
        return READER.geometry(geoJson, LayerCrs.WGS84);
    }

    static String write(Geometry area) {
        return LayerWriter.geometry(area, LayerCrs.WGS84);
    }
}
