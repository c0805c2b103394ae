package org.farwatch.api.tasks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.evidence.EvidenceUse;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.AlertReader;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.Lane;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** What a squad is asked to settle, from the confirmed alert to its end. Every method is part of the caller's transaction. */
@Component
class Tasks {
    private final TaskTable table;
    private final Receivers receivers;
    private final AlertReader reader;
    private final Alerts alerts;
    private final List<EvidenceUse> uses;
    private final Rules rules;
    private final AuditLog audit;
    private final Clock clock;

    Tasks(
            TaskTable table,
            Receivers receivers,
            AlertReader reader,
            Alerts alerts,
            List<EvidenceUse> uses,
            Rules rules,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.receivers = receivers;
        this.reader = reader;
        this.alerts = alerts;
        this.uses = uses;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
        rules.check(values -> values.get(Threshold.TASK_SIGN_SECONDS) < values.get(Threshold.TASK_HANDLE_SECONDS)
                ? null
                : "does not go together with the others: task.sign-seconds must be less than task.handle-seconds");
    }

    /** What the caller of an action says; each action takes what it needs and refuses when it is missing. */
    record Said(int version, String reason, String note, String squadId, String assigneeId, List<String> evidence) {}

    void open(String lane, Alert alert, Lane.Wanted wanted, Caller caller) {
        String squad = wanted.squadId() == null ? alert.unitId() : wanted.squadId();
        if (squad == null) {
            throw Refusal.field("squadId", "must name the squad that is to settle it: the alert belongs to none");
        }
        long squadNo = squad(squad, caller);
        Instant now = clock.instant();
        long id = table.insert(new TaskTable.New(
                lane,
                Ids.parse("alert", alert.id()),
                alert.title(),
                squadNo,
                receivers.first(squadNo, lane).orElse(null),
                wanted.note(),
                now,
                caller.username(),
                due(now, Threshold.TASK_SIGN_SECONDS),
                due(now, Threshold.TASK_HANDLE_SECONDS)));
        table.event(id, caller.username(), "open", null, wanted.note(), squadNo, TaskState.OPEN, List.of());
        audit.record(
                caller,
                "create",
                lane,
                Long.toString(id),
                null,
                Map.of("alertId", alert.id(), "squadId", Long.toString(squadNo)));
    }

    List<Task> list(String lane, TaskTable.Filter filter, Caller caller, Instant beforeAt, Long beforeId, int limit) {
        Instant now = clock.instant();
        List<TaskTable.Stored> found = table.list(lane, filter, caller, now, beforeAt, beforeId, limit);
        Map<String, Alert> sources =
                reader.of(found.stream().map(TaskTable.Stored::alertId).toList());
        return found.stream()
                .map(task -> show(task, sources.get(Long.toString(task.alertId())), caller, now, null))
                .toList();
    }

    Task find(String lane, String id, Caller caller) {
        TaskTable.Stored task = find(lane, id, caller, false);
        Alert source = reader.of(List.of(task.alertId())).get(Long.toString(task.alertId()));
        return show(task, source, caller, clock.instant(), table.events(task.id()));
    }

    /**
     * Carries an action out.
     *
     * @throws Refusal 404; 409 for an older version or a state that does not allow it; 403 for a role that may not; 400
     *     naming what is missing
     */
    void act(String lane, String id, TaskAction action, Said said, Caller caller) {
        TaskTable.Stored before = find(lane, id, caller, true);
        if (before.version() != said.version()) {
            throw audit.conflict(lane, id, before.version());
        }
        TaskState next = TaskAction.FLOW.next(
                id, before.state(), action, TaskRights.roles(caller, before.squadId(), before.assigneeId()));
        List<String> evidence = said.evidence() == null
                ? List.of()
                : said.evidence().stream().distinct().toList();
        requireSaid(action, said, evidence, caller);
        TaskTable.Stored after = after(before, next, action, said, caller);
        table.update(after, action == TaskAction.REASSIGN || action == TaskAction.CHECK_FAILED);
        table.event(
                before.id(),
                caller.username(),
                action.label(),
                said.reason(),
                said.note(),
                after.squadId(),
                next,
                evidence);
        audit.record(caller, action.label(), lane, id, audited(before), audited(after));
        if (TaskAction.FLOW.ends(next)) {
            alerts.close(before.alertId(), caller.username(), said.note());
        }
    }

