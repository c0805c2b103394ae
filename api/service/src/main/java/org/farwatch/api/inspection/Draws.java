package org.farwatch.api.inspection;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Draws in the database. A draw of some squads is seen by who may see all of them, one of the district by who sees it. */
@Repository
class Draws {
    private static final String SEEN = " (:everything or d.squads <@ :squads)";
    private static final String SELECT = """
            select d.id, d.name, d.kind, d.period_from, d.period_to, d.pool_from, d.pool_to, d.items,
                d.inspectors_per_squad, d.exclusions, d.squads, d.replaces, d.replace_reason, d.state, d.planned_at,
                d.planned_by, d.commitment, d.version, r.id as replaced_by,""";

    /** A plan that was given up before anything was frozen is in nobody's place. */
    private static final String FROM = """
             from draw d left join draw r
                on r.replaces = d.id and not (r.state = 'cancelled' and r.commitment is null)
            where""" + SEEN;

    /** Documents of large pools are megabytes; a list goes without. */
    private static final String LISTED = SELECT + " null as document" + FROM;

    private static final String WHOLE = SELECT + " d.document" + FROM;

    private static final TypeReference<List<Exclusion>> EXCLUSIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Draws(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What is kept out of the pool.
     *
     * @param reason one line
     */
    record Exclusion(String item, String reason) {}

    /**
     * What is planned.
     *
     * @param from start of the period within which squads are covered
     * @param to its end, excluded
     * @param poolFrom from when on something is in the pool, null where that does not matter
     * @param poolTo until when, null for a moment
     * @param replaces internal id, null for none
     */
    record Plan(
            String name,
            DrawKind kind,
            Instant from,
            Instant to,
            Instant poolFrom,
            Instant poolTo,
            int items,
            int inspectorsPerSquad,
            List<Exclusion> exclusions,
            Long replaces,
            String replaceReason) {}

    /**
     * @param squads whose things are in the pool
     * @param replacedBy the draw that is in its place, null when none is
     * @param commitment null until it is frozen
     * @param document null until it is frozen
     */
    record Stored(
            long id,
            Plan plan,
            DataScope squads,
            DrawState state,
            DrawRecord.Pressed planned,
            Long replacedBy,
            String commitment,
            String document,
            int version) {}

    /** One step of a draw. */
    record Event(Instant at, String by, String action, String reason, DrawState toState) {}

    /**
     * Newest first.
     *
     * @param before id of the last one given, null for the first part
     */
    List<Stored> list(DrawState state, DrawKind kind, Long before, DataScope scope, int limit) {
        return scoped(LISTED + """
                         and (:state::text is null or d.state = :state) and (:kind::text is null or d.kind = :kind)
                            and (:before::bigint is null or d.id < :before::bigint)
                        order by d.id desc limit :limit""", scope)
                .param("state", state == null ? null : state.label())
                .param("kind", kind == null ? null : kind.label())
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long id, DataScope scope) {
        return scoped(WHOLE + " and d.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    Optional<Stored> lock(long id, DataScope scope) {
        scoped("select d.id from draw d where d.id = :id and" + SEEN + " for update", scope)
                .param("id", id)
                .query(Long.class)
                .optional();
        return find(id, scope);
    }

    /** One of the kind and period that was cancelled after it was frozen and that no draw is in the place of. */
    Optional<Stored> unreplaced(DrawKind kind, Instant from, Instant to, DataScope scope) {
        return scoped(LISTED + """
                         and d.state = 'cancelled' and d.commitment is not null and r.id is null
                            and d.kind = :kind and d.period_from = :from and d.period_to = :to
                        order by d.id limit 1""", scope)
                .param("kind", kind.label())
                .param("from", utc(from))
                .param("to", utc(to))
                .query((row, _) -> read(row))
                .optional();
    }

    /** The one of the kind and period that is frozen, if any; until the transaction ends nobody else freezes one. */
    Optional<Long> frozen(DrawKind kind, Instant from, Instant to) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('draw'))").query().listOfRows();
        return jdbc.sql("""
                        select id from draw
                        where state = 'frozen' and kind = :kind and period_from = :from and period_to = :to limit 1""")
                .param("kind", kind.label())
                .param("from", utc(from))
                .param("to", utc(to))
                .query(Long.class)
                .optional();
    }

