package org.farwatch.api.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.evidence.Evidence;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The template of each kind: the newest that the bureau put, or the one that comes with the service. */
@Component
class DocumentTemplates {
    static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    /** Bytes; a request's body is limited to the same. */
    private static final long MAX = 1_048_576;

    private final JdbcClient jdbc;
    private final EvidenceStore evidence;
    private final AuditLog audit;

    DocumentTemplates(JdbcClient jdbc, EvidenceStore evidence, AuditLog audit) {
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.audit = audit;
    }

    /** @param by null for the one that comes with the service; {@code at} and {@code sha256} likewise */
    record InForce(DocumentKind kind, String by, Instant at, String sha256) {}

    InForce inForce(DocumentKind kind) {
        return newest(kind).orElseGet(() -> new InForce(kind, null, null, null));
    }

    /** @throws IOException when the file cannot be read */
    byte[] docx(DocumentKind kind) throws IOException {
        Optional<InForce> own = newest(kind);
        if (own.isEmpty()) {
            return StandardTemplate.of(kind);
        }
        try (InputStream file = evidence.open(own.get().sha256())) {
            return file.readAllBytes();
        }
    }

    Template template(DocumentKind kind) throws IOException {
        return Template.stored(docx(kind));
    }

    /** @throws Refusal 400 as {@link Template#check}; then the template in force stays */
    @Transactional
    public InForce put(DocumentKind kind, byte[] docx, Caller caller) throws IOException {
        Template.check(kind, docx);
        Evidence kept = evidence.put(new ByteArrayInputStream(docx), DOCX, "template", MAX);
        InForce before = inForce(kind);
        jdbc.sql("insert into document_template (kind, file, username) values (:kind, :file, :by)")
                .param("kind", kind.label())
                .param("file", kept.sha256())
                .param("by", caller.username())
                .update();
        InForce after = inForce(kind);
        audit.record(caller, "change", "document-template", kind.label(), before, after);
        return after;
    }

    private Optional<InForce> newest(DocumentKind kind) {
        return jdbc.sql("""
                        select username, at, file from document_template where kind = :kind
                        order by id desc limit 1""")
                .param("kind", kind.label())
                .query((row, _) ->
                        new InForce(kind, row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3)))
                .optional();
    }
}
