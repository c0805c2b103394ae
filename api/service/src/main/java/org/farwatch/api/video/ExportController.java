package org.farwatch.api.video;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.SidecarFault;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a stream recorded, taken out as a zip. */
@RestController
@RequestMapping("/api/v1/streams/{id}/export")
class ExportController {
    private static final String SUBJECT = "stream";

    private final StreamTable streams;
    private final SegmentTable segments;
    private final DeletionTable deletions;
    private final Recordings recordings;
    private final RecordingLeases leases;
    private final Export export;
    private final ExportFacts facts;
    private final ViewLog views;
    private final AuditLog audit;

    ExportController(
            StreamTable streams,
            SegmentTable segments,
            DeletionTable deletions,
            Recordings recordings,
            RecordingLeases leases,
            Export export,
            ExportFacts facts,
            ViewLog views,
            AuditLog audit) {
        this.streams = streams;
        this.segments = segments;
        this.deletions = deletions;
        this.recordings = recordings;
        this.leases = leases;
        this.export = export;
        this.facts = facts;
        this.views = views;
        this.audit = audit;
    }

    /**
     * A zip that verifies elsewhere, of the finished segments in the time; written into view and audit log. What it takes
     * stays until it is written, also when its time is up meanwhile.
     *
     * @param purpose why, for a link of a browser; a program says it in {@code X-Purpose}
     * @throws Refusal 400 when a person says no purpose, 404 when there are none, 410 with the reason when some were deleted by retention, 409 when one of
     *     them is gone from the disk or its sidecar cannot be read
     */
    @GetMapping(produces = "application/zip")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    void export(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) String purpose,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        PlaybackController.requireRange(from, to);
        Viewing viewing = Viewing.current().saying("purpose", purpose);
        if (!viewing.said()) {
            throw Refusal.field("purpose", "must be given: an export needs a reason");
        }
        StreamTable.Stored stream =
                streams.find(Ids.parse(SUBJECT, id), caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        try (RecordingLeases.Lease lease = leases.take(stream.id(), from, to)) {
            write(id, stream, from, to, viewing, caller, lease, response);
        }
    }

    private void write(
            String id,
            StreamTable.Stored stream,
            Instant from,
            Instant to,
            Viewing viewing,
            Caller caller,
            RecordingLeases.Lease lease,
            HttpServletResponse response)
            throws IOException {
        List<SegmentTable.Stored> found = segments.list(stream.id(), from, to, PlaybackController.MOST);
        List<DeletionTable.Deleted> deleted = deletions.between(stream.id(), from, to);
        if (!deleted.isEmpty()) {
            throw deleted.getFirst().gone(id);
        }
        if (found.isEmpty()) {
            throw PlaybackController.nothing(id, from, to);
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
        export.write(manifest, caller.displayName(), about, sidecars, lease::renew, response.getOutputStream());
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
}
