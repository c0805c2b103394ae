package org.farwatch.api.map;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The layers in the database. */
@Repository
public class MapLayers {
    /** Drawn in this order. */
    public static final List<String> NAMES = List.of("district", "water", "green", "blocks", "roads", "places");

    static final String EMPTY = "{\"type\":\"FeatureCollection\",\"features\":[]}";

    private final JdbcClient jdbc;

    /** West, south, east, north in degrees. */
    public record Bounds(double west, double south, double east, double north) {}

    MapLayers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** GeoJSON text of the layer, an empty collection when it was never filled. */
    String features(String name) {
        return jdbc.sql("select features::text from map_layer where name = :name")
                .param("name", name)
                .query(String.class)
                .optional()
                .orElse(EMPTY);
    }

    /**
     * Replaces a layer.
     *
     * @param geoJson a FeatureCollection in WGS-84
     */
    public void put(String name, String geoJson) {
        jdbc.sql("""
                insert into map_layer (name, features) values (:name, :features::jsonb)
                on conflict (name) do update set features = excluded.features""").param("name", name).param("features", geoJson).update();
    }

    /** Bounds of all layers together, empty while there are none. */
    Optional<Bounds> bounds() {
        return jdbc.sql("""
                with point as (
                    select (p #>> '{0}')::float8 as lon, (p #>> '{1}')::float8 as lat
                    from map_layer,
                        jsonb_path_query(features, 'strict $.features[*].geometry.coordinates.**') as p
                    where jsonb_typeof(p) = 'array' and jsonb_typeof(p -> 0) = 'number')
                select min(lon), min(lat), max(lon), max(lat) from point having count(*) > 0""")
                .query((row, _) -> new Bounds(row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)))
                .optional();
    }
}
