package org.farwatch.api.uploads;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /uploads} as people see it: what is coming, what arrived, what was refused and what to do about it. */
@RestController
@RequestMapping("/api/v1/uploads")
class UploadController {
    private static final String SUBJECT = "upload";
    private static final String LAST_ID = "g";

    private final UploadTable table;
    private final StagedFiles files;
    private final UploadDesk desk;
    private final AuditLog audit;
    private final Clock clock;

    UploadController(UploadTable table, StagedFiles files, UploadDesk desk, AuditLog audit, Clock clock) {
        this.table = table;
        this.files = files;
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * As the API gives it.
     *
     * @param offset bytes that have come
     * @param streamId where it is to be seen, once it arrived
     * @param segments how many it became
     */
    record Shown(
            String id,
            String source,
            String broughtBy,
            String name,
            long length,
            long offset,
            UploadState state,
            String fault,
            String reason,
            Instant madeAt,
            Instant receivedAt,
            String sha256,
            Told told,
            String deviceId,
            String officerId,
            String officerName,
            String streamId,
            Instant start,
            Instant end,
            Instant deviceStart,
            Long clockOffsetMillis,
            boolean late,
            boolean important,
            Long segments,
            String leftOutSound,
            String sameAs,
            int version) {}

    /** What a person says of a refused recording; what is left out stays as it was told. */
    record Correction(
            int version,
            @Size(min = 1, max = 120) String device,
            @Size(min = 1, max = 40) String officer,
            Instant start,
            Boolean important,
            Long clockOffsetMillis) {}

    record Discard(int version) {}

    @GetMapping
    @Permit({Role.COLLECTION_STATION, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Shown> uploads(
            @RequestParam(required = false) List<String> state,
            @RequestParam(required = false) Boolean late,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        List<String> states = state == null ? List.of() : state;
        for (String one : states) {
            if (UploadState.of(one).isEmpty()) {
                throw Refusal.field("state", "is none of an upload: " + one);
            }
        }
        int most = Page.clamp(limit);
        String[] before = cursor == null ? null : Cursor.parse(cursor, 2);
        List<StoredUpload> found = table.list(
                caller.scope(),
                caller,
                states,
                late,
                before == null ? clock.instant().plusSeconds(1) : Cursor.instant(before[0]),
                before == null ? LAST_ID : before[1],
                most);
        return new Page<>(
                found.stream().map(this::show).toList(),
                found.size() < most
                        ? null
                        : Cursor.of(found.getLast().madeAt(), found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.COLLECTION_STATION, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Shown upload(@PathVariable String id, Caller caller) {
        return show(find(id, caller));
    }

    /** Says what a name did not, and has the recording looked at again. */
    @PostMapping("/{id}/correct")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Shown correct(@PathVariable String id, @Valid @RequestBody Correction correction, Caller caller) {
        StoredUpload before = find(id, caller);
        requireRefused(before);
        Told told;
        try {
            told = new Told(
                            correction.device(),
                            correction.officer(),
                            correction.start(),
                            null,
                            null,
                            correction.important(),
                            correction.clockOffsetMillis(),
                            null)
                    .or(before.told());
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid request", e.getMessage());
        }
        if (!table.corrected(id, correction.version(), told, clock.instant())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "correct", SUBJECT, id, before.told(), told);
        desk.wakeAfterCommit();
        return show(find(id, caller));
    }

    /** Deletes a refused recording for good. */
    @PostMapping("/{id}/discard")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Shown discard(@PathVariable String id, @Valid @RequestBody Discard discard, Caller caller) {
        StoredUpload before = find(id, caller);
        requireRefused(before);
        if (!table.ended(id, discard.version(), UploadState.DISCARDED)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(
                caller,
                "discard",
                SUBJECT,
                id,
                Map.of("name", before.name(), "fault", before.fault(), "length", before.length()),
                null);
        return show(find(id, caller));
    }

    private static void requireRefused(StoredUpload upload) {
        if (upload.state() != UploadState.REFUSED) {
            throw new Refusal(
                    409,
                    "not refused",
                    "upload " + upload.id() + " is " + upload.state().label() + "; only a refused one is decided on");
        }
    }

    private StoredUpload find(String id, Caller caller) {
        return table.find(id)
                .filter(upload -> table.visible(upload, caller.scope(), caller))
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private Shown show(StoredUpload upload) {
        return new Shown(
                upload.id(),
                upload.source(),
                upload.broughtBy(),
                upload.name(),
                upload.length(),
                upload.state() == UploadState.OPEN ? come(upload) : upload.length(),
                upload.state(),
                upload.fault(),
                upload.reason(),
                upload.madeAt(),
                upload.receivedAt(),
                upload.sha256(),
                upload.told(),
                upload.deviceId(),
                upload.officerId() == null ? null : Long.toString(upload.officerId()),
                upload.officerName(),
                upload.streamId() == null ? null : Long.toString(upload.streamId()),
                upload.starts(),
                upload.ends(),
                upload.deviceStart(),
                upload.clockOffsetMillis(),
                upload.late(),
                upload.important(),
                upload.lastSequence() == null ? null : upload.lastSequence() - upload.firstSequence() + 1,
                upload.leftOutSound(),
                upload.sameAs(),
                upload.version());
    }

    /** Also while a request writes it. */
    private long come(StoredUpload upload) {
        try {
            return Files.size(files.file(upload.id()));
        } catch (IOException _) {
            return 0;
        }
    }
}
