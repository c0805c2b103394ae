package org.farwatch.api.proof;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where day roots are sent to, and what became of it. Roots are of the whole district and so are these; they take no
 * squads.
 */
@RestController
@RequestMapping("/api/v1")
class RootTargetController {
    private final RootTargets targets;
    private final RootSendings sendings;
    private final RootTrial trial;
    private final AuditLog audit;
    private final Clock clock;

    RootTargetController(RootTargets targets, RootSendings sendings, RootTrial trial, AuditLog audit, Clock clock) {
        this.targets = targets;
        this.sendings = sendings;
        this.trial = trial;
        this.audit = audit;
        this.clock = clock;
    }

    record Targets(List<RootTargets.Target> items) {}

    record NewTarget(String kind, String address) {}

    record Change(Boolean active, Integer version) {}

    @GetMapping("/root-targets")
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    Targets targets() {
        return new Targets(targets.list());
    }

    @PostMapping("/root-targets")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    RootTargets.Target create(@RequestBody NewTarget wanted, Caller caller) {
        return targets.create(wanted.kind(), wanted.address(), caller);
    }

    @PatchMapping("/root-targets/{id}")
    @Permit(Role.ADMINISTRATOR)
    RootTargets.Target change(@PathVariable String id, @RequestBody Change wanted, Caller caller) {
        if (wanted.active() == null) {
            throw Refusal.field("active", "must be true or false");
        }
        if (wanted.version() == null) {
            throw Refusal.field("version", "must be the one that was read");
        }
        return targets.change(Ids.parse(RootTargets.SUBJECT, id), wanted.active(), wanted.version(), caller);
    }

    /** Sends it something that is no root, at once; an outcome either way. */
    @PostMapping("/root-targets/{id}/test")
    @Permit(Role.ADMINISTRATOR)
    RootTrial.Outcome test(@PathVariable String id, Caller caller) {
        RootTargets.Target target = targets.find(Ids.parse(RootTargets.SUBJECT, id))
                .orElseThrow(() -> Refusal.notFound(RootTargets.SUBJECT, id));
        if (!target.active()) {
            throw new Refusal(409, "ended", "a target that was ended gets nothing");
        }
        RootTrial.Outcome outcome = trial.send(target);
        audit.record(caller, "test", RootTargets.SUBJECT, id, null, outcome);
        return outcome;
    }

    /**
     * @param from first day, null for the first there is
     * @param to day that is not given any more, null for all
     */
    @GetMapping("/root-sendings")
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    Page<RootSendings.Sending> sendings(
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            @RequestParam(required = false) Integer limit) {
        return new Page<>(sendings.list(day("from", from), day("to", to), Page.clamp(limit)), null);
    }

    /** What of a day was given up or waits is tried at once. */
    @PostMapping("/root-sendings/{day}/again")
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER})
    Map<String, Integer> again(@PathVariable String day, Caller caller) {
        LocalDate wanted = day("day", day);
        int tried = sendings.again(wanted, clock.instant());
        audit.record(caller, "send-again", "root", wanted.toString(), null, Map.of("sendings", tried));
        return Map.of("sendings", tried);
    }

    private static LocalDate day(String field, String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw Refusal.field(field, "must be a day such as 2026-11-21, was " + text);
        }
    }
}
