package org.farwatch.api.activities;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stages in the database, and how far they are recorded. Whoever sees the squad of the activity sees them. */
@Repository
public class StageTable {
    private static final double MICROS = 1e6;
    private static final double WHOLE_PERCENT = 100;

    /** One statement, so one state of the database; what is recorded is taken within the stage only. */
    private static final String SELECT = """
            with wanted as (
                select s.*, tstzmultirange(tstzrange(s.starts, s.ends)) as span, a.title, a.kind, a.squad_id,
                    q.name as squad_name
                from activity_stage s join activity a on a.id = s.activity_id join squad q on q.id = a.squad_id
                where (:everything or a.squad_id = any(:squads))
                    and (not a.retired or (:activities)::bigint[] is not null) and s.starts < :until and s.ends > :from
                    and ((:squad)::bigint is null or a.squad_id = (:squad)::bigint)
                    and ((:activities)::bigint[] is null or a.id = any((:activities)::bigint[]))
                    and ((:stage)::bigint is null or s.id = (:stage)::bigint)
            ), camera as (
                select stage_id, range_agg(held) as held, range_agg(recorded) as recorded
                from stage_camera(:from, :until) group by stage_id
            ), known as (
                select w.*, coalesce(c.held, '{}') as held, coalesce(c.recorded, '{}') + p.proof as recorded, p.proof,
                    coalesce((select range_agg(h.held) from activity_officer o
                        join custody h on h.officer_id = o.officer_id and h.held && tstzrange(w.starts, w.ends)
                        join device d on d.no = h.device_no and d.kind = 'body-camera'
                        where o.activity_id = w.activity_id), '{}') as carried
                from wanted w left join camera c on c.stage_id = w.id cross join lateral (
                    select w.span * coalesce(range_agg(tstzrange(r.starts, r.ends)), '{}') as proof
                    from stage_recording r where r.stage_id = w.id) p
            )
            select k.*, b.basis, micros_of(k.span) as whole, micros_of(k.recorded) as recorded_micros,
                micros_of(k.proof) as proven, micros_of(k.span - k.carried - k.proof) as no_device,
                micros_of((k.span * k.carried) - k.held - k.proof) as no_stream
            from known k left join activity_stage_preset b on b.kind = k.kind and b.zh = k.name
            """;

    private final JdbcClient jdbc;
    private final Rules rules;
    private final Clock clock;