    long insert(Plan plan, DataScope scope, DrawRecord.Pressed planned) {
        return jdbc.sql("""
                        insert into draw (name, kind, period_from, period_to, pool_from, pool_to, items,
                            inspectors_per_squad, exclusions, squads, replaces, replace_reason, state, planned_at,
                            planned_by)
                        values (:name, :kind, :from, :to, :poolFrom, :poolTo, :items, :perSquad, :exclusions::jsonb,
                            :squads, :replaces, :replaceReason, 'planned', :at, :by)
                        returning id""")
                .param("name", plan.name())
                .param("kind", plan.kind().label())
                .param("from", utc(plan.from()))
                .param("to", utc(plan.to()))
                .param("poolFrom", utc(plan.poolFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("poolTo", utc(plan.poolTo()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("items", plan.items())
                .param("perSquad", plan.inspectorsPerSquad())
                .param("exclusions", json.writeValueAsString(plan.exclusions()))
                .param("squads", scope.everything() ? null : scope.squadArray(), Types.ARRAY)
                .param("replaces", plan.replaces(), Types.BIGINT)
                .param("replaceReason", plan.replaceReason())
                .param("at", utc(planned.at()))
                .param("by", planned.by())
                .query(Long.class)
                .single();
    }

    void freeze(long id, String commitment, byte[] sealed, byte[] document) {
        jdbc.sql("""
                        update draw set state = 'frozen', commitment = :commitment, seed_sealed = :sealed,
                            document = :document, version = version + 1
                        where id = :id""")
                .param("commitment", commitment)
                .param("sealed", sealed)
                .param("document", new String(document, StandardCharsets.UTF_8))
                .param("id", id)
                .update();
    }

    byte[] sealedSeed(long id) {
        return jdbc.sql("select seed_sealed from draw where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    void finish(long id, DrawRecord record) {
        jdbc.sql("update draw set state = 'drawn', document = :document, version = version + 1 where id = :id")
                .param("document", new String(record.document(), StandardCharsets.UTF_8))
                .param("id", id)
                .update();
        List<String> items = record.drawn().items();
        for (DrawRecord.Entry entry : record.frozen().pool()) {
            int place = items.indexOf(entry.id()) + 1;
            if (place > 0) {
                jdbc.sql("""
                        insert into draw_item (draw_id, place, item_id, name, squad_id)
                        values (:draw, :place, :item, :name, :squad::bigint)""")
                        .param("draw", id)
                        .param("place", place)
                        .param("item", entry.id())
                        .param("name", entry.name())
                        .param("squad", entry.squadId())
                        .update();
            }
        }
        int place = 0;
        for (Drawing.Team team : record.drawn().teams()) {
            for (String username : team.inspectors()) {
                jdbc.sql("""
                        insert into draw_team (draw_id, place, squad_id, username)
                        values (:draw, :place, :squad::bigint, :username)""")
                        .param("draw", id)
                        .param("place", ++place)
                        .param("squad", team.squadId())
                        .param("username", username)
                        .update();
            }
        }
    }

    void cancel(long id) {
        jdbc.sql("update draw set state = 'cancelled', version = version + 1 where id = :id")
                .param("id", id)
                .update();
    }

    void event(long id, DrawRecord.Pressed pressed, String action, String reason, DrawState toState) {
        jdbc.sql("""
                insert into draw_event (draw_id, at, username, action, reason, to_state)
                values (:draw, :at, :by, :action, :reason, :state)""")
                .param("draw", id)
                .param("at", utc(pressed.at()))
                .param("by", pressed.by())
                .param("action", action)
                .param("reason", reason)
                .param("state", toState.label())
                .update();
    }

    List<Event> events(long id) {
        return jdbc.sql("""
                        select at, username, action, reason, to_state from draw_event where draw_id = :draw order by id""")
                .param("draw", id)
                .query((row, _) -> new Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Flow.read(DrawState.class, row.getString(5))))
                .list();
    }

    private JdbcClient.StatementSpec scoped(String sql, DataScope scope) {
        return jdbc.sql(sql).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private Stored read(ResultSet row) throws SQLException {
        Array squads = row.getArray("squads");
        return new Stored(
                row.getLong("id"),
                new Plan(
                        row.getString("name"),
                        DrawKind.of(row.getString("kind")),
                        instant(row, "period_from"),
                        instant(row, "period_to"),
                        instant(row, "pool_from"),
                        instant(row, "pool_to"),
                        row.getInt("items"),
                        row.getInt("inspectors_per_squad"),
                        json.readValue(row.getString("exclusions"), EXCLUSIONS),
                        row.getObject("replaces", Long.class),
                        row.getString("replace_reason")),
                squads == null ? DataScope.EVERYTHING : DataScope.of(Set.of((Long[]) squads.getArray())),
                Flow.read(DrawState.class, row.getString("state")),
                new DrawRecord.Pressed(instant(row, "planned_at"), row.getString("planned_by")),
                row.getObject("replaced_by", Long.class),
                row.getString("commitment"),
                row.getString("document"),
                row.getInt("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
