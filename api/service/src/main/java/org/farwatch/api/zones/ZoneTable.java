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
    record Facts(String name, List<Point> polygon, String rule, double dwellSeconds, Hours hours, ZoneState state) {
        Facts in(ZoneState wanted) {
            return new Facts(name, polygon, rule, dwellSeconds, hours, wanted);
        }
    }

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
                            days = :days, from_time = :from, to_time = :to, state = :state, version = version + 1,
                            judged_from = case
                                when polygon = :polygon::jsonb and rule = :rule and dwell_seconds = :dwell
                                    and state = :state then judged_from
                                else now() end
                        where id = :id and version = :version""")
                        .params(parameters(facts))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /**
     * What people decided of the latest leads of a zone as it is.
     *
     * @param decided how many count; of those whose picture was unclear nothing is known
     * @param correct what was there: confirmed, or settled before anybody had to go
     */
    record Judged(int decided, int correct) {}

    /** @param most how many of the latest decisions are looked at */
    Judged judged(long id, int most) {
        return jdbc.sql("""
                        select count(*) as decided, count(*) filter (where correct) as correct
                        from (
                            select e.action = 'confirm' or e.reason = 'settled' as correct
                            from zone z
                                join alert a on a.zone_id = z.id and a.raised_at >= z.judged_from
                                join alert_event e on e.alert_id = a.id and e.action in ('confirm', 'dismiss')
                            where z.id = :id and e.reason is distinct from 'unclear-picture'
                            order by e.id desc
                            limit :most
                        ) latest""")
                .param("id", id)
                .param("most", most)
                .query(Judged.class)
                .single();
    }

    /** The zone of an alert that pictures raised. */
    Optional<Stored> ofAlert(long alert) {
        return jdbc.sql(SELECT + " where z.id = (select zone_id from alert where id = :alert)")
                .param("alert", alert)
                .query((row, _) -> read(row))
                .optional();
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