    StageTable(JdbcClient jdbc, Rules rules, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param from with {@code until}: stages that lie within, or begin or end there
     * @param squad null for all in scope
     * @param stream only those during which the stream's device was held by an officer, or that it proves; null for all
     * @param outcome only such, null for all
     * @param required only those that are to be recorded
     */
    public record Filter(
            Instant from, Instant until, Long squad, Long stream, Stage.Outcome outcome, boolean required) {
        /** All that had to be recorded and lie in the time. */
        public static Filter required(Instant from, Instant until) {
            return new Filter(from, until, null, null, null, true);
        }
    }

    /** In the order of time. */
    public List<Stage> list(Filter filter, DataScope scope) {
        return select("""
                         where (not :required or k.must_record) and ((:stream)::bigint is null
                            or exists (select from stage_recording r where r.stage_id = k.id and r.stream_id = :stream)
                            or exists (select from stage_camera(k.starts, k.ends, :stream) c
                                where c.stage_id = k.id and c.stream_id = :stream))
                        order by k.starts, k.id""", filter.from(), filter.until(), scope)
                .param("squad", filter.squad(), Types.BIGINT)
                .param("activities", null, Types.ARRAY)
                .param("stage", null, Types.BIGINT)
                .param("required", filter.required())
                .param("stream", filter.stream(), Types.BIGINT)
                .query((row, _) -> read(row))
                .list()
                .stream()
                .filter(stage -> filter.outcome() == null || stage.outcome() == filter.outcome())
                .toList();
    }

    /** Of these activities, in the order of their places. */
    List<Stage> ofActivities(List<Long> activities, Instant from, Instant until, DataScope scope) {
        return select(" order by k.activity_id, k.position, k.id", from, until, scope)
                .param("squad", null, Types.BIGINT)
                .param("activities", activities.toArray(Long[]::new))
                .param("stage", null, Types.BIGINT)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stage> find(long id, DataScope scope) {
        return span(id).flatMap(span -> select("", span.from(), span.until(), scope)
                        .param("squad", null, Types.BIGINT)
                        .param("activities", null, Types.ARRAY)
                        .param("stage", id)
                        .query((row, _) -> read(row))
                        .optional())
                .map(stage -> stage.with(recordings(id), null, Set.of()));
    }

    /** Nobody else changes the stage until the transaction ends. */
    void lock(long id) {
        jdbc.sql("select id from activity_stage where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    List<Stage.Recording> recordings(long id) {
        return jdbc.sql("""
                        select r.*, t.name from stage_recording r join stream t on t.id = r.stream_id
                        where r.stage_id = :id order by r.starts, r.stream_id""")
                .param("id", id)
                .query((row, _) -> new Stage.Recording(
                        row.getString("stream_id"),
                        row.getString("name"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant(),
                        row.getString("accepted_by"),
                        row.getTimestamp("accepted_at").toInstant()))
                .list();
    }

    void move(long id, MatchState next) {
        jdbc.sql("update activity_stage set match = :match, version = version + 1 where id = :id")
                .param("match", next.label())
                .param("id", id)
                .update();
    }

    /** @param position from 1 */
    void insert(long activity, int position, NewActivity.NewStage stage) {
        jdbc.sql("""
                        insert into activity_stage (activity_id, position, name, starts, ends, must_record)
                        values (:activity, :position, :name, :from, :to, :required)""")
                .param("activity", activity)
                .param("position", position)
                .param("name", stage.name().strip())
                .param("from", Timestamp.from(stage.from()))
                .param("to", Timestamp.from(stage.to()))
                .param("required", stage.required())
                .update();
    }

    /** @return false when the activity has no such stage */
    boolean update(long activity, long id, int position, NewActivity.NewStage stage) {
        return jdbc.sql("""
                        update activity_stage set position = :position, name = :name, starts = :from, ends = :to,
                            must_record = :required, version = version + 1
                        where id = :id and activity_id = :activity""")
                        .param("position", position)
                        .param("name", stage.name().strip())
                        .param("from", Timestamp.from(stage.from()))
                        .param("to", Timestamp.from(stage.to()))
                        .param("required", stage.required())
                        .param("id", id)
                        .param("activity", activity)
                        .update()
                == 1;
    }

    void deleteExcept(long activity, List<Long> kept) {
        jdbc.sql("""
                        with gone as (select id from activity_stage
                            where activity_id = :activity and not (id = any(:kept))),
                            proof as (delete from stage_recording where stage_id in (select id from gone))
                        delete from activity_stage where id in (select id from gone)""")
                .param("activity", activity)
                .param("kept", kept.toArray(Long[]::new))
                .update();
    }

    private record Span(Instant from, Instant until) {}

    private Optional<Span> span(long id) {
        return jdbc.sql("select starts, ends from activity_stage where id = :id")
                .param("id", id)
                .query((row, _) -> new Span(
                        row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
                .optional();
    }

    private JdbcClient.StatementSpec select(String more, Instant from, Instant until, DataScope scope) {
        return jdbc.sql(SELECT + more)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray());
    }

    private Stage read(ResultSet row) throws SQLException {
        MatchState match = Flow.read(MatchState.class, row.getString("match"));
        return new Stage(
                row.getString("id"),
                row.getString("activity_id"),
                row.getString("title"),
                row.getString("kind"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("name"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getBoolean("must_record"),
                row.getString("basis"),
                match,
                outcome(row, match),
                row.getLong("whole") / MICROS,
                row.getLong("recorded_micros") / MICROS,
                row.getLong("proven") / MICROS,
                row.getLong("no_device") / MICROS,
                row.getLong("no_stream") / MICROS,
                List.of(),
                null,
                Set.of(),
                row.getInt("version"));
    }

    private Stage.Outcome outcome(ResultSet row, MatchState match) throws SQLException {
        if (row.getTimestamp("ends").toInstant().isAfter(clock.instant())) {
            return Stage.Outcome.PENDING;
        }
        double enough = row.getLong("whole") * rules.value(Threshold.STAGE_RECORDED) / WHOLE_PERCENT;
        if (row.getLong("proven") >= enough) {
            return Stage.Outcome.RECORDED;
        }
        return match != MatchState.UNRECORDED && row.getLong("recorded_micros") >= enough
                ? Stage.Outcome.UNMATCHED
                : Stage.Outcome.MISSING;
    }
}
