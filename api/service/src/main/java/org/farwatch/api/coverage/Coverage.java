package org.farwatch.api.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.video.ServiceRuns;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.media.pull.PullSettings;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What of the required time was recorded, and why the rest was not. All of one answer is computed in one statement, so
 * from one state of the database, on sorted ranges: its cost grows with n log n of the rows in the time asked for. All
 * stretches of time are half-open, {@code [from, to)}, to the microsecond; nothing is rounded away.
 *
 * <p>A gap has the first cause that holds of: the device has what is missing and it was not uploaded yet; the service did
 * not run; the recorder could not write; no pictures came; what the device said of itself; nothing of that is known. It is cut where its cause changes. Of two interruptions at once by the same origin the one
 * that began first is the cause.
 */
@Repository
public class Coverage {
    /** The most gaps, and the most of each other list, in one answer. */
    static final int MOST_LISTED = 10_000;

    /** The service was not up: nothing could be recorded. */
    static final String SERVICE_DOWN = "service-down";

    /** The service ran and no interruption is known, yet nothing is recorded. */
    static final String NOT_RECORDING = "not-recording";

    /** The device recorded by itself, as it said, and nobody has brought it yet. */
    static final String UPLOAD_PENDING = "upload-pending";

    /** Longest time from the first question to a source to its first picture: two waits, for the answer and for it. */
    private static final Duration ASKING = PullSettings.standard().connect().multipliedBy(2);

    static final double MICROS = 1e6;

    /**
     * Rows {@code (stream_id, due)} of what had to be recorded within the time asked for; null for no stretch of it. What
     * stages of activities ask for, and duty hours where a rule says so, is not stored but follows from them and from who
     * held which camera.
     */
    static final String REQUIRED = """
            select r.stream_id, range_agg(p.stretch * tstzrange(r.valid_from, r.valid_to) * tstzrange(:from, :until)) as due
            from (
                select stream_id, starts, ends, days, from_time, to_time, valid_from, valid_to from requirement
                union all
                select stream_id, lower(stretch), upper(stretch), null, null, null, null, null
                from stage_camera(:from, :until, (:stream)::bigint), unnest(due) stretch
                union all
                select stream_id, lower(stretch), upper(stretch), null, null, null, null, null
                from duty_camera(:from, :until, (:stream)::bigint), unnest(due) stretch) r cross join lateral (
                select tstzrange(r.starts, r.ends) as stretch where r.starts is not null
                union all
                select tstzrange((day::date + r.from_time) at time zone :zone,
                    (day::date + case when r.to_time <= r.from_time then 1 else 0 end + r.to_time) at time zone :zone)
                from generate_series(((:from)::timestamptz at time zone :zone)::date - 1,
                    ((:until)::timestamptz at time zone :zone)::date, interval '1 day') day
                where r.starts is null and extract(isodow from day)::int = any(r.days)) p
            where ((:stream)::bigint is null or r.stream_id = (:stream)::bigint)
                and (r.valid_from is null or r.valid_from < :until) and (r.valid_to is null or r.valid_to > :from)
            group by r.stream_id
            """;

