package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.checks.CheckState.Action;
import org.farwatch.api.findings.SupervisionLeads;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** What people do with inspection tasks. Every method is part of the caller's transaction. */
@Component
class CheckDesk {
    private static final String SUBJECT = InspectionTask.SUBJECT;

    private final CheckTable table;
    private final CheckScores scores;
    private final CheckEvidence evidence;
    private final CheckSubjects subjects;
    private final CheckPeople people;
    private final Checklists lists;
    private final OpenTasks open;
    private final SupervisionLeads leads;
    private final AuditLog audit;
    private final Clock clock;

    CheckDesk(
            CheckTable table,
            CheckScores scores,
            CheckEvidence evidence,
            CheckSubjects subjects,
            CheckPeople people,
            Checklists lists,
            OpenTasks open,
            SupervisionLeads leads,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.scores = scores;
        this.evidence = evidence;
        this.subjects = subjects;
        this.people = people;
        this.lists = lists;
        this.open = open;
        this.leads = leads;
        this.audit = audit;
        this.clock = clock;
    }

    /** How one ends. */
    record Finish(CheckOutcome outcome, String what, String officerId, String note) {}

    /** What is given for an item; null takes it back. */
    record Given(int version, BigDecimal points, boolean notApplicable, String note) {}

    /** @return what stands of it, with all that the caller may do */
    InspectionTask find(String id, Caller caller) {
        InspectionTask task =
                table.find(Ids.parse(SUBJECT, id), caller, false).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        return task.with(
                CheckRights.actions(task, caller), scores.of(task), evidence.of(task.key()), table.events(task.key()));
    }

    /**
     * @return id
     * @throws Refusal 400 naming what cannot be
     */
    long create(NewTask wanted, Caller caller) {
        NewTask.requireTimes(wanted.start(), wanted.end(), wanted.dueAt(), clock.instant());
        Checklist list = list(wanted.checklistId());
        long squad = caller.scope().squadNamed(wanted.squadId());
        String level = caller.scope().everything() ? InspectionTask.BUREAU : InspectionTask.SQUAD;
        CheckSubjects.Subject subject = subjects.require(wanted, squad);
        List<String> persons = wanted.persons() == null ? List.of(Long.toString(caller.userId())) : wanted.persons();
        long id = table.insert(
                        new CheckTable.New(
                                list.kind(),
                                wanted.method(),
                                level,
                                Long.parseLong(list.id()),
                                squad,
                                subject.officerId(),
                                subject.deviceNo(),
                                subject.streamId(),
                                subject.postId(),
                                wanted.start(),
                                wanted.end(),
                                null,
                                null,
                                wanted.dueAt(),
                                people.require(persons, list.kind(), squad, level)),
                        caller)
                .orElseThrow();
        audit.record(caller, "create", SUBJECT, Long.toString(id), null, wanted);
        return id;
    }

    /** A list that tasks may be made with. */
    Checklist list(String id) {
        Checklist list = lists.find(Ids.field("checklistId", id))
                .orElseThrow(() -> Refusal.field("checklistId", "names no checklist: " + id));
        if (list.retired()) {
            throw Refusal.field("checklistId", "names a list that is not used any more: " + list.name());
        }
        return list;
    }

    void start(String id, int version, Caller caller) {
        InspectionTask task = take(id, version, Action.START, caller);
        scores.freeze(task);
        move(task, Action.START, null, caller);
    }

