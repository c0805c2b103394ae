package org.farwatch.api.activities;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Activities in the database, without their stages. Whoever sees the squad sees them. */
@Repository
class ActivityTable {
    private static final String SELECT = """
            select a.*, q.name as squad_name from activity a join squad q on q.id = a.squad_id
            where (:everything or a.squad_id = any(:squads))
            """;

    private final JdbcClient jdbc;

    ActivityTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is asked for; null for any.
     *
     * @param retired only those that are, or only those that are not
     */
    record Filter(Long squad, String kind, Instant from, Instant to, boolean retired) {}

    /**
     * Where an activity came from.
     *
     * @param externalId null when it was entered by hand
     */
    record Origin(String source, String externalId) {}

    /**
     * Newest first.
     *
     * @param before id of the last one given, null for the first part
     */
    List<Activity> list(Filter filter, DataScope scope, Long before, int limit) {
        return select("""
                         and ((:squad)::bigint is null or a.squad_id = :squad) and ((:kind)::text is null or a.kind = :kind)
                            and ((:from)::timestamptz is null or a.ends > :from)
                            and ((:to)::timestamptz is null or a.starts < :to)
                            and a.retired = :retired and ((:before)::bigint is null or a.id < :before)
                        order by a.id desc limit :limit""", scope)
                .param("squad", filter.squad(), Types.BIGINT)
                .param("kind", filter.kind(), Types.VARCHAR)
                .param("from", timestamp(filter.from()), Types.TIMESTAMP)
                .param("to", timestamp(filter.to()), Types.TIMESTAMP)
                .param("retired", filter.retired())
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Activity> find(long id, DataScope scope) {
        return select(" and a.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<Activity> lock(long id, DataScope scope) {
        return select(" and a.id = :id for update of a", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Its id, whoever may see it. */
    Optional<Long> known(Origin origin) {
        return jdbc.sql("select id from activity where source = :source and external_id = :external")
                .param("source", origin.source())
                .param("external", origin.externalId())
                .query(Long.class)
                .optional();
    }

    /** @return its id; empty when the source has one of that external id */
    Optional<Long> insert(NewActivity wanted, long squad, Origin origin, String by, Instant at) {
        return values(jdbc.sql("""
                        insert into activity (squad_id, kind, title, place, case_no, source, external_id, starts, ends,
                            made_by, made_at)
                        values (:squad, :kind, :title, :place, :caseNo, :source, :external, :from, :to, :by, :at)
                        on conflict (source, external_id) do nothing returning id"""), wanted, squad)
                .param("source", origin.source())
                .param("external", origin.externalId(), Types.VARCHAR)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .optional();
    }

    void update(long id, NewActivity wanted, long squad) {
        values(jdbc.sql("""
                        update activity set squad_id = :squad, kind = :kind, title = :title, place = :place,
                            case_no = :caseNo, starts = :from, ends = :to, version = version + 1
                        where id = :id"""), wanted, squad).param("id", id).update();
    }

    void retire(long id) {
        jdbc.sql("update activity set retired = true, version = version + 1 where id = :id")
                .param("id", id)
                .update();
    }

    List<Activity.Officer> officers(long id) {
        return jdbc.sql("""
                        select o.id, o.name, o.number from activity_officer a join officer o on o.id = a.officer_id
                        where a.activity_id = :id order by a.position""")
                .param("id", id)
                .query((row, _) -> new Activity.Officer(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Replaces them. */
    void officers(long id, List<Long> officers) {
        jdbc.sql("delete from activity_officer where activity_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("""
                        insert into activity_officer (activity_id, officer_id, position)
                        select :id, officer, position from unnest(:officers::bigint[])
                            with ordinality as named (officer, position)""")
                .param("id", id)
                .param("officers", officers.toArray(Long[]::new))
                .update();
    }

    /** Those of these officers that the scope does not see. */
    List<Long> strangers(List<Long> officers, DataScope scope) {
        return jdbc.sql("""
                        select named from unnest(:officers::bigint[]) named where not exists (
                            select from officer o where o.id = named and (:everything or o.squad_id = any(:squads)))""")
                .param("officers", officers.toArray(Long[]::new))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query(Long.class)
                .list();
    }

    List<Activity.Event> events(long id) {
        return jdbc.sql("select * from activity_event where activity_id = :id order by id")
                .param("id", id)
                .query((row, _) -> new Activity.Event(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("action"),
                        row.getString("stage_name"),
                        row.getString("note"),
                        row.getString("to_state")))
                .list();
    }

    /** @param stage its name, null when it is about the activity */
    void event(long id, String stage, String by, String action, String note, String state) {
        jdbc.sql("""
                        insert into activity_event (activity_id, stage_name, username, action, note, to_state)
                        values (:id, :stage, :by, :action, :note, :state)""")
                .param("id", id)
                .param("stage", stage, Types.VARCHAR)
                .param("by", by)
                .param("action", action)
                .param("note", note, Types.VARCHAR)
                .param("state", state)
                .update();
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private static JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, NewActivity wanted, long squad) {
        return statement
                .param("squad", squad)
                .param("kind", wanted.kind())
                .param("title", wanted.title().strip())
                .param("place", stripped(wanted.place()), Types.VARCHAR)
                .param("caseNo", stripped(wanted.caseNo()), Types.VARCHAR)
                .param("from", Timestamp.from(wanted.from()))
                .param("to", Timestamp.from(wanted.to()));
    }

    static String stripped(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Timestamp timestamp(Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static Activity read(ResultSet row) throws SQLException {
        return new Activity(
                row.getString("id"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("kind"),
                row.getString("title"),
                row.getString("place"),
                row.getString("case_no"),
                row.getString("source"),
                row.getString("external_id"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getBoolean("retired") ? ActivityState.RETIRED : ActivityState.ACTIVE,
                List.of(),
                List.of(),
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                Set.of(),
                List.of(),
                row.getInt("version"));
    }
}
