package org.farwatch.api.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Coverage by squad or stream, cut into the days or hours of the bureau's clock: what a heat map shows. All of one answer
 * is computed in one statement; a stream's ranges are put together once and then cut.
 */
@Repository
class CoverageCells {
    /** The most in one answer. */
    static final int MOST = 10_000;

    private static final String SQL = "with required as (" + Coverage.REQUIRED + """
            ), part as (
                select s.id, s.name, s.squad_id, r.due,
                    r.due * coalesce((select range_agg(tstzrange(c.starts, c.ends)) from recording_run c
                        where c.stream_id = s.id and c.starts < :until and c.ends > :from), '{}') as kept,
                    r.due * coalesce((select range_agg(tstzrange(i.starts, i.ends)) from gap_inquiry i
                        where i.stream_id = s.id and i.state = 'accepted' and i.starts < :until and i.ends > :from), '{}')
                        as explained
                from stream s join required r on r.stream_id = s.id
                where (:everything or s.squad_id = any(:squads))
                    and ((:squad)::bigint is null or s.squad_id = (:squad)::bigint)
            ), cell as (
                select tstzrange(local at time zone :zone, (local + (:step)::interval) at time zone :zone)
                    * tstzrange(:from, :until) as span
                from generate_series(date_trunc(:unit, (:from)::timestamptz at time zone :zone),
                    (:until)::timestamptz at time zone :zone, (:step)::interval) local
            ), figure as (
                select p.id, p.name, p.squad_id, c.span,
                    (select sum(micros(stretch)) from unnest(p.due * tstzmultirange(c.span)) stretch) as required,
                    coalesce((select sum(micros(stretch))
                        from unnest(p.kept * tstzmultirange(c.span)) stretch), 0) as recorded,
                    coalesce((select sum(micros(stretch))
                        from unnest((p.explained - p.kept) * tstzmultirange(c.span)) stretch), 0) as explained
                from part p cross join cell c where p.due && c.span)
            """;

    private static final String BY_STREAM = SQL + """
            select f.id as stream_id, f.name as stream_name, q.id as squad_id, q.name as squad_name,
                lower(f.span) as starts, upper(f.span) as ends, f.required, f.recorded, f.explained
            from figure f left join squad q on q.id = f.squad_id order by f.id, f.span limit :most + 1
            """;

    private static final String BY_SQUAD = SQL + """
            select null as stream_id, null as stream_name, q.id as squad_id, q.name as squad_name,
                lower(f.span) as starts, upper(f.span) as ends, sum(f.required) as required, sum(f.recorded) as recorded,
                sum(f.explained) as explained
            from figure f left join squad q on q.id = f.squad_id
            group by q.id, q.name, f.span order by q.id nulls last, f.span limit :most + 1
            """;

    private final JdbcClient jdbc;

    CoverageCells(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Into what the time is cut. */
    enum Step {
        DAY("day", "1 day", Duration.ofDays(62)),
        HOUR("hour", "1 hour", Duration.ofDays(8));

        private final String unit;
        private final String interval;
        private final Duration longest;

        Step(String unit, String interval, Duration longest) {
            this.unit = unit;
            this.interval = interval;
            this.longest = longest;
        }

        String label() {
            return unit;
        }

        /** How much time may be asked for at once. */
        Duration longest() {
            return longest;
        }
    }

    /**
     * One squad or stream in one day or hour; only such as had something to record.
     *
     * @param streamId null for a squad
     * @param squadId null for streams of no squad
     * @param ratio recorded of required, 0 to 1
     * @param explainedSeconds missing, and the squad's explanation was accepted
     */
    record Cell(
            String streamId,
            String streamName,
            String squadId,
            String squadName,
            Instant from,
            Instant to,
            double requiredSeconds,
            double recordedSeconds,
            @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio,
            double explainedSeconds) {}

    /**
     * By squad or stream, then by time; one more than {@link #MOST} when there are more.
     *
     * @param squad null for all in scope
     */
    List<Cell> cells(boolean byStream, Step step, Long squad, Instant from, Instant until, DataScope scope) {
        return Coverage.statement(jdbc, byStream ? BY_STREAM : BY_SQUAD, from, until)
                .param("stream", null)
                .param("squad", squad)
                .param("unit", step.unit)
                .param("step", step.interval)
                .param("most", MOST)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Cell(
                        row.getString("stream_id"),
                        row.getString("stream_name"),
                        row.getString("squad_id"),
                        row.getString("squad_name"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant(),
                        row.getLong("required") / Coverage.MICROS,
                        row.getLong("recorded") / Coverage.MICROS,
                        Coverage.ratio(row.getLong("recorded"), row.getLong("required")),
                        row.getLong("explained") / Coverage.MICROS))
                .list();
    }
}
