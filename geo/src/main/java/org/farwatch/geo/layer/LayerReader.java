package org.farwatch.geo.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.farwatch.geo.place.Place;
import org.json.simple.JSONValue;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads places from a GeoJSON FeatureCollection (RFC 7946, with the member {@code crs} of the 2008 format) and turns
 * them into WGS-84.
 *
 * <p>A place's id is the feature's {@code id}, or else its attribute {@code id}, or else its number in the file from 1;
 * its name is the attribute {@code name} or {@code 名称}. Attributes are kept in their order; one that is an object or
 * array becomes its JSON text, one that is null is left out.
 *
 * <p>Nothing bad in a file makes an exception: it becomes a {@link LayerProblem}. Immutable; any thread.
 */
public final class LayerReader {
    /** Problems after which reading stops. */
    public static final int MOST_PROBLEMS = 100;

    private static final int MOST_ATTRIBUTES = 100;
    private static final int LONGEST_TEXT = 4_000;

    private final LayerLimits limits;

    public LayerReader(LayerLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a FeatureCollection.
     *
     * @param in UTF-8; read to its end or to the limit, not closed
     * @param stated what the person who brings the file says that its coordinates are; needed where the file does not
     *     say so itself, and refused where the file says otherwise: half a kilometre lies between the datums
     * @throws IOException when the stream fails
     */
    public LayerImport read(InputStream in, Optional<LayerCrs> stated) throws IOException {
        try {
            return collection(JsonText.parse(JsonText.read(in, limits.mostBytes())), stated);
        } catch (Refusal refusal) {
            return new LayerImport(List.of(), List.of(refusal.in(LayerProblem.DOCUMENT)));
        }
    }

    /**
     * Reads a single geometry, Polygon or MultiPolygon, into WGS-84.
     *
     * @param geoJson a text of at most the layer's limits
     * @throws IllegalArgumentException naming the member, its value and the rule
     */
    public Geometry geometry(String geoJson, LayerCrs crs) {
        if (geoJson.length() > limits.mostBytes()) {
            throw new IllegalArgumentException("geometry must have at most " + limits.mostBytes() + " characters");
        }
        try {
            return new AreaReader(crs, limits.mostVertices()).read(JsonText.parse(geoJson));
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.in(LayerProblem.DOCUMENT).sentence());
        }
    }

    private LayerImport collection(Object document, Optional<LayerCrs> stated) throws Refusal {
        if (!(document instanceof Map<?, ?> members) || !"FeatureCollection".equals(members.get("type"))) {
            throw new Refusal(
                    "type", document instanceof Map<?, ?> map ? map.get("type") : null, "must be FeatureCollection");
        }
        if (!(members.get("features") instanceof List<?> features)) {
            throw new Refusal("features", members.get("features"), "must be an array");
        }
        if (features.size() > limits.mostFeatures()) {
            throw new Refusal(
                    "features", null, "must be at most " + limits.mostFeatures() + ", are " + features.size());
        }
        AreaReader areas = new AreaReader(crs(members.get("crs"), stated), limits.mostVertices());
        List<Place> places = new ArrayList<>();
        List<LayerProblem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < features.size() && problems.size() < MOST_PROBLEMS && !areas.isFull(); i++) {
            try {
                places.add(place(features.get(i), i, areas, ids));
            } catch (Refusal refusal) {
                problems.add(refusal.in(i));
            }
        }
        return new LayerImport(places, problems);
    }

    private static LayerCrs crs(Object member, Optional<LayerCrs> stated) throws Refusal {
        if (member == null) {
            return stated.orElseThrow(() -> new Refusal("crs", null, "must be given by the file or with it"));
        }
        Object name = member instanceof Map<?, ?> crs && crs.get("properties") instanceof Map<?, ?> properties
                ? properties.get("name")
                : null;
        if (!(name instanceof String text)) {
            throw new Refusal("crs", member, "must be {\"type\": \"name\", \"properties\": {\"name\": ...}}");
        }
        LayerCrs own;
        try {
            own = LayerCrs.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal("crs.properties.name", text, "is not known; known are " + LayerCrs.KNOWN);
        }
        if (stated.isPresent() && !stated.get().equals(own)) {
            throw new Refusal(
                    "crs.properties.name", text, "is not " + stated.get().label() + " as stated");
        }
        return own;
    }

    private static Place place(Object value, int index, AreaReader areas, Set<String> ids) throws Refusal {
        if (!(value instanceof Map<?, ?> feature) || !"Feature".equals(feature.get("type"))) {
            throw new Refusal("type", value instanceof Map<?, ?> map ? map.get("type") : value, "must be Feature");
        }
        Geometry area = areas.read(feature.get("geometry"));
        Map<String, Object> attributes = attributes(feature.get("properties"));
        Object given = Objects.requireNonNullElse(
                feature.get("id"), Objects.requireNonNullElse(attributes.get("id"), index + 1));
        String id = given.toString();
        if (id.isBlank() || !(given instanceof String || given instanceof Number)) {
            throw new Refusal("id", given, "must be a text that is not blank, or a number");
        }
        if (!ids.add(id)) {
            throw new Refusal("id", id, "must be unique in the layer");
        }
        Object name = Objects.requireNonNullElse(
                attributes.get("name"), Objects.requireNonNullElse(attributes.get("名称"), ""));
        return new Place(id, name.toString(), area, attributes);
    }

    private static Map<String, Object> attributes(Object properties) throws Refusal {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (properties == null) {
            return attributes;
        }
        if (!(properties instanceof Map<?, ?> members)) {
            throw new Refusal("properties", properties, "must be an object");
        }
        if (members.size() > MOST_ATTRIBUTES) {
            throw new Refusal("properties", null, "must be at most " + MOST_ATTRIBUTES + ", are " + members.size());
        }
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String field = member.getKey().toString();
            Object plain = member.getValue() instanceof Map<?, ?> || member.getValue() instanceof List<?>
                    ? JSONValue.toJSONString(member.getValue())
                    : member.getValue();
            if (plain instanceof Double number && !Double.isFinite(number)) {
                throw new Refusal("properties." + field, plain, "must be a number that 64 bits hold");
            }
            if (plain instanceof String text && text.length() > LONGEST_TEXT) {
                throw new Refusal("properties." + field, text, "must have at most " + LONGEST_TEXT + " characters");
            }
            if (plain != null) {
                attributes.put(field, plain);
            }
        }
        return attributes;
    }
}
