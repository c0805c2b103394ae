package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.farwatch.api.access.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The items of tasks with what was given for them; the items are frozen when a task is first started. */
@Repository
class CheckScores {
    private final JdbcClient jdbc;
    private final Checklists lists;
    private final Clock clock;

    CheckScores(JdbcClient jdbc, Checklists lists, Clock clock) {
        this.jdbc = jdbc;
        this.lists = lists;
        this.clock = clock;
    }

    /** By position; of a task that was not started, those that its list has now. */
    List<CheckItem> of(InspectionTask task) {
        if (task.checklistVersion() == null) {
            List<Checklist.Item> items =
                    lists.find(Long.parseLong(task.checklistId())).orElseThrow().items();
            return IntStream.range(0, items.size())
                    .mapToObj(i -> CheckItem.of(i + 1, items.get(i)))
                    .toList();
        }
        return jdbc.sql("""
                        select position, group_name, text, points, basis, given, not_applicable, note, scored_by, scored_at,
                            version
                        from inspection_task_score where task_id = :task order by position""")
                .param("task", task.key())
                .query((row, _) -> {
                    Timestamp at = row.getTimestamp("scored_at");
                    return new CheckItem(
                            row.getInt("position"),
                            row.getString("group_name"),
                            row.getString("text"),
                            row.getBigDecimal("points"),
                            row.getString("basis"),
                            row.getBigDecimal("given"),
                            row.getBoolean("not_applicable"),
                            row.getString("note"),
                            row.getString("scored_by"),
                            at == null ? null : at.toInstant(),
                            row.getInt("version"));
                })
                .list();
    }

    /** Copies the list as it stands; does nothing when that was done before. */
    void freeze(InspectionTask task) {
        if (task.checklistVersion() != null) {
            return;
        }
        jdbc.sql("""
                update inspection_task t set checklist_version = c.version, sample = c.sample
                from checklist c where t.id = :task and c.id = t.checklist_id""").param("task", task.key()).update();
        jdbc.sql("""
                insert into inspection_task_score (task_id, position, group_name, text, points, basis)
                select :task, position, group_name, text, points, basis from checklist_item where checklist_id = :list""")
                .param("task", task.key())
                .param("list", Long.parseLong(task.checklistId()))
                .update();
    }

    /**
     * Writes what is given for one item.
     *
     * @param given null with {@code notApplicable}, and to take a score back
     * @return false when the version is not the one that stands
     */
    boolean give(
            InspectionTask task,
            int position,
            int version,
            BigDecimal given,
            boolean notApplicable,
            String note,
            Caller caller) {
        return jdbc.sql("""
                        update inspection_task_score set given = :given, not_applicable = :inapplicable, note = :note,
                            scored_by = :by, scored_at = :now, version = version + 1
                        where task_id = :task and position = :position and version = :version""")
                        .param("given", given, Types.NUMERIC)
                        .param("inapplicable", notApplicable)
                        .param("note", note)
                        .param("by", caller.username())
                        .param("now", Timestamp.from(clock.instant()))
                        .param("task", task.key())
                        .param("position", position)
                        .param("version", version)
                        .update()
                == 1;
    }
}
