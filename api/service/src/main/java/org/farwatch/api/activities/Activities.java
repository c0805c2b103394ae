package org.farwatch.api.activities;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Entering, changing and retiring activities. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Activities {
    static final String SUBJECT = "activity";

    private final ActivityTable table;
    private final ActivityKinds kinds;
    private final StageTable stages;
    private final ActivityReader reader;
    private final AuditLog audit;
    private final Clock clock;

    Activities(
            ActivityTable table,
            ActivityKinds kinds,
            StageTable stages,
            ActivityReader reader,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.kinds = kinds;
        this.stages = stages;
        this.reader = reader;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param made false when the source had sent the same one before */
    record Entered(long id, boolean made) {}

    /**
     * Enters one; the same one of the same sender again is none.
     *
     * @throws Refusal 400 naming the field; 409 when its sender gave the id to another one
     */
    Entered enter(NewActivity wanted, String source, Caller caller) {
        wanted.check(kinds.all(), clock.instant());
        long squad = squad(wanted, caller.scope());
        List<Long> officers = officers(wanted, caller.scope());
        ActivityTable.Origin origin = new ActivityTable.Origin(source, ActivityTable.stripped(wanted.externalId()));
        Optional<Long> made;
        try {
            made = table.insert(wanted, squad, origin, caller.username(), clock.instant());
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
        if (made.isEmpty()) {
            return new Entered(before(wanted, squad, origin, caller), false);
        }
        long id = made.get();
        table.officers(id, officers);
        for (int i = 0; i < wanted.stages().size(); i++) {
            stages.insert(id, i + 1, wanted.stages().get(i));
        }
        table.event(id, null, caller.username(), "create", null, ActivityState.ACTIVE.label());
        audit.record(caller, "create", SUBJECT, Long.toString(id), null, wanted);
        return new Entered(id, true);
    }

    /**
     * Changes one to what is given; stages without an id are new, those that are not named go with what was accepted for
     * them.
     *
     * @throws Refusal 400, 403, 404, or 409 for another version
     */
    void change(String id, int version, NewActivity wanted, Caller caller) {
        Activity before = locked(id, version, ActivityAction.CHANGE, caller);
        wanted.check(kinds.all(), clock.instant());
        long key = Long.parseLong(before.id());
        long squad = squad(wanted, caller.scope());
        List<Long> officers = officers(wanted, caller.scope());
        try {
            table.update(key, wanted, squad);
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
        table.officers(key, officers);
        List<Long> kept = new ArrayList<>();
        for (int i = 0; i < wanted.stages().size(); i++) {
            Long stage =
                    Ids.field("stages[" + i + "].id", wanted.stages().get(i).id());
            if (stage != null) {
                if (kept.contains(stage)
                        || !stages.update(key, stage, i + 1, wanted.stages().get(i))) {
                    throw Refusal.field("stages[" + i + "].id", "names no stage of this activity: " + stage);
                }
                kept.add(stage);
            }
        }
        stages.deleteExcept(key, kept);
        for (int i = 0; i < wanted.stages().size(); i++) {
            if (wanted.stages().get(i).id() == null) {
                stages.insert(key, i + 1, wanted.stages().get(i));
            }
        }
        table.event(key, null, caller.username(), "change", null, ActivityState.ACTIVE.label());
        audit.record(caller, "change", SUBJECT, id, before, wanted);
    }

    /** @throws Refusal 400 without a note, 403, 404, or 409 for another version or one that is retired */
    void retire(String id, int version, String note, Caller caller) {
        Activity before = locked(id, version, ActivityAction.RETIRE, caller);
        if (note == null || note.isBlank()) {
            throw Refusal.field("note", "must say why it was a mistake");
        }
        long key = Long.parseLong(before.id());
        table.retire(key);
        table.event(key, null, caller.username(), "retire", note.strip(), ActivityState.RETIRED.label());
        audit.record(caller, "retire", SUBJECT, id, before, note.strip());
    }

    private Activity locked(String id, int version, ActivityAction action, Caller caller) {
        Activity before = table.lock(Ids.parse(SUBJECT, id), caller.scope())
                .map(one -> reader.whole(List.of(one), caller).getFirst())
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        ActivityAction.FLOW.next(id, before.state(), action, caller.roles());
        return before;
    }

    private long before(NewActivity wanted, long squad, ActivityTable.Origin origin, Caller caller) {
        long id = table.known(origin).orElseThrow();
        boolean same = reader.find(id, caller)
                .filter(one -> one.state() == ActivityState.ACTIVE
                        && one.squadId().equals(Long.toString(squad))
                        && Said.of(one).equals(Said.of(wanted)))
                .isPresent();
        if (!same) {
            throw new Refusal(
                            409,
                            "only once",
                            "externalId " + origin.externalId() + " was given to another " + SUBJECT
                                    + ", or one that was changed since; change it, or give another id")
                    .with("errors", List.of(new Refusal.FieldError("externalId", "was given before")));
        }
        return id;
    }

    /** What two activities of one external id must agree in. */
    private record Said(String kind, String title, String place, String caseNo, List<String> officers, List<?> parts) {
        static Said of(NewActivity one) {
            List<Object> parts = new ArrayList<>(List.of(one.from(), one.to()));
            one.stages()
                    .forEach(stage ->
                            parts.add(List.of(stage.name().strip(), stage.from(), stage.to(), stage.required())));
            return new Said(
                    one.kind(),
                    one.title().strip(),
                    ActivityTable.stripped(one.place()),
                    ActivityTable.stripped(one.caseNo()),
                    List.copyOf(one.officerIds()),
                    parts);
        }

        static Said of(Activity one) {
            List<Object> parts = new ArrayList<>(List.of(one.from(), one.to()));
            one.stages()
                    .forEach(stage -> parts.add(List.of(stage.name(), stage.from(), stage.to(), stage.mustRecord())));
            return new Said(
                    one.kind(),
                    one.title(),
                    one.place(),
                    one.caseNo(),
                    one.officers().stream().map(Activity.Officer::id).toList(),
                    parts);
        }
    }

    private static long squad(NewActivity wanted, DataScope scope) {
        if (wanted.squadId() == null && !scope.everything() && scope.squads().size() == 1) {
            return scope.squads().iterator().next();
        }
        Long squad = scope.squadNamed(wanted.squadId());
        if (squad == null) {
            throw Refusal.field("squadId", "must say whose activity it is");
        }
        return squad;
    }

    private List<Long> officers(NewActivity wanted, DataScope scope) {
        List<Long> officers = new ArrayList<>();
        for (int i = 0; i < wanted.officerIds().size(); i++) {
            officers.add(Ids.field("officerIds[" + i + "]", wanted.officerIds().get(i)));
        }
        table.strangers(officers, scope).stream().findFirst().ifPresent(stranger -> {
            throw Refusal.field(
                    "officerIds[" + officers.indexOf(stranger) + "]", "names no officer of yours: " + stranger);
        });
        return officers;
    }
}
