package org.farwatch.api.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /evidence}: files that a record of the caller's points at. Each look is logged. */
@RestController
@RequestMapping("/api/v1/evidence")
class EvidenceController {
    /** A file's name is the hash of its content, so what a browser keeps cannot be outdated. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final EvidenceStore store;
    private final List<EvidenceUse> uses;
    private final ViewLog views;

    EvidenceController(EvidenceStore store, List<EvidenceUse> uses, ViewLog views) {
        this.store = store;
        this.uses = uses;
        this.views = views;
    }

    /** The container answers ranges of it. */
    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    ResponseEntity<Resource> file(@PathVariable String id, Caller caller) throws IOException {
        EvidenceUse.Named use = uses.stream()
                .map(each -> each.using(id, caller.scope()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("evidence", id));
        Evidence evidence = store.find(id).orElseThrow(() -> Refusal.notFound("evidence", id));
        views.record(caller, "evidence", use.subjectId(), use.name(), null, null);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(evidence.mediaType()))
                .cacheControl(CacheControl.maxAge(KEPT).cachePrivate())
                .body(new FileSystemResource(store.file(evidence)));
    }
}
