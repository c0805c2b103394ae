package org.farwatch.api.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.HashAlgorithm;
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

/** What a stream shows and recorded: its newest picture, its segments, a playlist of them, and their files. */
@RestController
@RequestMapping("/api/v1/streams/{id}")
class PlaybackController {
    private static final String SUBJECT = "stream";
    private static final MediaType PLAYLIST = MediaType.parseMediaType("application/vnd.apple.mpegurl");
    private static final MediaType MP4 = MediaType.parseMediaType("video/mp4");
    /** Of one playlist: at a minute each, a week. */
    private static final Duration LONGEST = Duration.ofDays(7);

    static final int MOST = 20_000;

    private final StreamTable streams;
    private final Streams sessions;
    private final RecordedSegments recorded;
    private final DeletionTable deletions;
    private final Snapshots snapshots;
    private final ViewLog views;

    PlaybackController(
            StreamTable streams,
            Streams sessions,
            RecordedSegments recorded,
            DeletionTable deletions,
            Snapshots snapshots,
            ViewLog views) {
        this.streams = streams;
        this.sessions = sessions;
        this.recorded = recorded;
        this.deletions = deletions;
        this.snapshots = snapshots;
        this.views = views;
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

    static void requireRange(Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be after from and at most " + LONGEST.toDays() + " days later");
        }
    }

    static Refusal nothing(String id, Instant from, Instant to) {
        return new Refusal(404, "nothing recorded", "stream " + id + " has no recording from " + from + " to " + to);
    }

    private StreamTable.Stored find(String id, DataScope scope) {
        return streams.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}
