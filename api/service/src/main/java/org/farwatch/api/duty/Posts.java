package org.farwatch.api.duty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts in the database. */
@Repository
class Posts {
    private static final String SELECT =
            "select id, name, squad_id, geometry::text as geometry, attributes::text as attributes, version from post ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /**
     * @param geometry GeoJSON, WGS-84
     * @param attributes what the imported feature said besides
     */
    record Stored(String id, String name, String squadId, JsonNode geometry, JsonNode attributes, int version) {}

    Posts(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<Stored> list(DataScope scope) {
        return jdbc.sql(SELECT + """
                         where not retired and (:everything or squad_id is null or squad_id = any(:squads))
                        order by name, id""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + """
                         where id = :id and not retired
                            and (:everything or squad_id is null or squad_id = any(:squads))""")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    long insert(String name, Long squadNo, String geometry, String attributes) {
        return jdbc.sql("""
                        insert into post (name, squad_id, geometry, attributes)
                        values (:name, :squad, :geometry::jsonb, :attributes::jsonb) returning id""")
                .param("name", name)
                .param("squad", squadNo)
                .param("geometry", geometry)
                .param("attributes", attributes)
                .query(Long.class)
                .single();
    }

    /**
     * Changes what is not null.
     *
     * @param squadNo of the post from now on, null for none
     * @return false when the version is not the present one
     */
    boolean update(long id, int version, String name, Long squadNo, String geometry) {
        return jdbc.sql("""
                        update post set name = coalesce(:name, name), squad_id = :squad,
                            geometry = coalesce(:geometry::jsonb, geometry), version = version + 1
                        where id = :id and version = :version""")
                        .param("name", name)
                        .param("squad", squadNo)
                        .param("geometry", geometry)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /**
     * Takes the post off the map; past duties keep it.
     *
     * @return false when the version is not the present one
     */
    boolean retire(long id, int version) {
        return jdbc.sql("update post set retired = true, version = version + 1 where id = :id and version = :version")
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Duties that need the post now or later. */
    long upcomingDuties(long id) {
        return jdbc.sql("select count(*) from duty where post_id = :id and ends > now() and not cancelled")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private Stored read(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("id"),
                row.getString("name"),
                row.getString("squad_id"),
                json.readTree(row.getString("geometry")),
                json.readTree(row.getString("attributes")),
                row.getInt("version"));
    }
}
