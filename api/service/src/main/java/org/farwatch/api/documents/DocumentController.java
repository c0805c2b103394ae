package org.farwatch.api.documents;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /documents}: 督察文书 as they were issued, and the templates that they are made of. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentController {
    private final Documents documents;
    private final DocumentTemplates templates;
    private final EvidenceStore evidence;
    private final ViewLog views;

    DocumentController(Documents documents, DocumentTemplates templates, EvidenceStore evidence, ViewLog views) {
        this.documents = documents;
        this.templates = templates;
        this.evidence = evidence;
        this.views = views;
    }

    /** @param version that the caller saw */
    record Delivery(int version) {}

    @GetMapping
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Document> documents(
            @RequestParam(required = false) String findingId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        List<Document> found = documents.list(
                Ids.field("findingId", findingId),
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                caller,
                most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Document document(@PathVariable String id, Caller caller) {
        return find(id, caller);
    }

    @GetMapping(path = "/{id}/docx", produces = DocumentTemplates.DOCX)
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    ResponseEntity<Resource> docx(@PathVariable String id, Caller caller) throws IOException {
        Document document = view(id, caller);
        return file(
                documents.files(Ids.parse(Documents.SUBJECT, id)).docx(), document, DocumentTemplates.DOCX, ".docx");
    }

    @GetMapping(path = "/{id}/pdf", produces = Documents.PDF)
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    ResponseEntity<Resource> pdf(@PathVariable String id, Caller caller) throws IOException {
        Document document = view(id, caller);
        return file(documents.files(Ids.parse(Documents.SUBJECT, id)).pdf(), document, Documents.PDF, ".pdf");
    }

    /** 送达: the squad leader or the officer concerned took delivery. */
    @PostMapping("/{id}/serve")
    @Permit({Role.SQUAD_LEADER, Role.OFFICER})
    Document serve(@PathVariable String id, @RequestBody Delivery delivery, Caller caller) {
        return documents.serve(id, Ids.parse(Documents.SUBJECT, id), delivery.version(), caller);
    }

    @GetMapping("/templates")
    @Permit({Role.INSPECTOR, Role.ADMINISTRATOR})
    Page<DocumentTemplates.InForce> templates() {
        return Page.all(
                Arrays.stream(DocumentKind.values()).map(templates::inForce).toList());
    }

    /** The template in force, to be changed and put again. */
    @GetMapping(path = "/templates/{kind}", produces = DocumentTemplates.DOCX)
    @Permit({Role.INSPECTOR, Role.ADMINISTRATOR})
    ResponseEntity<byte[]> template(@PathVariable String kind) throws IOException {
        DocumentKind known = DocumentKind.of(kind);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(DocumentTemplates.DOCX))
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(known.title() + "模板.docx"))
                .body(templates.docx(known));
    }

    /** @param docx the file itself, at most 1 MiB */
    @PutMapping("/templates/{kind}")
    @Permit(Role.ADMINISTRATOR)
    DocumentTemplates.InForce putTemplate(@PathVariable String kind, @RequestBody byte[] docx, Caller caller)
            throws IOException {
        caller.scope().requireEverything("templates are put");
        return templates.put(DocumentKind.of(kind), docx, caller);
    }

    private Document view(String id, Caller caller) {
        Document document = find(id, caller);
        boolean own = document.officerId() != null && Long.parseLong(document.officerId()) == caller.officerId();
        if (!own) {
            views.record(
                    caller, "document", document.findingId(), document.title() + " " + document.number(), null, null);
        }
        return document;
    }

    private ResponseEntity<Resource> file(String sha256, Document document, String type, String extension)
            throws FileNotFoundException {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        attachment(document.title() + " " + document.number() + extension))
                .body(new FileSystemResource(evidence.file(evidence.find(sha256)
                        .orElseThrow(() ->
                                new FileNotFoundException("document " + document.id() + " has no file " + sha256)))));
    }

    private Document find(String id, Caller caller) {
        return documents
                .find(Ids.parse(Documents.SUBJECT, id), caller)
                .orElseThrow(() -> Refusal.notFound(Documents.SUBJECT, id));
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }
}