    /**
     * Rows of one stream. The last run of the service is taken as alive for some seconds more, until its next sign of
     * life is due; one that another followed is known to have been alive until its last sign only. While it asks a source
     * for its first picture, and gets it, nothing is the matter but that it had been down.
     */
    private static final String STREAM = "with required as (" + REQUIRED + """
            ), facts as (
                select coalesce((select due from required), '{}'::tstzmultirange) as due,
                    coalesce((select range_agg(tstzrange(starts, ends) * tstzrange(:from, :until)) from recording_run
                        where stream_id = :stream and starts < :until and ends > :from), '{}') as recorded,
                    coalesce((select range_agg(tstzrange(started, first)) from service_run cross join lateral (
                        select starts as first from recording_run where stream_id = :stream and starts > started
                            and starts <= started + make_interval(secs => :asking) order by starts limit 1) asked
                        where started < :until and started > (:from)::timestamptz - make_interval(secs => :asking)), '{}')
                        as beginning,
                    coalesce((select range_agg(tstzrange(started, greatest(started, seen))) from (
                        select started, case when lead(id) over (order by started, id) is null
                            then alive + make_interval(secs => :grace) else alive end as seen
                        from service_run) run), '{}') as up
            ), interruption as (
                select origin, cause, detail, range_agg(tstzrange(begins, ends)) as times from (
                    select origin, cause, detail, greatest(starts, max(ends) over earlier) as begins, ends
                    from (select id, origin, cause, detail, starts, coalesce(ends, 'infinity') as ends
                        from stream_interruption
                        where stream_id = :stream and starts < :until and (ends is null or ends > :from)) known
                    window earlier as (partition by origin order by starts, id
                        rows between unbounded preceding and 1 preceding)) apart
                where begins < ends group by origin, cause, detail
            ), said as (
                select cause, times from device_cause(:stream, :from, :until)
            ), missing as (
                select due - recorded - pending - up as down, (due - recorded - pending) * up as served, beginning,
                    (due - recorded) * pending as pending,
                    coalesce((select range_agg(times) from interruption where origin = 'recorder'), '{}') as unwritten,
                    coalesce((select range_agg(times) from interruption where origin = 'source'), '{}') as unseen
                from facts, (select coalesce((select times from said where cause = :pending), '{}') as pending) held_back
            ), writing as (
                select served - unwritten as possible, served - unwritten - unseen - beginning as unexplained,
                    down + (served - unwritten - unseen) * beginning as down from missing
            ), gap as (
                select unnest(down) as stretch, :down as cause, null as detail from writing
                union all
                select unnest(served * times), cause, detail from missing, interruption where origin = 'recorder'
                union all
                select unnest(possible * times), cause, detail from writing, interruption where origin = 'source'
                union all
                select unnest(pending), :pending, null from missing
                union all
                select unnest(unexplained * times), cause, null from writing, said where cause <> :pending
                union all
                select unnest(unexplained - coalesce((select range_agg(times) from said), '{}')), :unknown, null
                    from writing
            ), listed as (
                (select 'gap' as part, stretch, cause, detail from gap order by stretch limit :most + 1)
                union all
                (select 'recorded', stretch, null, null from facts, unnest(recorded) stretch limit :most + 1)
                union all
                (select 'required', stretch, null, null from facts, unnest(due) stretch limit :most + 1))
            select part, lower(stretch) as starts, upper(stretch) as ends, cause, detail,
                null::bigint as required, null::bigint as recorded
            from listed
            union all
            select 'sum', null, null, null, null, (select sum(micros(stretch)) from unnest(due) stretch),
                (select sum(micros(stretch)) from unnest(due * recorded) stretch) from facts
            order by part, starts
            """;

    /** Rows {@code (squad, stream, required, recorded)}, of streams that are there or had to record something. */
    private static final String STREAMS = "with required as (" + REQUIRED + """
            ), figure as (
                select s.id, s.squad_id,
                    coalesce((select sum(micros(stretch)) from unnest(r.due) stretch), 0) as required,
                    coalesce((select sum(micros(stretch)) from unnest(r.due * (
                        select range_agg(tstzrange(c.starts, c.ends)) from recording_run c
                        where c.stream_id = s.id and c.starts < :until and c.ends > :from)) stretch), 0) as recorded
                from stream s left join required r on r.stream_id = s.id
                where (:everything or s.squad_id = any(:squads)) and not s.loudspeaker
                    and (not s.retired or not isempty(r.due)))
            """;

    private static final String BY_STREAM = STREAMS + """
            select s.id as stream_id, s.name as stream_name, q.id as squad_id, q.name as squad_name, f.required, f.recorded
            from figure f join stream s on s.id = f.id left join squad q on q.id = f.squad_id order by s.id
            """;

    private static final String BY_SQUAD = STREAMS + """
            select null as stream_id, null as stream_name, q.id as squad_id, q.name as squad_name,
                sum(f.required) as required, sum(f.recorded) as recorded
            from figure f left join squad q on q.id = f.squad_id group by q.id, q.name order by q.id nulls last
            """;

    private final JdbcClient jdbc;

