package org.farwatch.api.checks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.inspection.DrawBook;
import org.farwatch.api.web.Page;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /draws/{id}/tasks} and its sampling sheet (抽查表): how what was drawn is checked, and what came of it. */
@RestController
@RequestMapping("/api/v1/draws/{id}")
class DrawTaskController {
    private final DrawTasks tasks;
    private final CheckTable table;
    private final CheckScores scores;
    private final ViewLog views;

    DrawTaskController(DrawTasks tasks, CheckTable table, CheckScores scores, ViewLog views) {
        this.tasks = tasks;
        this.table = table;
        this.scores = scores;
        this.views = views;
    }

    /** @param start for what has no duty or day of its own; {@code end} likewise */
    record Wanted(
            @NotBlank String checklistId,
            @NotNull CheckMethod method,
            Instant start,
            Instant end,
            @NotNull Instant dueAt) {}

    /** @param name of what was drawn; one without a task has none of the rest */
    record Row(int place, String name, InspectionTask task) {}

    /** Makes the tasks that are missing. */
    @PostMapping("/tasks")
    @Permit(Role.INSPECTOR)
    @Transactional
    DrawTasks.Made make(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        return tasks.make(
                id,
                new DrawTasks.Wanted(
                        wanted.checklistId(), wanted.method(), wanted.start(), wanted.end(), wanted.dueAt()),
                caller);
    }

    /** Every item that was drawn, with its task and what was given for each item of the list. The look is logged. */
    @GetMapping("/sheet")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<Row> sheet(@PathVariable String id, Caller caller) {
        DrawBook.Entry draw = tasks.find(id, caller);
        views.record(caller, "inspection-sheet", id, draw.name(), null, null);
        List<InspectionTask> found = table.list(
                new CheckTable.Filter(false, false, null, null, null, draw.id()), caller, null, Page.MAX_LIMIT);
        return Page.all(draw.items().stream()
                .map(item -> new Row(
                        item.place(),
                        item.name(),
                        found.stream()
                                .filter(task -> task.drawPlace() == item.place())
                                .findFirst()
                                .map(task -> task.with(null, scores.of(task), null, null))
                                .orElse(null)))
                .toList());
    }
}