    /** @throws Refusal 400 for points that cannot be given, 409 when another gave some meanwhile */
    void score(String id, int position, Given given, Caller caller) {
        InspectionTask task = take(id, null, Action.SCORE, caller);
        CheckItem item = scores.of(task).stream()
                .filter(each -> each.position() == position)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("item", Integer.toString(position)));
        BigDecimal points = given.points();
        if (points != null && given.notApplicable()) {
            throw Refusal.field("points", "must not be given where the item does not apply");
        }
        if (points != null
                && (points.signum() < 0 || points.compareTo(item.points()) > 0 || !Checklist.Item.inSteps(points))) {
            throw Refusal.field("points", "must be 0 to " + item.points() + " in steps of 0.5, was " + points);
        }
        String note = given.note() == null || given.note().isBlank()
                ? null
                : given.note().strip();
        if (!scores.give(task, position, given.version(), points, given.notApplicable(), note, caller)) {
            throw Refusal.conflict("item", Integer.toString(position), item.version(), item.scoredBy());
        }
        audit.record(caller, Action.SCORE.label(), SUBJECT, id, item, given);
    }

    /** The task as it is when something may be kept with it. */
    InspectionTask collecting(String id, Caller caller) {
        return take(id, null, Action.COLLECT, caller);
    }

    /** @throws Refusal 400 naming what is missing */
    void finish(String id, int version, Finish end, Caller caller) {
        InspectionTask task = take(id, version, Action.FINISH, caller);
        List<CheckItem> items = scores.of(task);
        List<String> unscored = items.stream()
                .filter(item -> !item.scored())
                .map(item -> Integer.toString(item.position()))
                .toList();
        if (!unscored.isEmpty()) {
            throw Refusal.field(
                    "items", "must all be scored or not apply; not yet: item " + String.join(", ", unscored));
        }
        Long lead = switch (end.outcome()) {
            case FINE -> null;
            case LEAD -> lead(task, items, end, caller);
        };
        BigDecimal score = CheckItem.percent(items);
        table.finish(task.key(), end.outcome(), score, lead, caller);
        table.event(task.key(), caller, Action.FINISH.label(), end.outcome().label(), end.note(), CheckState.DONE);
        audit.record(caller, Action.FINISH.label(), SUBJECT, id, task.state(), end);
        open.changed(task);
    }

    void cancel(String id, int version, String reason, Caller caller) {
        InspectionTask task = take(id, version, Action.CANCEL, caller);
        move(task, Action.CANCEL, reason, caller);
        open.changed(task);
    }

    void reassign(String id, int version, List<String> persons, String reason, Caller caller) {
        InspectionTask task = take(id, version, Action.REASSIGN, caller);
        table.send(task.key(), people.require(persons, task.kind(), task.squadNo(), task.level()));
        move(task, Action.REASSIGN, reason, caller);
        open.changed(task);
    }

    private long lead(InspectionTask task, List<CheckItem> items, Finish end, Caller caller) {
        if (end.what() == null || end.what().isBlank()) {
            throw Refusal.field("what", "must say what was found");
        }
        boolean said = end.note() != null && !end.note().isBlank();
        if (!said && items.stream().noneMatch(CheckItem::below)) {
            throw Refusal.field("note", "must say why there is a lead although no item is below full marks");
        }
        long lead = leads.create(
                new SupervisionLeads.New(
                        task.squadNo(),
                        Ids.field("officerId", end.officerId()),
                        null,
                        end.what().strip()),
                end.note(),
                caller);
        for (InspectionTask.Kept kept : evidence.of(task.key())) {
            leads.attach(lead, kept.id(), named(task, kept), caller);
        }
        return lead;
    }

    private static String named(InspectionTask task, InspectionTask.Kept kept) {
        String from = kept.streamName() == null ? "照片" : kept.streamName();
        String name = "督察任务 " + task.id() + " " + from + " " + CheckEvidence.clockTime(kept.at());
        return kept.note() == null ? name : name + " " + kept.note();
    }

    private InspectionTask take(String id, Integer version, Action action, Caller caller) {
        InspectionTask task =
                table.find(Ids.parse(SUBJECT, id), caller, true).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (version != null && task.version() != version) {
            throw audit.conflict(SUBJECT, id, task.version());
        }
        CheckRights.require(task, action, caller);
        return task;
    }

    private void move(InspectionTask task, Action action, String reason, Caller caller) {
        CheckState next = CheckRights.require(task, action, caller);
        table.move(task.key(), next);
        table.event(task.key(), caller, action.label(), reason, null, next);
        audit.record(
                caller, action.label(), SUBJECT, task.id(), task.state(), Map.of("state", next, "task", task.id()));
    }
}
