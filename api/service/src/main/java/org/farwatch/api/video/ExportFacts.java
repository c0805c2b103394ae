package org.farwatch.api.video;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.ingest.record.Sidecar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the house knows of an export beside its files: the device, who held it, its clock, and why something is missing. */
@Component
class ExportFacts {
    /** Of one export; a stream that breaks off more often has its further gaps in the coverage. */
    static final int MOST_GAPS = 500;

    private final JdbcClient jdbc;

    ExportFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param squad null when it is of none */
    record Device(String id, String name, String kind, String protocol, String protocolId, String squad) {}

    /**
     * @param number of service
     * @param to null while he has it
     */
    record Holder(String name, String number, Instant from, Instant to) {}

    /**
     * How far the device's clock was behind ours, with the time that its reports were on their way.
     *
     * @param seconds median of receive time less fix time
     * @param positions of the time that it is over
     */
    record ClockOffset(double seconds, long positions) {}

    /** @param cause as coverage names it */
    record Gap(Instant from, Instant to, String cause) {}

    Optional<Device> device(long stream) {
        return jdbc.sql("""
                        select d.id, d.name, d.kind, d.protocol, d.protocol_id, q.name as squad
                        from stream s join device d on d.no = s.device_no left join squad q on q.id = d.squad_id
                        where s.id = :stream""").param("stream", stream).query(Device.class).optional();
    }

    List<Holder> holders(long stream, Instant from, Instant to) {
        return jdbc.sql("""
                        select o.name, o.number, lower(c.held) as starts, upper(c.held) as ends
                        from stream s join custody c on c.device_no = s.device_no join officer o on o.id = c.officer_id
                        where s.id = :stream and c.held && tstzrange(:from, :to) order by lower(c.held)""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) -> new Holder(
                        row.getString("name"),
                        row.getString("number"),
                        instant(row.getTimestamp("starts")),
                        instant(row.getTimestamp("ends"))))
                .list();
    }

    /** Empty when the device sent no positions in the time: then nothing is known of its clock. */
    Optional<ClockOffset> clock(long stream, Instant from, Instant to) {
        return jdbc.sql("""
                        select percentile_cont(0.5) within group (
                                order by extract(epoch from p.receive_time - p.fix_time)) as seconds,
                            count(*) as positions
                        from stream s join position p on p.device_no = s.device_no
                        where s.id = :stream and p.fix_time >= :from and p.fix_time < :to""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) -> new ClockOffset(row.getDouble("seconds"), row.getLong("positions")))
                .optional()
                .filter(offset -> offset.positions() > 0);
    }

    /** Where the files leave a part of the time out, from its beginning to its end; {@link #MOST_GAPS} at most. */
    List<Gap> gaps(long stream, List<Sidecar> sidecars, Instant from, Instant to) {
        List<Gap> gaps = new ArrayList<>();
        Instant at = from;
        for (Sidecar sidecar : sidecars) {
            gap(stream, at, Instant.ofEpochMilli(sidecar.start()), gaps);
            Instant end = Instant.ofEpochMilli(sidecar.end());
            at = end.isAfter(at) ? end : at;
        }
        gap(stream, at, to, gaps);
        return gaps;
    }

    private void gap(long stream, Instant from, Instant to, List<Gap> gaps) {
        if (from.isBefore(to) && gaps.size() < MOST_GAPS) {
            gaps.add(new Gap(from, to, cause(stream, from, to)));
        }
    }

    /** The cause of most of it. */
    private String cause(long stream, Instant from, Instant to) {
        return jdbc.sql("""
                        select cause from (
                            select cause, least(coalesce(ends, 'infinity'), :to) - greatest(starts, :from) as length
                            from stream_interruption
                            where stream_id = :stream and starts < :to and coalesce(ends, 'infinity') > :from
                            union all
                            select 'service-down', least(next, :to) - greatest(alive, :from) from (
                                select alive, coalesce(lead(started) over (order by started, id), 'infinity') as next
                                from service_run) run
                            where next <> 'infinity' and alive < :to and next > :from and alive < next) known
                        order by length desc limit 1""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query(String.class)
                .optional()
                .orElse("not-recording");
    }

    /** Seconds that the gaps last together. */
    static double seconds(List<Gap> gaps) {
        return gaps.stream()
                        .mapToLong(gap -> Duration.between(gap.from(), gap.to()).toMillis())
                        .sum()
                / 1e3;
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
