package org.farwatch.geo.place;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;

/**
 * A named area: a post, a patrol section, a grid cell, a district. Immutable as long as nobody writes into the
 * geometry; any thread.
 *
 * @param id unique among the places of one layer or index; not blank
 * @param name as people call it; may be empty
 * @param area Polygon or MultiPolygon in WGS-84 degrees (x longitude, y latitude) that {@link Polygons} accepts
 * @param attributes what the layer says besides, in its order: String, Long, Double or Boolean; never null
 */
public record Place(String id, String name, Geometry area, Map<String, Object> attributes) {
    /** @throws IllegalArgumentException naming the field, the value and the rule */
    public Place {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
        Polygons.require("area of " + id, area);
        Map<String, Object> kept = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((key, value) -> {
            boolean plain = value instanceof String || value instanceof Long || value instanceof Boolean;
            if (!plain && !(value instanceof Double number && Double.isFinite(number))) {
                throw new IllegalArgumentException("attribute " + key + " of " + id
                        + " must be a text, a whole number, a number or true/false, is " + value);
            }
            kept.put(key, value);
        });
        attributes = Collections.unmodifiableMap(kept);
    }

    /** A place without attributes. */
    public Place(String id, String name, Geometry area) {
        this(id, name, area, Map.of());
    }
}
