package org.farwatch.api.activities;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Recordings that may be a stage's: made by a device while one of the activity's officers held it, within the stage and
 * some minutes around it. What is accepted already is not proposed again.
 */
@Repository
class Proposals {
    private static final String TIMES = """
            with near as (
                select s.id, s.activity_id, tstzrange(s.starts, s.ends) as span,
                    tstzrange(s.starts - make_interval(secs => :margin), s.ends + make_interval(secs => :margin)) as around,
                    coalesce((select range_agg(tstzrange(r.starts, r.ends)) from stage_recording r
                        where r.stage_id = s.id), '{}') as proof
                from activity_stage s where s.id = any(:stages)
            ), held as (
                select n.id, n.span, n.proof, t.id as stream, t.name, d.kind, min(o.position) as position,
                    range_agg(c.held * n.around) as times
                from near n join activity_officer o on o.activity_id = n.activity_id
                    join custody c on c.officer_id = o.officer_id and c.held && n.around
                    join device d on d.no = c.device_no join stream t on t.device_no = d.no
                where (:stream)::bigint is null or t.id = (:stream)::bigint
                group by n.id, n.span, n.proof, t.id, t.name, d.kind
            ), found as (
                select h.*, h.times * (select range_agg(tstzrange(r.starts, r.ends)) from recording_run r
                    where r.stream_id = h.stream and r.starts < upper(h.times) and r.ends > lower(h.times)) - h.proof
                    as recorded
                from held h
            )
            """;

    private static final String LIST = TIMES + """
            select f.id, f.stream, f.name, f.kind, w.name as officer, lower(f.recorded) as starts,
                upper(f.recorded) as ends, micros_of(f.recorded * tstzmultirange(f.span)) as overlap,
                micros_of(tstzmultirange(f.span)) as whole
            from found f join activity_stage s on s.id = f.id
                join activity_officer o on o.activity_id = s.activity_id and o.position = f.position
                join officer w on w.id = o.officer_id
            where not isempty(f.recorded)
            order by f.id, f.kind = 'body-camera' desc, overlap desc, f.position, f.stream
            """;

    private static final String ACCEPT = TIMES + """
            insert into stage_recording (stage_id, stream_id, starts, ends, accepted_by, accepted_at)
            select f.id, f.stream, lower(stretch), upper(stretch), :by, clock_timestamp()
            from found f, unnest(f.recorded) stretch
            """;

    private static final double MICROS = 1e6;

    private final JdbcClient jdbc;
    private final Rules rules;

    Proposals(JdbcClient jdbc, Rules rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /** Best first, by stage. */
    Map<String, List<Stage.Proposal>> of(List<Long> stages) {
        Map<String, List<Stage.Proposal>> found = new HashMap<>();
        statement(LIST, stages, null).query(row -> {
            found.computeIfAbsent(row.getString("id"), _ -> new ArrayList<>())
                    .add(new Stage.Proposal(
                            row.getString("stream"),
                            row.getString("name"),
                            row.getString("kind"),
                            row.getString("officer"),
                            row.getTimestamp("starts").toInstant(),
                            row.getTimestamp("ends").toInstant(),
                            row.getLong("overlap") / MICROS,
                            (double) row.getLong("overlap") / row.getLong("whole")));
        });
        return found;
    }

    /** @return how many stretches there were; 0 when nothing of the stream is proposed */
    int accept(long stage, long stream, String by) {
        return statement(ACCEPT, List.of(stage), stream).param("by", by).update();
    }

    /** Takes back what was accepted. */
    void forget(long stage) {
        jdbc.sql("delete from stage_recording where stage_id = :stage")
                .param("stage", stage)
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, List<Long> stages, Long stream) {
        return jdbc.sql(sql)
                .param("stages", stages.toArray(Long[]::new))
                .param("stream", stream, Types.BIGINT)
                .param("margin", rules.value(Threshold.STAGE_MARGIN_SECONDS));
    }
}
