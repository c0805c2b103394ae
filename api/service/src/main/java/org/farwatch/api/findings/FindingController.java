package org.farwatch.api.findings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /findings}: 督察问题 as they stand, with their files. A squad leader sees his squads', an officer his own. */
@RestController
@RequestMapping("/api/v1/findings")
class FindingController {
    private static final String SUBJECT = Findings.SUBJECT;

    private final Findings findings;
    private final CaseFiles files;
    private final ViewLog views;
    private final AuditLog audit;

    FindingController(Findings findings, CaseFiles files, ViewLog views, AuditLog audit) {
        this.findings = findings;
        this.files = files;
        this.views = views;
        this.audit = audit;
    }

    @GetMapping
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Finding> findings(
            @RequestParam(required = false) String state,
            @RequestParam(name = "class", required = false) String grade,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        List<Finding> found = findings.list(
                new FindingTable.Filter(
                        label(FindingState.class, "state", state),
                        label(FindingClass.class, "class", grade),
                        Ids.field("squadId", squadId)),
                caller,
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    /** Those on which the caller must act, the oldest first; at most 50. */
    @GetMapping("/waiting")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Finding> waiting(Caller caller) {
        return Page.all(findings.waiting(caller));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Finding finding(@PathVariable String id, Caller caller) {
        Finding finding = findings.find(id, Ids.parse(SUBJECT, id), caller);
        seen(caller, "finding", finding);
        return finding;
    }

    /** Puts a file beside the finding, from either side; afterwards an action may name it. */
    @PostMapping("/{id}/files")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    @Transactional
    CaseFile attach(@PathVariable String id, @RequestParam MultipartFile file, Caller caller) throws IOException {
        Stored finding = findings.stored(id, Ids.parse(SUBJECT, id), caller);
        if (FindingAction.FLOW.ends(finding.state())) {
            throw new Refusal(
                    409,
                    "not in this state",
                    "finding " + id + " is " + finding.state().label() + ", at its end");
        }
        CaseFile added = files.add(finding.leadId(), file, caller);
        audit.record(caller, "attach", SUBJECT, id, null, added);
        return added;
    }

    @GetMapping("/{id}/files/{file}")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String file, Caller caller)
            throws FileNotFoundException {
        Finding finding = findings.find(id, Ids.parse(SUBJECT, id), caller);
        seen(caller, "finding-file", finding);
        return files.give(Long.parseLong(finding.leadId()), file);
    }

    @GetMapping("/explanation-reasons")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Findings.Reason> reasons() {
        return Page.all(findings.reasons());
    }

    /** Those confirmed from {@code from} on and before {@code to} that stand now, by squad. Pending ones are in no figure. */
    @GetMapping("/figures")
    @Permit({Role.INSPECTOR, Role.SQUAD_LEADER})
    Page<Findings.Figure> figures(@RequestParam Instant from, @RequestParam Instant to, DataScope scope) {
        return Page.all(findings.figures(scope, from, to));
    }

    /** @throws Refusal 400 naming the parameter and what it allows */
    static <E extends Enum<E>> E label(Class<E> type, String field, String given) {
        try {
            return given == null ? null : Flow.read(type, given);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }

    /** Whom it is about sees who looked; his own looks are not of interest. */
    private void seen(Caller caller, String kind, Finding finding) {
        boolean unit = finding.officerId() == null;
        if (unit || Long.parseLong(finding.officerId()) != caller.officerId()) {
            views.record(caller, kind, finding.id(), unit ? finding.squadName() : finding.officerName(), null, null);
        }
    }
}
