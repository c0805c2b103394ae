package org.farwatch.api.uploads;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /uploads} as a server of tus 1.0.0 with creation, termination, checksum and expiration. An upload is its owner's
 * alone. One request at a time writes an upload; a second one is told 423.
 */
@RestController
@RequestMapping("/api/v1/uploads")
class TusController {
    private static final String SUBJECT = "upload";
    private static final int CHECKSUM_MISMATCH = 460;

    private final UploadTable table;
    private final UploadIntake intake;
    private final StagedFiles files;
    private final UploadDesk desk;
    private final UploadSettings settings;
    private final AuditLog audit;
    private final Clock clock;
    /** Uploads that a request works on. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    TusController(
            UploadTable table,
            UploadIntake intake,
            StagedFiles files,
            UploadDesk desk,
            UploadSettings settings,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.intake = intake;
        this.files = files;
        this.desk = desk;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** What this server can. */
    @RequestMapping(method = RequestMethod.OPTIONS)
    @Permit({Role.COLLECTION_STATION, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    ResponseEntity<Void> options() {
        return ResponseEntity.noContent()
                .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                .header("Tus-Version", TusHeaders.VERSION)
                .header("Tus-Extension", TusHeaders.EXTENSIONS)
                .header("Tus-Checksum-Algorithm", TusHeaders.ALGORITHMS)
                .header("Tus-Max-Size", Long.toString(settings.maxSize().toBytes()))
                .build();
    }

    /** Begins an upload; {@code Upload-Metadata} names at least {@code filename}. */
    @PostMapping
    @Permit({Role.COLLECTION_STATION, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    ResponseEntity<Void> create(
            @RequestHeader(name = TusHeaders.RESUMABLE, required = false) String version,
            @RequestHeader(name = TusHeaders.LENGTH, required = false) String length,
            @RequestHeader(name = TusHeaders.METADATA, required = false) String header,
            Caller caller)
            throws IOException {
        TusHeaders.requireVersion(version);
        Map<String, String> metadata = TusHeaders.metadata(header);
        UploadTable.New wanted = new UploadTable.New(
                intake.newId(),
                "http",
                caller.username(),
                caller.userId(),
                null,
                metadata.getOrDefault("filename", metadata.getOrDefault("name", "")),
                TusHeaders.number(TusHeaders.LENGTH, length),
                TusHeaders.told(metadata));
        intake.admit(wanted);
        files.create(wanted.id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                .header(HttpHeaders.LOCATION, "/api/v1/uploads/" + wanted.id())
                .header(TusHeaders.EXPIRES, TusHeaders.date(clock.instant().plus(settings.expiry())))
                .build();
    }

    /** How much has come. */
    @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
    @Permit({Role.COLLECTION_STATION, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    ResponseEntity<Void> head(@PathVariable String id, Caller caller) throws IOException {
        StoredUpload upload = own(id, caller);
        long offset = upload.length();
        if (upload.state() == UploadState.OPEN) {
            enter(id);
            try {
                offset = offset(id);
            } finally {
                busy.remove(id);
            }
        } else if (upload.state() == UploadState.EXPIRED) {
            throw gone(id);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                .header(TusHeaders.OFFSET, Long.toString(offset))
                .header(TusHeaders.LENGTH, Long.toString(upload.length()))
                .header(TusHeaders.EXPIRES, TusHeaders.date(expires(upload)))
                .build();
    }

    /** Takes the next bytes; the last ones make it wait to be looked at. */
    @PatchMapping(path = "/{id}", consumes = TusHeaders.BODY)
    @Permit({Role.COLLECTION_STATION, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    ResponseEntity<Void> append(
            @PathVariable String id,
            @RequestHeader(name = TusHeaders.RESUMABLE, required = false) String version,
            @RequestHeader(name = TusHeaders.OFFSET, required = false) String given,
            @RequestHeader(name = TusHeaders.CHECKSUM, required = false) String announced,
            HttpServletRequest request,
            Caller caller)
            throws IOException {
        TusHeaders.requireVersion(version);
        long from = TusHeaders.number(TusHeaders.OFFSET, given);
        TusHeaders.Checksum checksum = TusHeaders.checksum(announced);
        StoredUpload upload = own(id, caller);
        if (upload.state() == UploadState.EXPIRED) {
            throw gone(id);
        }
        if (upload.state() != UploadState.OPEN) {
            throw new Refusal(409, "not open", "upload " + id + " is whole already");
        }
        enter(id);
        try {
            long offset = offset(id);
            if (offset != from) {
                throw new Refusal(409, "another offset", TusHeaders.OFFSET + " must be " + offset + ", was " + from);
            }
            if (request.getContentLengthLong() > upload.length() - offset) {
                throw new Refusal(
                        413, "too long", "the body may have at most " + (upload.length() - offset) + " bytes more");
            }
            offset = append(upload, offset, checksum, request);
            Instant now = clock.instant();
            if (offset == upload.length()) {
                if (table.whole(id, now)) {
                    desk.wake();
                }
            } else {
                table.touched(id, now);
            }
            return ResponseEntity.noContent()
                    .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                    .header(TusHeaders.OFFSET, Long.toString(offset))
                    .header(TusHeaders.EXPIRES, TusHeaders.date(now.plus(settings.expiry())))
                    .build();
        } catch (StagedFiles.BrokenOff e) {
            table.touched(id, clock.instant());
            throw new Refusal(400, "broken off", e.getMessage());
        } finally {
            busy.remove(id);
        }
    }

    /** Gives an upload up that is not whole. */
    @DeleteMapping("/{id}")
    @Permit({Role.COLLECTION_STATION, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    ResponseEntity<Void> terminate(
            @PathVariable String id,
            @RequestHeader(name = TusHeaders.RESUMABLE, required = false) String version,
            Caller caller)
            throws IOException {
        TusHeaders.requireVersion(version);
        StoredUpload upload = own(id, caller);
        if (upload.state() != UploadState.OPEN) {
            throw new Refusal(
                    409, "not open", "upload " + id + " is " + upload.state().label() + " and not given up so");
        }
        enter(id);
        try {
            if (!table.ended(id, upload.version(), UploadState.DISCARDED)) {
                throw audit.conflict(SUBJECT, id, upload.version());
            }
            audit.record(caller, "terminate", SUBJECT, id, Map.of("name", upload.name()), null);
            files.delete(id);
            table.unstaged(id);
        } finally {
            busy.remove(id);
        }
        return ResponseEntity.noContent()
                .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                .build();
    }

    /** @return the new offset */
    private long append(StoredUpload upload, long offset, TusHeaders.Checksum checksum, HttpServletRequest request)
            throws IOException {
        String id = upload.id();
        if (checksum == null) {
            files.append(id, request.getInputStream(), upload.length() - offset, null);
            return files.offset(id);
        }
        files.mark(id, offset);
        files.append(id, request.getInputStream(), upload.length() - offset, checksum.digest());
        if (!checksum.fits()) {
            // What was marked is cut off.
            files.offset(id);
            throw new Refusal(
                    CHECKSUM_MISMATCH, "checksum mismatch", "the bytes are not those of " + TusHeaders.CHECKSUM);
        }
        files.verified(id);
        return files.offset(id);
    }

    private long offset(String id) throws IOException {
        try {
            return files.offset(id);
        } catch (NoSuchFileException _) {
            throw gone(id);
        }
    }

    private void enter(String id) {
        if (!busy.add(id)) {
            throw new Refusal(423, "locked", "another request writes upload " + id + " at the moment");
        }
    }

    private StoredUpload own(String id, Caller caller) {
        return table.find(id)
                .filter(upload -> upload.userId() == caller.userId())
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private Instant expires(StoredUpload upload) {
        return upload.touchedAt().plus(settings.expiry());
    }

    private static Refusal gone(String id) {
        return new Refusal(410, "gone", "upload " + id + " was not gone on with in time and is deleted");
    }
}
