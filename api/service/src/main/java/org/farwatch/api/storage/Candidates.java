package org.farwatch.api.storage;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.farwatch.ingest.record.SegmentName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What retention may delete next. Never among it: what is held or just being taken out, a stream's newest segment, on which its chain goes on, and
 * what no day root covers yet.
 */
@Repository
class Candidates {
    private static final String OLD = """
            with held as (
                select stream_id, range_agg(tstzrange(starts, ends, '[]')) as times from (
                    select stream_id, starts, ends from recording_held
                    union all select stream_id, starts, ends from recording_lease where expires > now()) one
                group by stream_id)
            select k.stream_id, g.sequence, g.starts, k.days
            from (select stream_id, %s as days from recording_keep
                    where days >= %s and stream_id <> all((:not)::bigint[])) k
                cross join lateral (select max(sequence) as newest from segment where stream_id = k.stream_id) n
                cross join lateral (select max(last) as rooted from day_root_range where stream_id = k.stream_id) r
                left join held h on h.stream_id = k.stream_id
                cross join lateral (
                    select s.sequence, s.starts from segment s
                    where s.stream_id = k.stream_id and s.state <> 'deleted'
                        and s.starts < (:now)::timestamptz - make_interval(days => k.days)
                        and s.ends < (:now)::timestamptz - make_interval(days => k.days)
                        and s.sequence < n.newest and s.sequence <= r.rooted
                        and not coalesce(h.times && tstzrange(s.starts, s.ends, '[]'), false)
                        and (s.stream_id || '-' || s.sequence) <> all(:left)
                    order by s.starts, s.sequence limit :most) g
            order by g.starts, k.stream_id, g.sequence limit :most""";
    private static final String AGED = OLD.formatted("days", "0");
    private static final String SPARE = OLD.formatted("(:legal)::int", "(:legal)::int + 1");

    private final JdbcClient jdbc;

    Candidates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param days age that it has passed */
    record Candidate(long stream, SegmentName name, int days) {}

    /** What one day root says of a stream whose pictures are all deleted. */
    record Swept(long stream, LocalDate day, long first, long last, Instant from, Instant to) {}

    /**
     * Older than its stream is kept, oldest first.
     *
     * @param left keys of {@link #key} that are not wanted
     * @param not streams that are not wanted
     */
    List<Candidate> aged(Instant now, int most, Collection<String> left, Collection<Long> not) {
        return query(jdbc.sql(AGED), now, most, left, not);
    }

    /** Older than the law asks for, of streams that are kept longer, oldest first across them. */
    List<Candidate> spare(Instant now, int most, Collection<String> left, Collection<Long> not) {
        return query(jdbc.sql(SPARE).param("legal", StorageClass.LEGAL_DAYS), now, most, left, not);
    }

    static String key(long stream, SegmentName name) {
        return stream + "-" + name.sequence();
    }

    private static List<Candidate> query(
            JdbcClient.StatementSpec statement, Instant now, int most, Collection<String> left, Collection<Long> not) {
        return statement
                .param("now", Timestamp.from(now))
                .param("most", most)
                .param("left", left.toArray(String[]::new))
                .param("not", not.toArray(Long[]::new))
                .query((row, _) -> new Candidate(
                        row.getLong("stream_id"),
                        new SegmentName(
                                row.getLong("sequence"),
                                row.getTimestamp("starts").getTime()),
                        row.getInt("days")))
                .list();
    }

    /** Ranges of day roots all of whose pictures are deleted and whose sidecars are not, by day. */
    List<Swept> sweepable(int most) {
        return jdbc.sql("""
                        select r.stream_id, r.day, r.first, r.last, g.starts, g.ends
                        from day_root_range r cross join lateral (
                            select count(*) as segments, min(starts) as starts, max(ends) as ends from segment
                            where stream_id = r.stream_id and state = 'deleted' and sequence between r.first and r.last) g
                        where not r.swept and g.segments > 0 and g.segments = r.last - r.first + 1 - r.absent
                            and not exists (select from segment s where s.stream_id = r.stream_id
                                and s.state <> 'deleted' and s.sequence between r.first and r.last)
                        order by r.day, r.stream_id limit :most""")
                .param("most", most)
                .query((row, _) -> new Swept(
                        row.getLong("stream_id"),
                        row.getDate("day").toLocalDate(),
                        row.getLong("first"),
                        row.getLong("last"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant()))
                .list();
    }
}
