package org.farwatch.api.video;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.SegmentName;
import org.farwatch.ingest.record.Sidecar;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Recorded segments and the runs they make. */
@Repository
class SegmentTable {
    private static final String INSERT = """
            insert into segment (stream_id, sequence, run, starts, ends, bytes, init_bytes, frames, mime, width, height,
                sha256, chain, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";
    /**
     * The files say how long a run is, also where more was known of it before a crash; where it began is known from
     * before, as its first files may be deleted by now.
     */
    private static final String RUNS = """
            insert into recording_run (stream_id, run, starts, ends)
            select stream_id, run, min(starts), max(ends) from segment
            where stream_id = :stream and run = any(:runs) group by stream_id, run
            on conflict (stream_id, run) do update
                set starts = least(recording_run.starts, excluded.starts), ends = excluded.ends""";

    private static final String GROWN = """
            insert into recording_run (stream_id, run, starts, ends) values (?, ?, ?, ?)
            on conflict (stream_id, run) do update set ends = greatest(recording_run.ends, excluded.ends)""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    SegmentTable(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * A segment as playback needs it.
     *
     * @param bytes that may be read
     * @param initBytes of them the header
     * @param state {@code open}, {@code closed}, {@code recovered} or {@code deleted}
     */
    record Stored(
            long stream,
            long sequence,
            long run,
            Instant start,
            Instant end,
            long bytes,
            long initBytes,
            String mime,
            String sha256,
            String chain,
            String state) {
        static Stored of(OpenSegment open) {
            return new Stored(
                    Long.parseLong(open.stream()),
                    open.sequence(),
                    open.run(),
                    Instant.ofEpochMilli(open.start()),
                    Instant.ofEpochMilli(open.end()),
                    open.bytes(),
                    open.initBytes(),
                    open.codec(),
                    null,
                    null,
                    "open");
        }

        static Stored of(Sidecar sidecar) {
            return new Stored(
                    Long.parseLong(sidecar.stream()),
                    sidecar.sequence(),
                    sidecar.run(),
                    Instant.ofEpochMilli(sidecar.start()),
                    Instant.ofEpochMilli(sidecar.end()),
                    sidecar.bytes(),
                    sidecar.initBytes(),
                    sidecar.codec(),
                    sidecar.sha256(),
                    sidecar.chain(),
                    sidecar.state().label());
        }

        SegmentName name() {
            return new SegmentName(sequence, start.toEpochMilli());
        }
    }

    /** The last sequence that is known, 0 before the first. */
    long last(long stream) {
        return jdbc.sql("select coalesce(max(sequence), 0) from segment where stream_id = :stream")
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    /** The name of the last one that is known. */
    Optional<SegmentName> newest(long stream) {
        return jdbc.sql("select sequence, starts from segment where stream_id = :stream order by sequence desc limit 1")
                .param("stream", stream)
                .query((row, _) ->
                        new SegmentName(row.getLong(1), row.getTimestamp(2).getTime()))
                .optional();
    }

    /** Days (UTC) before one, in which a segment that is known begins: one look into the index for each day. */
    Set<LocalDate> daysBefore(long stream, LocalDate end) {
        return Set.copyOf(jdbc.sql("""
                        select day::date
                        from generate_series((select min(starts) at time zone 'UTC' from segment
                            where stream_id = :stream)::date, (:end)::date - 1, interval '1 day') day
                        where exists (select from segment where stream_id = :stream
                            and starts >= day at time zone 'UTC'
                            and starts < (day + interval '1 day') at time zone 'UTC')""")
                .param("stream", stream)
                .param("end", end)
                .query((row, _) -> row.getObject(1, LocalDate.class))
                .list());
    }

    /** Where the chain stood at the last one that is known, empty before the first. */
    Optional<ChainPoint> head(long stream) {
        return jdbc.sql("select sequence, chain from segment where stream_id = :stream order by sequence desc limit 1")
                .param("stream", stream)
                .query((row, _) -> new ChainPoint(row.getLong("sequence"), row.getString("chain")))
                .optional();
    }

    @Transactional
    public void insert(long stream, List<Sidecar> sidecars) {
        batches.batchUpdate(INSERT, sidecars, sidecars.size(), (row, sidecar) -> {
            row.setLong(1, stream);
            row.setLong(2, sidecar.sequence());
            row.setLong(3, sidecar.run());
            row.setTimestamp(4, new Timestamp(sidecar.start()));
            row.setTimestamp(5, new Timestamp(sidecar.end()));
            row.setLong(6, sidecar.bytes());
            row.setLong(7, sidecar.initBytes());
            row.setLong(8, sidecar.frames());
            row.setString(9, sidecar.codec());
            row.setInt(10, sidecar.width());
            row.setInt(11, sidecar.height());
            row.setString(12, sidecar.sha256());
            row.setString(13, sidecar.chain());
            row.setString(14, sidecar.state().label());
        });
        jdbc.sql(RUNS)
                .param("stream", stream)
                .param("runs", sidecars.stream().map(Sidecar::run).distinct().toArray(Long[]::new))
                .update();
    }

    /** What is being written counts as recorded as far as it is written. */
    void grown(List<OpenSegment> open) {
        batches.batchUpdate(GROWN, open, Math.max(1, open.size()), (row, segment) -> {
            row.setLong(1, Long.parseLong(segment.stream()));
            row.setLong(2, segment.run());
            row.setTimestamp(3, new Timestamp(segment.run()));
            row.setTimestamp(4, new Timestamp(segment.end()));
        });
    }

    /** Those that lie at least partly in the time, in its order; an upload's sequence may be behind that of later ones. */
    List<Stored> list(long stream, Instant from, Instant to, int limit) {
        return list(stream, from, to, Instant.EPOCH, 0, limit);
    }

    /** Of them those behind one, by its start and sequence. */
    List<Stored> list(long stream, Instant from, Instant to, Instant afterStart, long afterSequence, int limit) {
        return jdbc.sql("""
                        select * from segment where stream_id = :stream and starts < :to and ends > :from
                            and (starts, sequence) > (:start, :sequence)
                        order by starts, sequence limit :limit""")
                .param("start", Timestamp.from(afterStart))
                .param("sequence", afterSequence)
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long stream, long sequence) {
        return jdbc.sql("select * from segment where stream_id = :stream and sequence = :sequence")
                .param("stream", stream)
                .param("sequence", sequence)
                .query((row, _) -> read(row))
                .optional();
    }

    private static Stored read(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("stream_id"),
                row.getLong("sequence"),
                row.getLong("run"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getLong("bytes"),
                row.getLong("init_bytes"),
                row.getString("mime"),
                row.getString("sha256"),
                row.getString("chain"),
                row.getString("state"));
    }
}
