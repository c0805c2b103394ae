package org.farwatch.api.own;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.telemetry.RetentionSettings;
import org.farwatch.api.telemetry.TelemetrySettings;
import org.farwatch.api.web.BureauTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what is held about one officer: every query names him and nobody else. */
@Repository
class OwnRecord {
    private static final int DAYS = 30;
    private static final int MOST = 50;
    private static final Duration AHEAD = Duration.ofDays(7);

    private static final String BY_DAY = """
            with day as (
                select day::date as day, (day::date)::timestamp at time zone 'Asia/Shanghai' as starts,
                    (day::date + 1)::timestamp at time zone 'Asia/Shanghai' as ends
                from generate_series(:first::date, :last::date, interval '1 day') day),
            held as (select device_no, held from custody where officer_id = :officer),
            stored as (
                select (p.fix_time at time zone 'Asia/Shanghai')::date as day, count(*) as n
                from held h join position p on p.device_no = h.device_no and p.fix_time >= :from
                    and h.held @> p.fix_time
                group by 1),
            sealed as (
                select (fix_time at time zone 'Asia/Shanghai')::date as day, count(*) as n from position_sealed
                where officer_id = :officer and fix_time >= :from group by 1),
            recorded as (
                select d.day, sum(extract(epoch from upper(part) - lower(part)))::bigint / 60 as n
                from held h join stream s on s.device_no = h.device_no
                    join recording_run r on r.stream_id = s.id and r.ends > :from
                    join day d on d.starts < r.ends and d.ends > r.starts
                    cross join lateral (select tstzrange(r.starts, r.ends) * h.held * tstzrange(d.starts, d.ends)
                        as part) cut
                where not isempty(part) group by 1)
            select d.day, coalesce(stored.n, 0), coalesce(sealed.n, 0), coalesce(recorded.n, 0)
            from day d left join stored using (day) left join sealed using (day) left join recorded using (day)
            where stored.n > 0 or sealed.n > 0 or recorded.n > 0
            order by d.day desc""";

    private final JdbcClient jdbc;
    private final TelemetrySettings settings;
    private final RetentionSettings retention;
    private final Clock clock;

    OwnRecord(JdbcClient jdbc, TelemetrySettings settings, RetentionSettings retention, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.retention = retention;
        this.clock = clock;
    }

    Optional<OwnPage> page(long officer) {
        List<OwnPage.Duty> duties = jdbc.sql("""
                        select d.id::text, p.name, d.starts, d.ends from duty d join post p on p.id = d.post_id
                        where d.officer_id = :officer and not d.cancelled and d.ends > :now and d.starts < :until
                        order by d.starts, d.id""")
                .param("officer", officer)
                .param("now", Timestamp.from(clock.instant()))
                .param("until", Timestamp.from(clock.instant().plus(AHEAD)))
                .query((row, _) -> new OwnPage.Duty(
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4).toInstant()))
                .list();
        return jdbc.sql("""
                        select o.id::text, o.name, o.number, s.id::text, s.name
                        from officer o join squad s on s.id = o.squad_id where o.id = :officer""")
                .param("officer", officer)
                .query((row, _) -> new OwnPage(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        duties))
                .optional();
    }

    OwnPage.Held held(long officer) {
        return new OwnPage.Held(
                days(officer),
                settings.sealedFor().toHours(),
                settings.keep().toDays(),
                retention.figures().toDays(),
                alerts(officer),
                rollCalls(officer));
    }

    private List<OwnPage.Day> days(long officer) {
        LocalDate last = LocalDate.ofInstant(clock.instant(), BureauTime.ZONE);
        LocalDate first = last.minusDays(DAYS - 1);
        Instant from = first.atStartOfDay(BureauTime.ZONE).toInstant();
        return jdbc.sql(BY_DAY)
                .param("officer", officer)
                .param("first", first)
                .param("last", last)
                .param("from", Timestamp.from(from))
                .query((row, _) -> new OwnPage.Day(
                        row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    private List<OwnPage.AlertAbout> alerts(long officer) {
        return jdbc.sql("""
                        select id::text, kind, title, state, raised_at from alert where officer_id = :officer
                        order by raised_at desc, id desc limit :most""")
                .param("officer", officer)
                .param("most", MOST)
                .query((row, _) -> new OwnPage.AlertAbout(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** Not while one runs: nobody has to look at his telephone because he is being called. */
    private List<OwnPage.RollCallOf> rollCalls(long officer) {
        return jdbc.sql("""
                        select r.id::text, r.called_at, p.name, r.state, a.outcome, a.basis, a.reason, a.note
                        from roll_call_answer a join roll_call r on r.id = a.roll_call join post p on p.id = a.post_id
                        where a.officer_id = :officer and r.state in ('deciding', 'closed')
                        order by r.id desc limit :most""")
                .param("officer", officer)
                .param("most", MOST)
                .query((row, _) -> new OwnPage.RollCallOf(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)))
                .list();
    }
}
