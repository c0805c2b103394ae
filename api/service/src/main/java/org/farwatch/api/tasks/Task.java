package org.farwatch.api.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.farwatch.api.leads.Alert;

/**
 * A task (处置任务) or device ticket (设备工单) as the API gives it.
 *
 * @param lane {@code task} or {@code ticket}
 * @param alert what it came from, without its history; with the pictures that the squad is to see
 * @param assignee who in the squad has it in hand, null: the leaders of the squad
 * @param note of whoever put it into the lane
 * @param since when it came into its state
 * @param dueAt the clock that runs now, null when none does
 * @param overdue {@code sign} or {@code handle}: the clock that ran out, null when none did
 * @param actions what the caller may do with it now
 * @param history only where one task is asked for
 */
public record Task(
        String id,
        String lane,
        TaskState state,
        String title,
        String alertId,
        Alert alert,
        String squadId,
        String squadName,
        Assignee assignee,
        String note,
        Instant openedAt,
        String openedBy,
        Instant since,
        Instant signDue,
        Instant handleDue,
        Instant dueAt,
        String overdue,
        Set<TaskAction> actions,
        int version,
        List<Event> history) {
    /** @param id of the user */
    public record Assignee(String id, String name) {}

    /**
     * One change: who, when, why.
     *
     * @param squadName whose task it was after it
     * @param evidence ids of files that were named
     */
    public record Event(
            Instant at,
            String by,
            String action,
            String reason,
            String note,
            String squadName,
            String toState,
            List<String> evidence) {}
}
