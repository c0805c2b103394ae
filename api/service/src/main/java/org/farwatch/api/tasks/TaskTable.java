package org.farwatch.api.tasks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of tasks, their events and the files named in them. */
@Repository
class TaskTable {
    private static final String SELECT = """
            select t.*, s.name as squad_name, u.display_name as assignee_name
            from task t join squad s on s.id = t.squad_id left join app_user u on u.id = t.assignee_id
            """;
    /** Whose squads' it is, or who has it in hand. */
    private static final String SEEN = "(:everything or t.squad_id = any(:squads) or t.assignee_id = :me)";

    private final JdbcClient jdbc;

    TaskTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param assigneeId user, 0 for none */
    record Stored(
            long id,
            String lane,
            TaskState state,
            String title,
            long alertId,
            long squadId,
            String squadName,
            long assigneeId,
            String assigneeName,
            String note,
            Instant openedAt,
            String openedBy,
            Instant since,
            Instant signDue,
            Instant handleDue,
            int version) {}

    /** What one asks for; null means any. */
    record Filter(TaskState state, Long squadId, Long alertId, Boolean overdue) {}

    /** A new task. {@code assigneeId} null: the leaders of the squad. */
    record New(
            String lane,
            long alertId,
            String title,
            long squadId,
            Long assigneeId,
            String note,
            Instant openedAt,
            String openedBy,
            Instant signDue,
            Instant handleDue) {}

    long insert(New task) {
        return jdbc.sql("""
                        insert into task (lane, state, alert_id, title, squad_id, assignee_id, note, opened_at, opened_by,
                            since, sign_due, handle_due)
                        values (:lane, 'open', :alert, :title, :squad, :assignee, :note, :at, :by, :at, :signDue, :handleDue)
                        returning id""")
                .param("lane", task.lane())
                .param("alert", task.alertId())
                .param("title", task.title())
                .param("squad", task.squadId())
                .param("assignee", task.assigneeId(), Types.BIGINT)
                .param("note", task.note())
                .param("at", Timestamp.from(task.openedAt()))
                .param("by", task.openedBy())
                .param("signDue", Timestamp.from(task.signDue()))
                .param("handleDue", Timestamp.from(task.handleDue()))
                .query(Long.class)
                .single();
    }

    /**
     * Newest first.
     *
     * @param beforeAt openedAt and id of the last one given, null for the first part
     */
    List<Stored> list(
            String lane, Filter filter, Caller caller, Instant now, Instant beforeAt, Long beforeId, int limit) {
        DataScope scope = TaskRights.scope(caller);
        return jdbc.sql(SELECT + " where t.lane = :lane and " + SEEN + """
                         and (:state::text is null or t.state = :state::text)
                            and (:squad::bigint is null or t.squad_id = :squad::bigint)
                            and (:alert::bigint is null or t.alert_id = :alert::bigint)
                            and (:overdue::boolean is null or :overdue::boolean =
                                (t.state = 'open' and t.sign_due <= :now
                                    or t.state in ('open', 'signed') and t.handle_due <= :now))
                            and (:beforeAt::timestamptz is null
                                or (t.opened_at, t.id) < (:beforeAt::timestamptz, :beforeId::bigint))
                        order by t.opened_at desc, t.id desc limit :limit""")
                .param("lane", lane)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("me", caller.userId())
                .param("state", filter.state() == null ? null : filter.state().label())
                .param("squad", filter.squadId())
                .param("alert", filter.alertId())
                .param("overdue", filter.overdue())
                .param("now", Timestamp.from(now))
                .param("beforeAt", beforeAt == null ? null : beforeAt.toString())
                .param("beforeId", beforeId)
                .param("limit", limit)
                .query(TaskTable::stored)
                .list();
    }

    Optional<Stored> find(String lane, long id, Caller caller, boolean lock) {
        DataScope scope = TaskRights.scope(caller);
        return jdbc.sql(SELECT + " where t.lane = :lane and t.id = :id and " + SEEN + (lock ? " for update of t" : ""))
                .param("lane", lane)
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("me", caller.userId())
                .query(TaskTable::stored)
                .optional();
    }

    /** Writes the state and whatever else an action changes; clocks that start anew have not been told of. */
    void update(Stored after, boolean newClocks) {
        jdbc.sql("""
                update task set state = :state, squad_id = :squad, assignee_id = nullif(:assignee, 0), since = :since,
                    sign_due = :signDue, handle_due = :handleDue,
                    sign_alert = case when :newClocks then null else sign_alert end,
                    handle_alert = case when :newClocks then null else handle_alert end,
                    version = :version
                where id = :id""")
                .param("state", after.state().label())
                .param("squad", after.squadId())
                .param("assignee", after.assigneeId())
                .param("since", Timestamp.from(after.since()))
                .param("signDue", Timestamp.from(after.signDue()))
                .param("handleDue", Timestamp.from(after.handleDue()))
                .param("newClocks", newClocks)
                .param("version", after.version())
                .param("id", after.id())
                .update();
    }

    void event(
            long taskId,
            String by,
            String action,
            String reason,
            String note,
            long squadId,
            TaskState to,
            List<String> evidence) {
        long event = jdbc.sql("""
                        insert into task_event (task_id, username, action, reason, note, squad_id, to_state)
                        values (:task, :by, :action, :reason, :note, :squad, :to) returning id""")
                .param("task", taskId)
                .param("by", by)
                .param("action", action)
                .param("reason", reason)
                .param("note", note)
                .param("squad", squadId)
                .param("to", to.label())
                .query(Long.class)
                .single();
        for (String file : evidence) {
            jdbc.sql("insert into task_evidence (event_id, evidence) values (:event, :file)")
                    .param("event", event)
                    .param("file", file)
                    .update();
        }
    }

    List<Task.Event> events(long taskId) {
        return jdbc.sql("""
                        select e.at, e.username, e.action, e.reason, e.note, s.name, e.to_state,
                            array(select f.evidence from task_evidence f where f.event_id = e.id order by 1) as files
                        from task_event e join squad s on s.id = e.squad_id where e.task_id = :id order by e.id""")
                .param("id", taskId)
                .query((row, _) -> new Task.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        List.of((String[]) row.getArray(8).getArray())))
                .list();
    }

    boolean knowsSquad(long squadId) {
        return jdbc.sql("select exists (select from squad where id = :id)")
                .param("id", squadId)
                .query(Boolean.class)
                .single();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getString("lane"),
                Flow.read(TaskState.class, row.getString("state")),
                row.getString("title"),
                row.getLong("alert_id"),
                row.getLong("squad_id"),
                row.getString("squad_name"),
                row.getLong("assignee_id"),
                row.getString("assignee_name"),
                row.getString("note"),
                row.getTimestamp("opened_at").toInstant(),
                row.getString("opened_by"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("sign_due").toInstant(),
                row.getTimestamp("handle_due").toInstant(),
                row.getInt("version"));
    }
}
