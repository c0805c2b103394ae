package org.farwatch.api.tasks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** The routes that tasks and device tickets have alike. Each change answers with the record as the caller sees it then. */
abstract class TaskRoutes {
    private static final int LONGEST_NOTE = 1000;
    private static final int MOST_FILES = 20;

    private final String lane;
    private final Tasks tasks;

    TaskRoutes(String lane, Tasks tasks) {
        this.lane = lane;
        this.tasks = tasks;
    }

    /** @param assigneeId user who takes it in hand, null leaves that as it is */
    record Signing(int version, @Size(max = LONGEST_NOTE) String note, String assigneeId) {}

    /** @param evidence ids of files that the caller may see, null for none */
    record Report(
            int version,
            @Size(max = LONGEST_NOTE) String note,
            @Size(max = MOST_FILES) List<String> evidence) {}

    /** @param reason one of those that the action has */
    record Refused(
            int version,
            String reason,
            @Size(max = LONGEST_NOTE) String note,
            @Size(max = MOST_FILES) List<String> evidence) {}

    record Reassignment(
            int version,
            String squadId,
            @Size(max = LONGEST_NOTE) String note) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Task> list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String alertId,
            @RequestParam(required = false) Boolean overdue,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        String[] after = cursor == null ? null : Cursor.parse(cursor, 2);
        List<Task> found = tasks.list(
                lane,
                new TaskTable.Filter(
                        state(state), Ids.field("squadId", squadId), Ids.field("alertId", alertId), overdue),
                caller,
                after == null ? null : Cursor.instant(after[0]),
                after == null ? null : Cursor.number(after[1]),
                most);
        return new Page<>(
                found,
                found.size() < most
                        ? null
                        : Cursor.of(found.getLast().openedAt(), found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.OFFICER})
    Task one(@PathVariable String id, Caller caller) {
        return tasks.find(lane, id, caller);
    }

    @PostMapping("/{id}/sign")
    @Permit(Role.SQUAD_LEADER)
    @Transactional
    Task sign(@PathVariable String id, @Valid @RequestBody Signing said, Caller caller) {
        return act(
                id,
                TaskAction.SIGN,
                new Tasks.Said(said.version(), null, said.note(), null, said.assigneeId(), null),
                caller);
    }

    @PostMapping("/{id}/handle")
    @Permit({Role.SQUAD_LEADER, Role.OFFICER})
    @Transactional
    Task handle(@PathVariable String id, @Valid @RequestBody Report said, Caller caller) {
        return act(id, TaskAction.HANDLE, said, caller);
    }

    @PostMapping("/{id}/check-passed")
    @Permit(Role.OPERATOR)
    @Transactional
    Task checkPassed(@PathVariable String id, @Valid @RequestBody Report said, Caller caller) {
        return act(id, TaskAction.CHECK_PASSED, said, caller);
    }

    @PostMapping("/{id}/check-failed")
    @Permit(Role.OPERATOR)
    @Transactional
    Task checkFailed(@PathVariable String id, @Valid @RequestBody Refused said, Caller caller) {
        return act(id, TaskAction.CHECK_FAILED, said, caller);
    }

    @PostMapping("/{id}/return")
    @Permit(Role.SQUAD_LEADER)
    @Transactional
    Task giveBack(@PathVariable String id, @Valid @RequestBody Refused said, Caller caller) {
        return act(id, TaskAction.RETURN, said, caller);
    }

    @PostMapping("/{id}/reassign")
    @Permit(Role.OPERATOR)
    @Transactional
    Task reassign(@PathVariable String id, @Valid @RequestBody Reassignment said, Caller caller) {
        return act(
                id,
                TaskAction.REASSIGN,
                new Tasks.Said(said.version(), null, said.note(), said.squadId(), null, null),
                caller);
    }

    @PostMapping("/{id}/close")
    @Permit(Role.OPERATOR)
    @Transactional
    Task close(@PathVariable String id, @Valid @RequestBody Refused said, Caller caller) {
        return act(id, TaskAction.CLOSE, said, caller);
    }

    private Task act(String id, TaskAction action, Report said, Caller caller) {
        return act(id, action, new Tasks.Said(said.version(), null, said.note(), null, null, said.evidence()), caller);
    }

    private Task act(String id, TaskAction action, Refused said, Caller caller) {
        return act(
                id,
                action,
                new Tasks.Said(said.version(), said.reason(), said.note(), null, null, said.evidence()),
                caller);
    }

    private Task act(String id, TaskAction action, Tasks.Said said, Caller caller) {
        tasks.act(lane, id, action, said, caller);
        return tasks.find(lane, id, caller);
    }

    private static TaskState state(String given) {
        try {
            return given == null ? null : Flow.read(TaskState.class, given);
        } catch (IllegalArgumentException e) {
            throw Refusal.field("state", e.getMessage());
        }
    }
}
