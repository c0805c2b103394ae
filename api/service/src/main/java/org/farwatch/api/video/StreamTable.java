package org.farwatch.api.video;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Streams in the database. */
@Repository
class StreamTable {
    private static final String SELECT = """
            select s.*, d.id as device_id from stream s left join device d on d.no = s.device_no
            """;

    private final JdbcClient jdbc;

    StreamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param squadNo null for a stream that only those see who see the whole district */
    record Stored(
            long id,
            String name,
            String deviceId,
            String channelId,
            Long squadNo,
            String sourceUrl,
            boolean record,
            Stream.Location location,
            Float heading,
            Float fieldOfView,
            int version) {}

    /** What of a stream can be set; null leaves it as it is. */
    record Facts(
            String name,
            Integer deviceNo,
            Long squadNo,
            String sourceUrl,
            Boolean record,
            Stream.Location location,
            Float heading,
            Float fieldOfView) {}

    /** All that are fetched. */
    List<Stored> all() {
        return list(DataScope.EVERYTHING, 0, Integer.MAX_VALUE);
    }

    /**
     * In the order of their ids.
     *
     * @param after id of the last one given before, 0 for the first part
     */
    List<Stored> list(DataScope scope, long after, int limit) {
        return jdbc.sql(SELECT + """
                         where not s.retired and s.id > :after and (:everything or s.squad_id = any(:squads))
                        order by s.id limit :limit""")
                .param("after", after)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Also one that is retired: what it recorded is still to be seen. */
    Optional<Stored> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " where s.id = :id and (:everything or s.squad_id = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    long insert(Facts facts) {
        return jdbc.sql("""
                        insert into stream (name, device_no, squad_id, source_url, record, longitude, latitude,
                            heading, field_of_view)
                        values (:name, :device, :squad, :url, :record, :longitude, :latitude, :heading, :view)
                        returning id""").params(parameters(facts)).query(Long.class).single();
    }

    /** @return false when the version is not the present one */
    boolean update(long id, int version, Facts facts) {
        return jdbc.sql("""
                        update stream set name = coalesce(:name, name),
                            device_no = coalesce(:device::int, device_no),
                            squad_id = coalesce(:squad::bigint, squad_id), source_url = coalesce(:url, source_url),
                            record = coalesce(:record::boolean, record),
                            longitude = coalesce(:longitude::double precision, longitude),
                            latitude = coalesce(:latitude::double precision, latitude),
                            heading = coalesce(:heading::real, heading),
                            field_of_view = coalesce(:view::real, field_of_view), version = version + 1
                        where id = :id and version = :version and not retired""")
                        .params(parameters(facts))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** @return false when the version is not the present one */
    boolean retire(long id, int version) {
        return jdbc.sql("""
                        update stream set retired = true, record = false, version = version + 1
                        where id = :id and version = :version and not retired""").param("id", id).param("version", version).update() == 1;
    }

    private static Map<String, Object> parameters(Facts facts) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("name", facts.name());
        parameters.put("device", facts.deviceNo());
        parameters.put("squad", facts.squadNo());
        parameters.put("url", facts.sourceUrl());
        parameters.put("record", facts.record());
        parameters.put(
                "longitude", facts.location() == null ? null : facts.location().longitude());
        parameters.put(
                "latitude", facts.location() == null ? null : facts.location().latitude());
        parameters.put("heading", facts.heading());
        parameters.put("view", facts.fieldOfView());
        return parameters;
    }

    private static Stored read(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getString("name"),
                row.getString("device_id"),
                row.getString("channel_id"),
                row.getObject("squad_id", Long.class),
                row.getString("source_url"),
                row.getBoolean("record"),
                row.getObject("longitude") == null
                        ? null
                        : new Stream.Location(row.getDouble("longitude"), row.getDouble("latitude")),
                row.getObject("heading", Float.class),
                row.getObject("field_of_view", Float.class),
                row.getInt("version"));
    }
}
