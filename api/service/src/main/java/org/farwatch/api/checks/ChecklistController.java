package org.farwatch.api.checks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.checks.Checklist.Item;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /checklists}: edited by inspectors of the whole district; a saving is a new version. */
@RestController
@RequestMapping("/api/v1/checklists")
class ChecklistController {
    static final String SUBJECT = "checklist";
    private static final String EDITED = "checklists are edited";

    private final Checklists lists;
    private final AuditLog audit;

    ChecklistController(Checklists lists, AuditLog audit) {
        this.lists = lists;
        this.audit = audit;
    }

    /**
     * A list as it is to be.
     *
     * @param version that the caller saw, absent for a new one
     * @param retired null for one that is used
     */
    record Wanted(
            Integer version,
            @NotNull CheckKind kind,
            @NotBlank @Size(max = 100) String name,
            Boolean retired,
            @NotEmpty @Size(max = 100) List<@Valid @NotNull Item> items) {
        Checklists.Content content() {
            for (int i = 0; i < items.size(); i++) {
                if (!Item.inSteps(items.get(i).points())) {
                    throw Refusal.field(
                            "items[" + i + "].points",
                            "must be in steps of 0.5, was " + items.get(i).points());
                }
            }
            return new Checklists.Content(kind, name.strip(), Boolean.TRUE.equals(retired), items);
        }
    }

    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<Checklist> lists() {
        return Page.all(lists.all());
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Checklist list(@PathVariable String id) {
        return find(id);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    Checklist create(@Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything(EDITED);
        Checklist made = find(Long.toString(lists.insert(wanted.content())));
        audit.record(caller, "create", SUBJECT, made.id(), null, made);
        return made;
    }

    @PutMapping("/{id}")
    @Permit(Role.INSPECTOR)
    @Transactional
    Checklist change(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything(EDITED);
        Checklist before = find(id);
        if (wanted.version() == null) {
            throw Refusal.field("version", "must be given");
        }
        if (!lists.update(Ids.parse(SUBJECT, id), wanted.version(), wanted.content())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Checklist after = find(id);
        audit.record(caller, "change", SUBJECT, id, before, after);
        return after;
    }

    private Checklist find(String id) {
        return lists.find(Ids.parse(SUBJECT, id)).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}
