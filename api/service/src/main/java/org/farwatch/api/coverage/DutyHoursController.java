package org.farwatch.api.coverage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /duty-recording-rules}: 勤务时段应录, by squad; off unless an administrator switched it on and said why. */
@RestController
@RequestMapping("/api/v1/duty-recording-rules")
class DutyHoursController {
    private static final String SUBJECT = "duty-recording-rule";

    private final DutyHours hours;
    private final AuditLog audit;
    private final Clock clock;

    DutyHoursController(DutyHours hours, AuditLog audit, Clock clock) {
        this.hours = hours;
        this.audit = audit;
        this.clock = clock;
    }

    record On(
            @NotBlank String squadId,
            @NotBlank @Size(max = 500) String reason) {}

    record Off(
            @NotNull Integer version,
            @NotBlank @Size(max = 500) String why) {}

    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<DutyHours.OfSquad> rules(DataScope scope) {
        return Page.all(hours.list(scope));
    }

    /** From now on. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    DutyHours.Rule on(@Valid @RequestBody On on, Caller caller) {
        Long squad = caller.scope().squadNamed(on.squadId());
        if (hours.list(caller.scope()).stream().noneMatch(one -> one.squadId().equals(on.squadId()))) {
            throw Refusal.field("squadId", "names nothing that exists: " + on.squadId());
        }
        long id = hours.begin(
                        squad,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        on.reason().strip(),
                        caller.username())
                .orElseThrow(() -> new Refusal(409, "already on", "the rule is on for squad " + on.squadId()));
        DutyHours.Rule made = hours.find(id, caller.scope()).orElseThrow();
        audit.record(caller, "create", SUBJECT, made.id(), null, made);
        return made;
    }

    /** What was required until now stays required. */
    @PostMapping("/{id}/end")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    DutyHours.Rule off(@PathVariable String id, @Valid @RequestBody Off off, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        DutyHours.Rule before = hours.find(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!hours.end(key, off.version(), clock.instant(), off.why().strip(), caller.username())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        DutyHours.Rule after = hours.find(key, caller.scope()).orElseThrow();
        audit.record(caller, "end", SUBJECT, id, before, after);
        return after;
    }
}
