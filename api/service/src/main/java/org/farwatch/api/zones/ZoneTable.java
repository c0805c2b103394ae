package org.farwatch.api.zones;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.vision.shape.Point;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Zones in the database. Whose a stream is, theirs are its zones: callers find the stream first. */
@Repository
class ZoneTable {
    private static final String SELECT = """
            select z.*, l.raised, l.confirmed, l.dismissed
            from zone z
                cross join lateral (
                    select count(*) as raised,
                        count(*) filter (where state in ('confirmed', 'closed')) as confirmed,
                        count(*) filter (where state = 'dismissed') as dismissed
                    from alert where zone_id = z.id
                ) l
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ZoneTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What of a zone can be set.
     *
     * @param hours null: always
     */
    record Facts(String name, List<Point> polygon, String rule, double dwellSeconds, Hours hours, ZoneState state) {}

    /** How many leads it had and what people decided of them. */
    record Leads(long raised, long confirmed, long dismissed) {}

    record Stored(long id, long streamId, Facts facts, Leads leads, int version) {}

    /** All that are watched, of all streams. */
    List<Stored> watched() {
        return jdbc.sql("""
                        select z.*, 0 as raised, 0 as confirmed, 0 as dismissed
                        from zone z join stream s on s.id = z.stream_id
                        where z.state <> 'retired' and not s.retired order by z.id""").query((row, _) -> read(row)).list();
    }

    /** All of a stream, those that are not watched last. */
    List<Stored> ofStream(long stream) {
        return jdbc.sql(SELECT + " where z.stream_id = :stream order by z.state = 'retired', z.id")
                .param("stream", stream)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long stream, long id) {
        return jdbc.sql(SELECT + " where z.stream_id = :stream and z.id = :id")
                .param("stream", stream)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    long insert(long stream, Facts facts) {
        return jdbc.sql("""
                        insert into zone (stream_id, name, polygon, rule, dwell_seconds, days, from_time, to_time, state)
                        values (:stream, :name, :polygon::jsonb, :rule, :dwell, :days, :from, :to, :state)
                        returning id""")
                .params(parameters(facts))
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    /** @return false when the version is not the present one */
    boolean update(long id, int version, Facts facts) {
        return jdbc.sql("""
                        update zone set name = :name, polygon = :polygon::jsonb, rule = :rule, dwell_seconds = :dwell,
                            days = :days, from_time = :from, to_time = :to, state = :state, version = version + 1
                        where id = :id and version = :version""")
                        .params(parameters(facts))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private Map<String, Object> parameters(Facts facts) {
        Hours hours = facts.hours();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("name", facts.name());
        parameters.put(
                "polygon",
                json.writeValueAsString(facts.polygon().stream()
                        .map(point -> new double[] {point.x(), point.y()})
                        .toList()));
        parameters.put("rule", facts.rule());
        parameters.put("dwell", facts.dwellSeconds());
        parameters.put("days", hours == null ? null : hours.days().toArray(Integer[]::new));
        parameters.put("from", hours == null ? null : hours.from());
        parameters.put("to", hours == null ? null : hours.to());
        parameters.put("state", facts.state().label());
        return parameters;
    }

    private Stored read(ResultSet row) throws SQLException {
        Array days = row.getArray("days");
        Hours hours = days == null
                ? null
                : new Hours(
                        Arrays.asList((Integer[]) days.getArray()),
                        row.getObject("from_time", LocalTime.class),
                        row.getObject("to_time", LocalTime.class));
        double[][] corners = json.readValue(row.getString("polygon"), double[][].class);
        return new Stored(
                row.getLong("id"),
                row.getLong("stream_id"),
                new Facts(
                        row.getString("name"),
                        Arrays.stream(corners)
                                .map(corner -> new Point(corner[0], corner[1]))
                                .toList(),
                        row.getString("rule"),
                        row.getDouble("dwell_seconds"),
                        hours,
                        ZoneState.of(row.getString("state"))),
                new Leads(row.getLong("raised"), row.getLong("confirmed"), row.getLong("dismissed")),
                row.getInt("version"));
    }
}
