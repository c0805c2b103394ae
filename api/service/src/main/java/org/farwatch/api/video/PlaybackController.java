package org.farwatch.api.video;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.SidecarFault;
import org.farwatch.vision.picture.EncodedPicture;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a stream shows and recorded: its newest picture, its segments, a playlist of them, their files, and all of it as a zip. */
@RestController
@RequestMapping("/api/v1/streams/{id}")
class PlaybackController {
    private static final String SUBJECT = "stream";
    private static final MediaType PLAYLIST = MediaType.parseMediaType("application/vnd.apple.mpegurl");
    private static final MediaType MP4 = MediaType.parseMediaType("video/mp4");
    /** Of one playlist: at a minute each, a week. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST = 20_000;

    private final StreamTable streams;
    private final Streams sessions;
    private final SegmentTable segments;
    private final RecordedSegments recorded;
    private final DeletionTable deletions;
    private final Recordings recordings;
    private final Export export;
    private final ExportFacts facts;
    private final Snapshots snapshots;
    private final ViewLog views;
    private final AuditLog audit;

    PlaybackController(
            StreamTable streams,
            Streams sessions,
            SegmentTable segments,
            RecordedSegments recorded,
            DeletionTable deletions,
            Recordings recordings,
            Export export,
            ExportFacts facts,
            Snapshots snapshots,
            ViewLog views,
            AuditLog audit) {
        this.streams = streams;
        this.sessions = sessions;
        this.segments = segments;
        this.recorded = recorded;
        this.deletions = deletions;
        this.recordings = recordings;
        this.export = export;
        this.facts = facts;
        this.snapshots = snapshots;
        this.views = views;
        this.audit = audit;
    }

    /**
     * As the API gives it (design, section 6); an open one's end is its last written fragment.
     *
     * @param sha256 null where the house hashes by another algorithm; {@code algorithm} and {@code hash} are always there
     */
    record Segment(
            String id,
            String streamId,
            Instant start,
            Instant end,
            long bytes,
            String codec,
            String sha256,
            String algorithm,
            String hash,
            String chain,
            String state) {
        static Segment of(SegmentTable.Stored stored) {
            return new Segment(
                    stored.stream() + "-" + stored.sequence(),
                    Long.toString(stored.stream()),
                    stored.start(),
                    stored.end(),
                    stored.bytes(),
                    stored.mime(),
                    stored.sha256() == null || HashAlgorithm.of(stored.sha256()) != HashAlgorithm.SHA_256
                            ? null
                            : stored.sha256(),
                    stored.sha256() == null
                            ? null
                            : HashAlgorithm.of(stored.sha256()).label(),
                    stored.sha256() == null ? null : HashAlgorithm.digits(stored.sha256()),
                    stored.chain(),
                    stored.state());
        }
    }

    @GetMapping("/segments")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<Segment> segments(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        StreamTable.Stored stream = find(id, scope);
        int most = Page.clamp(limit);
        Instant begin = from == null ? Instant.EPOCH : from;
        String[] after = cursor == null ? null : Cursor.parse(cursor, 2);
        List<SegmentTable.Stored> found = recorded.list(
                stream.id(),
                begin,
                to == null ? Instant.now() : to,
                after == null ? Instant.EPOCH : Cursor.instant(after[0]),
                after == null ? 0 : Cursor.number(after[1]),
                most + 1);
        boolean more = found.size() > most;
        List<SegmentTable.Stored> page = more ? found.subList(0, most) : found;
        return new Page<>(
                page.stream().map(Segment::of).toList(),
                more ? Cursor.of(page.getLast().start(), page.getLast().sequence()) : null);
    }

    /** The newest key picture; the look is written into the view log. */
    @GetMapping(value = "/snapshot", produces = MediaType.IMAGE_JPEG_VALUE)
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    ResponseEntity<byte[]> snapshot(@PathVariable String id, Caller caller) {
        StreamTable.Stored stream = find(id, caller.scope());
        EncodedPicture picture = sessions.session(stream.id())
                .flatMap(StreamSession::picture)
                .orElseThrow(() -> new Refusal(409, "no picture", "stream " + id + " has no picture now"));
        views.record(caller, "snapshot", id, stream.name(), null, null);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(snapshots.jpeg(picture));
    }

    /**
     * HLS of what was recorded in the time and is on the disk, with a date range where retention deleted some; the look
     * is written into the view log.
     *
     * @throws Refusal 404 when nothing was recorded, 410 with the reason when all of it was deleted
     */
    @GetMapping("/playlist.m3u8")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    ResponseEntity<String> playlist(
            @PathVariable String id, @RequestParam Instant from, @RequestParam Instant to, Caller caller) {
        requireRange(from, to);
        StreamTable.Stored stream = find(id, caller.scope());
        views.record(caller, "recording", id, stream.name(), from, to);
        List<SegmentTable.Stored> found = recorded.list(stream.id(), from, to, Instant.EPOCH, 0, MOST).stream()
                .filter(segment -> !segment.state().equals("deleted") && Files.isReadable(recorded.video(segment)))
                .toList();
        List<DeletionTable.Deleted> deleted = deletions.between(stream.id(), from, to);
        if (found.isEmpty()) {
            throw deleted.isEmpty() ? nothing(id, from, to) : deleted.getFirst().gone(id);
        }
        return ResponseEntity.ok()
                .contentType(PLAYLIST)
                .cacheControl(CacheControl.noStore())
                .body(Playlist.of(found, deleted));
    }

