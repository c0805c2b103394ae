package org.farwatch.api.quotas;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.checks.CheckKind;
import org.farwatch.api.web.BureauTime;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /quotas}: 督察指标 and how they stand. Squads see what they owe themselves; people are not counted. */
@RestController
@RequestMapping("/api/v1/quotas")
class QuotaController {
    private static final String SUBJECT = "quota";

    private final QuotaTable table;
    private final AuditLog audit;
    private final Clock clock;

    QuotaController(QuotaTable table, AuditLog audit, Clock clock) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A quota on a day.
     *
     * @param per who owes it: each squad, or the bureau
     * @param from first day of the period
     * @param to last day of it
     * @param day of the period, from 1 to {@code days}
     * @param done what counts so far; of a quota of each squad, how many squads have met it
     * @param due how many it takes, in the unit of {@code done}
     */
    record Shown(
            String id,
            String name,
            Counted counted,
            CheckKind kind,
            String per,
            int target,
            Period period,
            String source,
            boolean active,
            String changedBy,
            Instant changedAt,
            int version,
            LocalDate from,
            LocalDate to,
            int day,
            int days,
            int done,
            int due,
            Progress.State state,
            List<Progress.OfSquad> squads) {}

    /**
     * @param version that the caller saw; of a new quota, nothing
     * @param kind of the inspections that count, null for any
     * @param target a number, or percent of the squads
     */
    record Wanted(
            Integer version,
            @NotBlank @Size(max = 100) String name,
            @NotNull Counted counted,
            CheckKind kind,
            @NotBlank String per,
            @NotNull @Min(1) @Max(100_000) Integer target,
            @NotNull Period period,
            @Size(max = 100) String source,
            @NotNull Boolean active) {}

    /** @param on a day in the bureau's time, today when it is left out */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Shown> quotas(@RequestParam(required = false) LocalDate on, DataScope scope) {
        LocalDate day = on == null ? LocalDate.ofInstant(clock.instant(), BureauTime.ZONE) : on;
        List<Progress.Squad> squads = table.squads(scope);
        return Page.all(table.all().stream()
                .filter(quota -> quota.perSquad() || scope.everything())
                .map(quota -> shown(quota, day, squads, scope))
                .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    Shown create(@Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything("quotas are set");
        Quota made = table.insert(terms(wanted), caller);
        audit.record(caller, "create", SUBJECT, Long.toString(made.id()), null, made);
        return now(made, caller.scope());
    }

    @PutMapping("/{id}")
    @Permit(Role.INSPECTOR)
    @Transactional
    Shown change(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything("quotas are set");
        Quota before = table.lock(Ids.parse(SUBJECT, id)).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!Objects.equals(before.version(), wanted.version())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Quota after = table.update(before.id(), terms(wanted), caller);
        audit.record(caller, "change", SUBJECT, id, before, after);
        return now(after, caller.scope());
    }

    private static QuotaTable.Terms terms(Wanted wanted) {
        if (wanted.kind() != null && !wanted.counted().hasKind()) {
            throw Refusal.field("kind", "is of inspections; " + wanted.counted().label() + " have none");
        }
        if (!Set.of("squad", "bureau").contains(wanted.per())) {
            throw Refusal.field("per", "must be squad or bureau, was " + wanted.per());
        }
        if (wanted.counted().ofSquads()) {
            if (!wanted.per().equals("bureau")) {
                throw Refusal.field("per", "must be bureau: percent of the squads is not owed by a squad");
            }
            if (wanted.target() > 100) {
                throw Refusal.field("target", "is percent of the squads, at most 100, was " + wanted.target());
            }
        }
        return new QuotaTable.Terms(
                wanted.name().strip(),
                wanted.counted(),
                wanted.kind(),
                wanted.per().equals("squad"),
                wanted.target(),
                wanted.period(),
                wanted.source() == null || wanted.source().isBlank()
                        ? null
                        : wanted.source().strip(),
                wanted.active());
    }

    private Shown now(Quota quota, DataScope scope) {
        return shown(quota, LocalDate.ofInstant(clock.instant(), BureauTime.ZONE), table.squads(scope), scope);
    }

    private Shown shown(Quota quota, LocalDate day, List<Progress.Squad> squads, DataScope scope) {
        Progress progress = Progress.of(
                quota, day, squads, table.count(quota, quota.period().of(day), scope));
        return new Shown(
                Long.toString(quota.id()),
                quota.name(),
                quota.counted(),
                quota.kind(),
                quota.perSquad() ? "squad" : "bureau",
                quota.target(),
                quota.period(),
                quota.source(),
                quota.active(),
                quota.changedBy(),
                quota.changedAt(),
                quota.version(),
                progress.span().first(),
                progress.span().after().minusDays(1),
                progress.day(),
                progress.span().days(),
                progress.done(),
                progress.due(),
                progress.state(),
                progress.squads());
    }
}
