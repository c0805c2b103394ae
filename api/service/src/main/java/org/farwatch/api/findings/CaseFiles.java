package org.farwatch.api.findings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.evidence.Evidence;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.evidence.Uploads;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Files of a lead and of the finding that it became: only ever added, given to whoever may see the record. */
@Component
class CaseFiles {
    private final JdbcClient jdbc;
    private final EvidenceStore store;
    private final Uploads uploads;

    CaseFiles(JdbcClient jdbc, EvidenceStore store, Uploads uploads) {
        this.jdbc = jdbc;
        this.store = store;
        this.uploads = uploads;
    }

    List<CaseFile> of(long leadId) {
        return jdbc.sql("""
                        select f.sha256, f.name, e.media_type, e.bytes, f.added_by, f.added_at
                        from finding_file f join evidence e on e.sha256 = f.sha256
                        where f.lead_id = :lead order by f.added_at, f.sha256""")
                .param("lead", leadId)
                .query((row, _) -> new CaseFile(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant()))
                .list();
    }

    /**
     * Keeps an upload.
     *
     * @throws Refusal 400 for a file of another kind, 413 for one that is too long
     */
    CaseFile add(long leadId, MultipartFile upload, Caller caller) throws IOException {
        Uploads.Kept kept = uploads.keep(upload, EnumSet.allOf(Uploads.Kind.class));
        link(leadId, kept.file().sha256(), kept.name(), caller);
        return of(leadId).stream()
                .filter(file -> file.id().equals(kept.file().sha256()))
                .findFirst()
                .orElseThrow();
    }

    /** Adds what is in the store already; does nothing when it has it. */
    void link(long leadId, String sha256, String name, Caller caller) {
        jdbc.sql("""
                insert into finding_file (lead_id, sha256, name, added_by) values (:lead, :file, :name, :by)
                on conflict (lead_id, sha256) do nothing""")
                .param("lead", leadId)
                .param("file", sha256)
                .param("name", name)
                .param("by", caller.username())
                .update();
    }

    /** @throws Refusal 400 naming a file that the record does not have */
    List<String> require(long leadId, String field, List<String> files) {
        if (files == null || files.isEmpty()) {
            return List.of();
        }
        Set<String> known = of(leadId).stream().map(CaseFile::id).collect(Collectors.toSet());
        for (String file : files) {
            if (file == null || !known.contains(file)) {
                throw Refusal.field(field, "names no file of this record: " + file);
            }
        }
        return List.copyOf(files);
    }

    /** @throws Refusal 404 when the record does not have it */
    ResponseEntity<Resource> give(long leadId, String sha256) throws FileNotFoundException {
        CaseFile file = of(leadId).stream()
                .filter(each -> each.id().equals(sha256))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("file", sha256));
        Evidence evidence = store.find(sha256).orElseThrow(() -> Refusal.notFound("file", sha256));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(store.file(evidence)));
    }
}