    private void requireSaid(TaskAction action, Said said, List<String> evidence, Caller caller) {
        boolean silent = said.note() == null || said.note().isBlank();
        switch (action) {
            case SIGN -> {}
            case HANDLE -> {
                if (silent) {
                    throw Refusal.field("note", "must say what was done");
                }
            }
            case CHECK_PASSED -> {
                if (silent && evidence.isEmpty()) {
                    throw Refusal.field("note", "must say what was seen, unless evidence shows it");
                }
            }
            case RETURN, CHECK_FAILED, CLOSE -> TaskReason.require(action, said.reason(), said.note());
            case REASSIGN -> {
                if (said.squadId() == null) {
                    throw Refusal.field("squadId", "must name the squad that is to settle it");
                }
            }
        }
        for (String file : evidence) {
            if (uses.stream().noneMatch(use -> use.using(file, caller.scope()).isPresent())) {
                throw Refusal.field("evidence", "names no file that you may see: " + file);
            }
        }
    }

    private TaskTable.Stored after(TaskTable.Stored task, TaskState next, TaskAction action, Said said, Caller caller) {
        Instant now = clock.instant();
        long squad = task.squadId();
        long assignee = task.assigneeId();
        Instant signDue = task.signDue();
        Instant handleDue = task.handleDue();
        switch (action) {
            case SIGN -> {
                if (said.assigneeId() != null) {
                    assignee = receivers.require("assigneeId", said.assigneeId(), squad);
                }
            }
            case CHECK_FAILED -> handleDue = due(now, Threshold.TASK_HANDLE_SECONDS);
            case REASSIGN -> {
                squad = squad(said.squadId(), caller);
                assignee = receivers.first(squad, task.lane()).orElse(0L);
                signDue = due(now, Threshold.TASK_SIGN_SECONDS);
                handleDue = due(now, Threshold.TASK_HANDLE_SECONDS);
            }
            case HANDLE, CHECK_PASSED, RETURN, CLOSE -> {}
        }
        return new TaskTable.Stored(
                task.id(),
                task.lane(),
                next,
                task.title(),
                task.alertId(),
                squad,
                task.squadName(),
                assignee,
                task.assigneeName(),
                task.note(),
                task.openedAt(),
                task.openedBy(),
                now,
                signDue,
                handleDue,
                task.version() + 1);
    }

    private long squad(String id, Caller caller) {
        long squad = caller.scope().squadNamed(id);
        if (!table.knowsSquad(squad)) {
            throw DataScope.noSquad(id);
        }
        return squad;
    }

    private Instant due(Instant from, Threshold threshold) {
        return from.plus(Duration.ofSeconds(rules.seconds(threshold)));
    }

    private TaskTable.Stored find(String lane, String id, Caller caller, boolean lock) {
        return table.find(lane, Ids.parse(lane, id), caller, lock).orElseThrow(() -> Refusal.notFound(lane, id));
    }

    private static Map<String, Object> audited(TaskTable.Stored task) {
        return Map.of("state", task.state(), "squadId", Long.toString(task.squadId()), "assigneeId", task.assigneeId());
    }

    private static Task show(
            TaskTable.Stored task, Alert source, Caller caller, Instant now, List<Task.Event> history) {
        boolean toSign = task.state() == TaskState.OPEN;
        boolean runs = toSign || task.state() == TaskState.SIGNED;
        Instant due = toSign ? task.signDue() : task.handleDue();
        String overdue = null;
        if (runs && !now.isBefore(task.handleDue())) {
            overdue = "handle";
        } else if (toSign && !now.isBefore(task.signDue())) {
            overdue = "sign";
        }
        return new Task(
                Long.toString(task.id()),
                task.lane(),
                task.state(),
                task.title(),
                Long.toString(task.alertId()),
                source,
                Long.toString(task.squadId()),
                task.squadName(),
                task.assigneeId() == 0
                        ? null
                        : new Task.Assignee(Long.toString(task.assigneeId()), task.assigneeName()),
                task.note(),
                task.openedAt(),
                task.openedBy(),
                task.since(),
                task.signDue(),
                task.handleDue(),
                runs ? due : null,
                overdue,
                TaskAction.FLOW.actions(
                        TaskAction.class, task.state(), TaskRights.roles(caller, task.squadId(), task.assigneeId())),
                task.version(),
                history);
    }
}
