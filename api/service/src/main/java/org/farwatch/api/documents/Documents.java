package org.farwatch.api.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.OwnScope;
import org.farwatch.api.access.Role;
import org.farwatch.api.evidence.Evidence;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issued documents. A number is given and its document kept in one transaction, which holds the counter's row: whoever
 * comes at the same time waits, and a number whose document was not made is given to the next.
 */
@Component
public class Documents {
    static final String SUBJECT = "document";
    static final String PDF = "application/pdf";
    static final String SERVE = "serve";

    private static final List<Role> RECEIVERS = List.of(Role.SQUAD_LEADER, Role.OFFICER);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long MAX = 30L * 1_048_576;
    private static final String SELECT = """
            select d.*, s.name as squad_name, o.name as officer_name
            from document d join squad s on s.id = d.squad_id left join officer o on o.id = d.officer_id
            """;
    private static final String SEEN = " (:everything or d.squad_id = any(:squads) or d.officer_id = :officer)";

    private final JdbcClient jdbc;
    private final DocumentTemplates templates;
    private final EvidenceStore evidence;
    private final AuditLog audit;
    private final PdfCopy pdf = PdfCopy.load();

    Documents(JdbcClient jdbc, DocumentTemplates templates, EvidenceStore evidence, AuditLog audit) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.evidence = evidence;
        this.audit = audit;
    }

    /**
     * What a document is about.
     *
     * @param officerId null for a unit
     */
    public record About(long findingId, long squadNo, Long officerId) {}

    /** Both forms of a document, as evidence. */
    record Files(String docx, String pdf, String number, DocumentKind kind) {}

    /**
     * Makes a document: numbers it, fills the template in force, keeps DOCX and PDF.
     *
     * @param values for the names of the template but {@code number}; every name that the kind knows
     * @return its id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long issue(DocumentKind kind, About about, Map<String, String> values, Instant now, Caller caller) {
        int year = now.atZone(ZONE).getYear();
        int number = jdbc.sql("""
                        insert into document_number (kind, year, last) values (:kind, :year, 1)
                        on conflict (kind, year) do update set last = document_number.last + 1 returning last""")
                .param("kind", kind.label())
                .param("year", year)
                .query(Integer.class)
                .single();
        Map<String, String> all = new HashMap<>(values);
        all.put("number", kind.number(year, number));
        Files files = make(kind, all);
        long id = jdbc.sql("""
                        insert into document (kind, year, number, finding_id, squad_id, officer_id, docx, pdf,
                            issued_by, issued_at)
                        values (:kind, :year, :number, :finding, :squad, :officer, :docx, :pdf, :by, :now)
                        returning id""")
                .param("kind", kind.label())
                .param("year", year)
                .param("number", number)
                .param("finding", about.findingId())
                .param("squad", about.squadNo())
                .param("officer", about.officerId())
                .param("docx", files.docx())
                .param("pdf", files.pdf())
                .param("by", caller.username())
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
        event(id, caller, "issue", "issued");
        audit.record(caller, "issue", SUBJECT, Long.toString(id), null, files);
        return id;
    }

    /**
     * The squad or the officer took delivery: said by the one who did.
     *
     * @throws Refusal 404, or 409 when somebody did before
     */
    @Transactional
    public Document serve(String id, long key, int version, Caller caller) {
        Document before = locked(id, key, caller);
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        if (before.servedAt() != null) {
            throw new Refusal(409, "not in this state", "document " + id + " was delivered to " + before.servedTo());
        }
        serve(key, caller);
        return find(key, caller).orElseThrow();
    }

    /** The explanation to a finding's documents was given; whoever answers has got them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void answered(long findingId, Instant now, Caller caller) {
        List<Long> open = jdbc.sql("select id from document where finding_id = :finding order by id for update")
                .param("finding", findingId)
                .query(Long.class)
                .list();
        for (long id : open) {
            if (jdbc.sql("select served_at is null from document where id = :id")
                    .param("id", id)
                    .query(Boolean.class)
                    .single()) {
                serve(id, caller);
            }
            jdbc.sql("""
                    update document set answered_by = :by, answered_at = :now, version = version + 1 where id = :id""")
                    .param("by", caller.username())
                    .param("now", Timestamp.from(now))
                    .param("id", id)
                    .update();
            event(id, caller, "answer", "answered");
            audit.record(caller, "answer", SUBJECT, Long.toString(id), null, null);
        }
    }

    /** Newest first. */
    List<Document> list(Long findingId, Long before, Caller caller, int limit) {
        OwnScope own = OwnScope.of(caller);
        return jdbc
                .sql(SELECT + " where" + SEEN + """
                         and (:finding::bigint is null or d.finding_id = :finding::bigint)
                         and (:before::bigint is null or d.id < :before::bigint)
                        order by d.id desc limit :limit""")
                .param("everything", own.scope().everything())
                .param("squads", own.scope().squadArray())
                .param("officer", own.officerId())
                .param("finding", findingId)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list()
                .stream()
                .map(document -> document.with(actions(document, caller), null))
                .toList();
    }

    Optional<Document> find(long id, Caller caller) {
        return seen(id, caller, "").map(document -> document.with(actions(document, caller), events(id)));
    }

    Files files(long id) {
        return jdbc.sql("select docx, pdf, kind, year, number from document where id = :id")
                .param("id", id)
                .query((row, _) -> {
                    DocumentKind kind = DocumentKind.stored(row.getString(3));
                    return new Files(
                            row.getString(1), row.getString(2), kind.number(row.getInt(4), row.getInt(5)), kind);
                })
                .single();
    }

    private Files make(DocumentKind kind, Map<String, String> values) {
        try {
            byte[] docx = templates.template(kind).fill(values);
            String number = values.get("number");
            return new Files(
                    keep(docx, DocumentTemplates.DOCX).sha256(),
                    keep(pdf.of(docx, kind.title() + " " + number), PDF).sha256(),
                    number,
                    kind);
        } catch (IOException e) {
            throw new UncheckedIOException("a document could not be kept", e);
        }
    }

    private Evidence keep(byte[] content, String type) throws IOException {
        return evidence.put(new ByteArrayInputStream(content), type, SUBJECT, MAX);
    }

    private void serve(long id, Caller caller) {
        jdbc.sql("""
                update document set served_to = :by, served_at = clock_timestamp(), version = version + 1
                where id = :id""").param("by", caller.username()).param("id", id).update();
        event(id, caller, SERVE, "served");
        audit.record(caller, SERVE, SUBJECT, Long.toString(id), null, null);
    }

    private Document locked(String id, long key, Caller caller) {
        return seen(key, caller, " for update of d").orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private Optional<Document> seen(long id, Caller caller, String lock) {
        OwnScope own = OwnScope.of(caller);
        return jdbc.sql(SELECT + " where d.id = :id and" + SEEN + lock)
                .param("id", id)
                .param("everything", own.scope().everything())
                .param("squads", own.scope().squadArray())
                .param("officer", own.officerId())
                .query((row, _) -> read(row))
                .optional();
    }

    private static List<String> actions(Document document, Caller caller) {
        OwnScope receiver = OwnScope.of(caller.only(RECEIVERS));
        Long officer = document.officerId() == null ? null : Long.valueOf(document.officerId());
        return document.servedAt() == null && receiver.sees(Long.parseLong(document.squadId()), officer)
                ? List.of(SERVE)
                : List.of();
    }

    private List<Document.Event> events(long id) {
        return jdbc.sql("""
                        select at, username, action, to_state from document_event where document_id = :id order by id""")
                .param("id", id)
                .query((row, _) -> new Document.Event(
                        row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    private void event(long id, Caller caller, String action, String state) {
        jdbc.sql("""
                insert into document_event (document_id, username, action, to_state)
                values (:id, :by, :action, :state)""")
                .param("id", id)
                .param("by", caller.username())
                .param("action", action)
                .param("state", state)
                .update();
    }

    private static Document read(ResultSet row) throws SQLException {
        DocumentKind kind = DocumentKind.stored(row.getString("kind"));
        Timestamp served = row.getTimestamp("served_at");
        Timestamp answered = row.getTimestamp("answered_at");
        return new Document(
                row.getString("id"),
                kind,
                kind.title(),
                kind.number(row.getInt("year"), row.getInt("number")),
                row.getString("finding_id"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("issued_by"),
                row.getTimestamp("issued_at").toInstant(),
                row.getString("served_to"),
                served == null ? null : served.toInstant(),
                row.getString("answered_by"),
                answered == null ? null : answered.toInstant(),
                row.getInt("version"),
                null,
                null);
    }
}