    /** A segment's file; the container answers ranges of it. */
    @GetMapping("/segments/{sequence}.mp4")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String sequence, DataScope scope) {
        StreamTable.Stored stream = find(id, scope);
        long number = Ids.parse("segment", sequence);
        Path file = recorded.file(stream.id(), number)
                .filter(Files::isReadable)
                .orElseThrow(() -> deletions
                        .of(stream.id(), number)
                        .map(deleted -> deleted.gone(id))
                        .orElseGet(() -> Refusal.notFound("segment", id + "-" + sequence)));
        return ResponseEntity.ok()
                .contentType(MP4)
                .cacheControl(CacheControl.noStore())
                .body(new FileSystemResource(file));
    }

    /**
     * A zip that verifies elsewhere, of the finished segments in the time; written into view and audit log.
     *
     * @param purpose why, for a link of a browser; a program says it in {@code X-Purpose}
     * @throws Refusal 400 when a person says no purpose, 404 when there are none, 410 with the reason when some were deleted by retention, 409 when one of
     *     them is gone from the disk or its sidecar cannot be read
     */
    @GetMapping(value = "/export", produces = "application/zip")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    void export(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) String purpose,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        requireRange(from, to);
        Viewing viewing = Viewing.current().saying("purpose", purpose);
        if (!viewing.said()) {
            throw Refusal.field("purpose", "must be given: an export needs a reason");
        }
        StreamTable.Stored stream = find(id, caller.scope());
        List<SegmentTable.Stored> found = segments.list(stream.id(), from, to, MOST);
        List<DeletionTable.Deleted> deleted = deletions.between(stream.id(), from, to);
        if (!deleted.isEmpty()) {
            throw deleted.getFirst().gone(id);
        }
        if (found.isEmpty()) {
            throw nothing(id, from, to);
        }
        List<Sidecar> sidecars = complete(id, found);
        Sidecar first = sidecars.getFirst();
        Sidecar last = sidecars.getLast();
        Export.Manifest manifest = new Export.Manifest(
                id,
                stream.name(),
                Instant.ofEpochMilli(
                        sidecars.stream().mapToLong(Sidecar::start).min().orElseThrow()),
                Instant.ofEpochMilli(
                        sidecars.stream().mapToLong(Sidecar::end).max().orElseThrow()),
                first.sequence(),
                first.previous(),
                last.sequence(),
                last.chain(),
                Instant.now(),
                caller.username(),
                Export.Part.of(sidecars),
                viewing.purpose(),
                Export.software(),
                List.of());
        Instant until = to.isBefore(manifest.at()) ? to : manifest.at();
        ExtractionSheet.Facts about = new ExtractionSheet.Facts(
                facts.device(stream.id()),
                facts.holders(stream.id(), manifest.from(), manifest.to()),
                facts.clock(stream.id(), manifest.from(), manifest.to()),
                facts.gaps(stream.id(), sidecars, from, until));
        views.record(caller, viewing, "export", id, stream.name(), from, to);
        audit.record(caller, "export", SUBJECT, id, null, manifest.alone());
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"farwatch-" + id + "-" + first.sequence() + "-" + last.sequence() + ".zip\"");
        export.write(manifest, caller.displayName(), about, sidecars, response.getOutputStream());
    }

    /** In the order of the chain: of these segments and of no others, however far apart they lie in it. */
    private List<Sidecar> complete(String id, List<SegmentTable.Stored> found) throws IOException {
        try {
            List<Sidecar> sidecars = export.sidecars(id, found);
            if (sidecars.stream().map(recordings::video).allMatch(Files::isReadable)) {
                return sidecars;
            }
        } catch (SidecarFault e) {
            throw new Refusal(409, "not complete", "stream " + id + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new Refusal(409, "not complete", "segments of stream " + id + " are not on the disk any more");
        }
        throw new Refusal(409, "not complete", "segments of stream " + id + " are not on the disk any more");
    }

    private static void requireRange(Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be after from and at most " + LONGEST.toDays() + " days later");
        }
    }

    private static Refusal nothing(String id, Instant from, Instant to) {
        return new Refusal(404, "nothing recorded", "stream " + id + " has no recording from " + from + " to " + to);
    }

    private StreamTable.Stored find(String id, DataScope scope) {
        return streams.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}
