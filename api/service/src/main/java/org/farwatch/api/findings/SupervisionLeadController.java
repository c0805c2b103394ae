package org.farwatch.api.findings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.evidence.EvidenceUse;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /supervision-leads}: 督察线索. An inspector's; whoever confirmed an alert learns that there is one and how it stands. */
@RestController
@RequestMapping("/api/v1")
class SupervisionLeadController {
    private static final String SUBJECT = SupervisionLeads.SUBJECT;

    private final SupervisionLeads leads;
    private final Notices notices;
    private final CaseFiles files;
    private final List<EvidenceUse> uses;
    private final ViewLog views;
    private final AuditLog audit;

    SupervisionLeadController(
            SupervisionLeads leads,
            Notices notices,
            CaseFiles files,
            List<EvidenceUse> uses,
            ViewLog views,
            AuditLog audit) {
        this.leads = leads;
        this.notices = notices;
        this.files = files;
        this.uses = uses;
        this.views = views;
        this.audit = audit;
    }

    /** @param evidence ids of files that a record of the caller's points at, such as an alert's picture */
    record NewLead(
            @NotBlank String squadId,
            String officerId,
            String alertId,
            @NotBlank @Size(max = 2000) String what,
            @Size(max = 20) List<@NotBlank String> evidence) {}

    /** @param version that the caller saw */
    record Drop(int version, @NotBlank @Size(max = 500) String reason) {}

    @GetMapping("/supervision-leads")
    @Permit(Role.INSPECTOR)
    Page<SupervisionLead> leads(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        List<SupervisionLead> found = leads.list(
                FindingController.label(LeadState.class, "state", state),
                Ids.field("squadId", squadId),
                scope,
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @PostMapping("/supervision-leads")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    SupervisionLead create(@Valid @RequestBody NewLead wanted, Caller caller) {
        long id = leads.create(
                new SupervisionLeads.New(
                        caller.scope().squadNamed(wanted.squadId()),
                        Ids.field("officerId", wanted.officerId()),
                        alert(wanted.alertId(), caller.scope()),
                        wanted.what().strip()),
                null,
                caller);
        for (String file : wanted.evidence() == null ? List.<String>of() : wanted.evidence()) {
            EvidenceUse.Named use = uses.stream()
                    .flatMap(each -> each.using(file, caller.scope()).stream())
                    .findFirst()
                    .orElseThrow(() -> Refusal.field("evidence", "names no file of a record of yours: " + file));
            files.link(id, file, use.name(), caller);
        }
        return find(Long.toString(id), caller);
    }

    @GetMapping("/supervision-leads/{id}")
    @Permit(Role.INSPECTOR)
    SupervisionLead lead(@PathVariable String id, Caller caller) {
        SupervisionLead lead = find(id, caller);
        if (lead.officerId() != null) {
            views.record(caller, SUBJECT, id, lead.officerName(), null, null);
        }
        return lead;
    }

    /** Issues the notice: the lead becomes a finding. */
    @PostMapping("/supervision-leads/{id}/notice")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    Finding notice(@PathVariable String id, @Valid @RequestBody Notices.Wanted wanted, Caller caller) {
        return notices.issue(id, Ids.parse(SUBJECT, id), wanted, caller);
    }

    @PostMapping("/supervision-leads/{id}/drop")
    @Permit(Role.INSPECTOR)
    @Transactional
    SupervisionLead drop(@PathVariable String id, @Valid @RequestBody Drop drop, Caller caller) {
        SupervisionLead before = leads.begin(id, Ids.parse(SUBJECT, id), drop.version(), LeadState.Action.DROP, caller);
        leads.move(before, LeadState.Action.DROP, drop.reason(), caller);
        return find(id, caller);
    }

    /** Before the notice: afterwards files are put with the finding. */
    @PostMapping("/supervision-leads/{id}/files")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    CaseFile attach(@PathVariable String id, @RequestParam MultipartFile file, Caller caller) throws IOException {
        SupervisionLead lead = find(id, caller);
        if (lead.state() != LeadState.NEW) {
            throw new Refusal(
                    409,
                    "not in this state",
                    "supervision lead " + id + " is " + Flow.label(lead.state()) + ", not new");
        }
        CaseFile added = files.add(Long.parseLong(id), file, caller);
        audit.record(caller, "attach", SUBJECT, id, null, added);
        return added;
    }

    @GetMapping("/supervision-leads/{id}/files/{file}")
    @Permit(Role.INSPECTOR)
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String file, Caller caller)
            throws FileNotFoundException {
        SupervisionLead lead = find(id, caller);
        views.record(caller, SUBJECT, id, lead.officerName(), null, null);
        return files.give(Long.parseLong(id), file);
    }

    /** That there is a lead of the alert, and how it stands. */
    @GetMapping("/alerts/{id}/supervision-lead")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    SupervisionLeads.OfAlert ofAlert(@PathVariable String id, DataScope scope) {
        return leads.ofAlert(Ids.parse("alert", id), scope)
                .orElseThrow(() -> Refusal.notFound("supervision lead of alert", id));
    }

    private SupervisionLead find(String id, Caller caller) {
        return leads.find(Ids.parse(SUBJECT, id), caller).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private Long alert(String id, DataScope scope) {
        Long alert = Ids.field("alertId", id);
        if (alert != null && !leads.seesAlert(alert, scope)) {
            throw Refusal.field("alertId", "names no alert of yours: " + id);
        }
        return alert;
    }
}
