package org.farwatch.api.checks;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.Caller;
import org.farwatch.api.evidence.Evidence;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.evidence.Uploads;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** What is kept during checks: only ever added, given to whoever may see the task. */
@Component
class CheckEvidence {
    /** What a picture of a stream is called; {@link #PHOTOGRAPH} needs no stream. */
    static final String PICTURE = "picture";

    static final String PHOTOGRAPH = "photograph";

    private static final int LONGEST_NOTE = 100;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(BureauTime.ZONE);

    private final JdbcClient jdbc;
    private final EvidenceStore store;
    private final Uploads uploads;
    private final Clock clock;

    CheckEvidence(JdbcClient jdbc, EvidenceStore store, Uploads uploads, Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.uploads = uploads;
        this.clock = clock;
    }

    /** @param streamId null for what no stream showed */
    record New(String what, Instant at, Long streamId, String note) {}

    List<InspectionTask.Kept> of(long taskId) {
        return jdbc.sql("""
                        select f.sha256, e.media_type, e.bytes, f.what, f.at, f.stream_id, s.name, f.note, f.added_by,
                            f.added_at
                        from inspection_task_evidence f join evidence e on e.sha256 = f.sha256
                            left join stream s on s.id = f.stream_id
                        where f.task_id = :task order by f.added_at, f.sha256""")
                .param("task", taskId)
                .query((row, _) -> new InspectionTask.Kept(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getTimestamp(10).toInstant()))
                .list();
    }

    /**
     * Keeps a picture; the same content twice is one.
     *
     * @throws Refusal 400 for what is no picture or a long note, 413 for one that is too long
     */
    InspectionTask.Kept add(long taskId, MultipartFile upload, New what, Caller caller) throws IOException {
        if (what.note() != null && what.note().length() > LONGEST_NOTE) {
            throw Refusal.field("note", "must have at most " + LONGEST_NOTE + " characters");
        }
        Evidence file = uploads.keep(upload, EnumSet.of(Uploads.Kind.JPEG, Uploads.Kind.PNG))
                .file();
        jdbc.sql("""
                insert into inspection_task_evidence (task_id, sha256, what, at, stream_id, note, added_by, added_at)
                values (:task, :file, :what, :at, :stream, :note, :by, :now) on conflict (task_id, sha256) do nothing""")
                .param("task", taskId)
                .param("file", file.sha256())
                .param("what", what.what())
                .param("at", Timestamp.from(what.at()))
                .param("stream", what.streamId(), Types.BIGINT)
                .param("note", what.note())
                .param("by", caller.username())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return of(taskId).stream()
                .filter(kept -> kept.id().equals(file.sha256()))
                .findFirst()
                .orElseThrow();
    }

    /** @throws Refusal 404 when the task does not have it */
    ResponseEntity<Resource> give(long taskId, String sha256) throws FileNotFoundException {
        Evidence file = of(taskId).stream()
                .filter(kept -> kept.id().equals(sha256))
                .findFirst()
                .flatMap(kept -> store.find(sha256))
                .orElseThrow(() -> Refusal.notFound("file", sha256));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .body(new FileSystemResource(store.file(file)));
    }

    /** What the bureau's clock showed. */
    static String clockTime(Instant at) {
        return CLOCK.format(at);
    }
}