    Coverage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code [from, to)}. */
    record Stretch(Instant from, Instant to) {}

    /**
     * Time that had to be recorded and was not.
     *
     * @param cause {@link #SERVICE_DOWN}, the label of an interruption, what a body camera said of itself ({@link
     *     #UPLOAD_PENDING}, {@code clock-jump}, {@code device-offline}, {@code not-started}), or {@link #NOT_RECORDING}
     * @param detail the same in the words of who noticed it, null when there are none
     */
    record Gap(Instant from, Instant to, String cause, String detail) {}

    /**
     * Of one stream; lists in order of time.
     *
     * @param to end of what was looked at: of the time asked for or now, whichever is earlier
     * @param requiredSeconds that had to be recorded until then
     * @param recordedSeconds recorded of these; what is recorded beyond counts nothing
     * @param ratio of the two, 0 to 1, null when nothing was required
     * @param recorded all that is, whether required or not
     * @param truncated true when a list has more than {@link #MOST_LISTED}, null otherwise; the figures are of all
     */
    record OfStream(
            Instant from,
            Instant to,
            double requiredSeconds,
            double recordedSeconds,
            @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio,
            List<Gap> gaps,
            List<Stretch> recorded,
            List<Stretch> required,
            Boolean truncated) {}

    /** Figures of one squad or stream; those without a squad are together, under none. Seconds and ratio as above. */
    public record Figures(
            String streamId,
            String streamName,
            String squadId,
            String squadName,
            double requiredSeconds,
            double recordedSeconds,
            @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio) {}

    /** @param until not before {@code from} and not after now */
    OfStream ofStream(long stream, Instant from, Instant until) {
        Reading reading = new Reading();
        statement(STREAM, from, until)
                .param("stream", stream)
                .param("grace", ServiceRuns.GRACE.toSeconds())
                .param("asking", ASKING.toSeconds())
                .param("down", SERVICE_DOWN)
                .param("unknown", NOT_RECORDING)
                .param("pending", UPLOAD_PENDING)
                .param("most", MOST_LISTED)
                .query(reading);
        return reading.answer(from, until);
    }

    /** One for each stream in scope, by id. */
    List<Figures> byStream(Instant from, Instant until, DataScope scope) {
        return figures(BY_STREAM, from, until, scope);
    }

    /** One for each squad in scope that has streams, by id; last those of no squad together. */
    public List<Figures> bySquad(Instant from, Instant until, DataScope scope) {
        return figures(BY_SQUAD, from, until, scope);
    }

    private List<Figures> figures(String sql, Instant from, Instant until, DataScope scope) {
        return statement(sql, from, until)
                .param("stream", null)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Figures(
                        row.getString("stream_id"),
                        row.getString("stream_name"),
                        row.getString("squad_id"),
                        row.getString("squad_name"),
                        row.getLong("required") / MICROS,
                        row.getLong("recorded") / MICROS,
                        ratio(row.getLong("recorded"), row.getLong("required"))))
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, Instant from, Instant until) {
        return statement(jdbc, sql, from, until);
    }

    /** A statement with {@link #REQUIRED} in it; {@code micros(stretch)} stands for the length of a range. */
    static JdbcClient.StatementSpec statement(JdbcClient jdbc, String sql, Instant from, Instant until) {
        // Microseconds as whole numbers: sums of floating seconds could make a whole day less than itself.
        return jdbc.sql(sql.replace(
                        "micros(stretch)", "(extract(epoch from upper(stretch) - lower(stretch)) * 1000000)::bigint"))
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("zone", BureauTime.ZONE.getId());
    }

    static Double ratio(long recorded, long required) {
        return required == 0 ? null : (double) recorded / required;
    }

    /** Takes the rows of one stream apart. */
    private static final class Reading implements RowCallbackHandler {
        private final List<Gap> gaps = new ArrayList<>();
        private final List<Stretch> recorded = new ArrayList<>();
        private final List<Stretch> required = new ArrayList<>();
        private long requiredMicros;
        private long recordedMicros;

        @Override
        public void processRow(ResultSet row) throws SQLException {
            switch (row.getString("part")) {
                case "gap" -> {
                    Stretch stretch = stretch(row);
                    gaps.add(new Gap(stretch.from(), stretch.to(), row.getString("cause"), row.getString("detail")));
                }
                case "recorded" -> recorded.add(stretch(row));
                case "required" -> required.add(stretch(row));
                case "sum" -> {
                    requiredMicros = row.getLong("required");
                    recordedMicros = row.getLong("recorded");
                }
                default -> throw new IllegalStateException("a part nobody asked for: " + row.getString("part"));
            }
        }

        OfStream answer(Instant from, Instant until) {
            boolean truncated = List.of(gaps, recorded, required).stream().anyMatch(list -> list.size() > MOST_LISTED);
            return new OfStream(
                    from,
                    until,
                    requiredMicros / MICROS,
                    recordedMicros / MICROS,
                    ratio(recordedMicros, requiredMicros),
                    first(gaps),
                    first(recorded),
                    first(required),
                    truncated ? true : null);
        }

        private static <T> List<T> first(List<T> all) {
            return all.subList(0, Math.min(all.size(), MOST_LISTED));
        }

        private static Stretch stretch(ResultSet row) throws SQLException {
            return new Stretch(
                    row.getTimestamp("starts").toInstant(),
                    row.getTimestamp("ends").toInstant());
        }
    }
}
