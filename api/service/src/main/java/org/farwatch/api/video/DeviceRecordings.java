package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.DataScope;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.record.Arriving;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.Remux;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Upload;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a device recorded by itself becomes segments of its stream. Called on platform threads: it reads video natively. */
@Component
public class DeviceRecordings {
    private final JdbcClient jdbc;
    private final StreamTable table;
    private final SegmentTable segments;
    private final Streams streams;
    private final Recording recording;
    private final Arriving arriving;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    DeviceRecordings(
            JdbcClient jdbc,
            StreamTable table,
            SegmentTable segments,
            Streams streams,
            Recording recording,
            Arriving arriving,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.table = table;
        this.segments = segments;
        this.streams = streams;
        this.recording = recording;
        this.arriving = arriving;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Whether what a crash left behind is finished, so that segments may be chained. */
    public boolean ready() {
        return recording.recovered();
    }

    /** Whether the disk has no room. */
    public boolean full() {
        return recording.full();
    }

    /**
     * The stream of a device, made where it has none: fetched from nowhere, it has only what is uploaded.
     *
     * @param squadNo of the device, 0 for none
     * @param by whom the audit log names
     */
    public long stream(int deviceNo, String name, long squadNo, String by) {
        return transaction.execute(_ -> {
            Long lock = jdbc.sql("select no from device where no = :device for update")
                    .param("device", deviceNo)
                    .query(Long.class)
                    .single();
            Optional<Long> known = jdbc.sql(
                            "select id from stream where device_no = :device and not retired and not loudspeaker order by id limit 1")
                    .param("device", lock)
                    .query(Long.class)
                    .optional();
            return known.orElseGet(() -> make(deviceNo, name, squadNo, by));
        });
    }

    private long make(int deviceNo, String name, long squadNo, String by) {
        long id = table.insert(new StreamTable.Facts(
                name,
                deviceNo,
                null,
                squadNo == 0 ? null : squadNo,
                null,
                null,
                true,
                false,
                Fetch.ALWAYS,
                null,
                null,
                null));
        StreamTable.Stored made = table.find(id, DataScope.EVERYTHING).orElseThrow();
        audit.record(by, "create", "stream", Long.toString(id), null, streams.show(made), null);
        return id;
    }

    /** Remuxes a file; what an earlier try left is thrown away, unless some of it is chained. */
    public Remux.Remuxed remux(long stream, String upload, Path original, long start) throws PullFailure, IOException {
        arriving.drop(Long.toString(stream), upload);
        return Remux.of(
                original,
                arriving.folder(Long.toString(stream), upload),
                start,
                arriving.recordings().algorithm(),
                recording.settings());
    }

    /**
     * Reads what a device plays into segment files; nothing of it is chained yet. Whoever calls drops them when it fails.
     *
     * @param source opened; receive times of its frames say when they were recorded
     * @param silence longest wait for a picture
     */
    public Remux.Remuxed read(long stream, String upload, Connection source, Duration silence, Remux.Watch watch)
            throws PullFailure, IOException {
        return Remux.of(
                source,
                arriving.folder(Long.toString(stream), upload),
                arriving.recordings().algorithm(),
                recording.settings(),
                silence,
                watch);
    }

    /** A time of which there are pictures. */
    public record Recorded(Instant from, Instant to) {}

    /** What is recorded of a stream between two instants, in order, cut to these. */
    public List<Recorded> recorded(long stream, Instant from, Instant to) {
        return jdbc.sql("""
                        select greatest(starts, :from::timestamptz), least(ends, :to::timestamptz) from recording_run
                        where stream_id = :stream and starts < :to::timestamptz and ends > :from::timestamptz
                        order by starts""")
                .param("stream", stream)
                .param("from", from.toString())
                .param("to", to.toString())
                .query((row, _) -> new Recorded(
                        row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
                .list();
    }

    /**
     * Lets go of segment files on their way that nobody works at any more, once the index knows the end of the chain:
     * until then they say where it may lie.
     *
     * @param prefix of the ids that are meant
     * @param working whether somebody does
     */
    public void sweep(String prefix, Predicate<String> working) throws IOException {
        if (!recording.recovered()) {
            return;
        }
        for (String stream : arriving.streams()) {
            List<String> left = arriving.uploads(stream).stream()
                    .filter(upload -> upload.startsWith(prefix) && !working.test(upload))
                    .toList();
            if (left.isEmpty()) {
                continue;
            }
            long head = arriving.recordings().head(stream).sequence();
            if (head == 0 || indexed(Long.parseLong(stream), head)) {
                for (String upload : left) {
                    arriving.drop(stream, upload);
                }
            }
        }
    }

    /** Chains what {@link #remux} made; what was chained before a failure is not chained twice. */
    public List<Sidecar> chain(long stream, Remux.Remuxed made, Upload upload)
            throws IOException, InterruptedException {
        String id = Long.toString(stream);
        List<Sidecar> chained = new ArrayList<>();
        List<Remux.Piece> pieces = new ArrayList<>();
        for (Remux.Piece piece : made.pieces()) {
            arriving.chained(id, piece).ifPresentOrElse(chained::add, () -> pieces.add(piece));
        }
        for (int from = 0; from < pieces.size(); from += Recorder.MOST_ADOPTED) {
            chained.addAll(recording.adopt(
                    id, pieces.subList(from, Math.min(from + Recorder.MOST_ADOPTED, pieces.size())), upload));
        }
        return chained;
    }

    /** Whether the index knows a segment, so that playback and coverage do. */
    public boolean indexed(long stream, long sequence) {
        return segments.find(stream, sequence).isPresent();
    }

    /** Lets go of an upload's segment files on their way; what is chained stays. */
    public void drop(long stream, String upload) throws IOException {
        arriving.drop(Long.toString(stream), upload);
    }
}
