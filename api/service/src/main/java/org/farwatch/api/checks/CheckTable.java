package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of inspection tasks. */
@Repository
class CheckTable {
    /**
     * Somebody limited to squads learns of the bureau's check of his squad when it is done, unless he is sent to it; a
     * legal reviewer of recordings only.
     */
    private static final String SEEN = """
            (:inspector or t.kind = 'recording') and (:everything
                or (t.squad_id = any(:squads) and (t.level = 'squad' or t.state = 'done'))
                or exists (select from inspection_task_person p where p.task_id = t.id and p.user_id = :user))""";

    private static final String SELECT = """
            select t.*, c.name as checklist_name, c.sample as sample_now, s.name as squad_name, o.name as officer_name,
                v.id as device_id, v.name as device_name, m.name as stream_name, g.name as post_name, d.name as draw_name,
                array(select p.user_id::text from inspection_task_person p where p.task_id = t.id order by p.user_id)
                    as person_ids,
                array(select u.display_name from inspection_task_person p join app_user u on u.id = p.user_id
                    where p.task_id = t.id order by p.user_id) as person_names,
                :inspector and (:everything or t.squad_id = any(:squads)) as lead_seen
            from inspection_task t
                join checklist c on c.id = t.checklist_id
                join squad s on s.id = t.squad_id
                left join officer o on o.id = t.officer_id
                left join device v on v.no = t.device_no
                left join stream m on m.id = t.stream_id
                left join post g on g.id = t.post_id
                left join draw d on d.id = t.draw_id
            where\s""" + SEEN;

    private final JdbcClient jdbc;
    private final Clock clock;

    CheckTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a list is reduced to; null means any.
     *
     * @param open only those that are not done or cancelled
     */
    record Filter(boolean mine, boolean open, CheckState state, CheckKind kind, Long squadNo, Long drawId) {}

    /** Where a list goes on. */
    record After(Instant dueAt, long id) {}

    /** What a new one is; null for what it is not about. */
    record New(
            CheckKind kind,
            CheckMethod method,
            String level,
            long checklistId,
            long squadNo,
            Long officerId,
            Integer deviceNo,
            Long streamId,
            Long postId,
            Instant start,
            Instant end,
            Long drawId,
            Integer drawPlace,
            Instant dueAt,
            List<Long> persons) {}

    /** By due time: the next first of those that are open, otherwise the last first. */
    List<InspectionTask> list(Filter filter, Caller caller, After after, int limit) {
        String order = filter.open() ? "" : " desc";
        String next = filter.open() ? ">" : "<";
        return scoped(
                        SELECT + """
                         and (not :mine or exists (
                            select from inspection_task_person p where p.task_id = t.id and p.user_id = :user))
                        and (not :open or t.state in ('assigned', 'in-progress'))
                        and (:state::text is null or t.state = :state::text)
                        and (:kind::text is null or t.kind = :kind::text)
                        and (:squad::bigint is null or t.squad_id = :squad::bigint)
                        and (:draw::bigint is null or t.draw_id = :draw::bigint)
                        and (:afterDue::timestamptz is null or (t.due_at, t.id)\s""" + next
                                + " (:afterDue::timestamptz, :afterId)) order by t.due_at" + order + ", t.id" + order
                                + " limit :limit",
                        caller)
                .param("mine", filter.mine())
                .param("open", filter.open())
                .param("state", filter.state() == null ? null : filter.state().label())
                .param("kind", filter.kind() == null ? null : filter.kind().label())
                .param("squad", filter.squadNo())
                .param("draw", filter.drawId())
                .param("afterDue", after == null ? null : Timestamp.from(after.dueAt()), Types.TIMESTAMP)
                .param("afterId", after == null ? 0 : after.id())
                .param("limit", limit)
                .query((row, _) -> read(row, caller))
                .list();
    }

    /** @param lock whether nobody else may change it until the transaction ends */
    Optional<InspectionTask> find(long id, Caller caller, boolean lock) {
        return scoped(SELECT + " and t.id = :id" + (lock ? " for update of t" : ""), caller)
                .param("id", id)
                .query((row, _) -> read(row, caller))
                .optional();
    }

    /** Empty when there is one of the same place of the same draw. */
    Optional<Long> insert(New task, Caller caller) {
        Instant now = clock.instant();
        Optional<Long> made = jdbc.sql("""
                        insert into inspection_task (kind, method, level, checklist_id, squad_id, officer_id, device_no,
                            stream_id, post_id, starts, ends, draw_id, draw_place, made_at, made_by, due_at, state)
                        values (:kind, :method, :level, :checklist, :squad, :officer, :device, :stream, :post, :start, :end,
                            :draw, :place, :now, :by, :due, 'assigned')
                        on conflict (draw_id, draw_place) do nothing returning id""")
                .param("kind", task.kind().label())
                .param("method", task.method().label())
                .param("level", task.level())
                .param("checklist", task.checklistId())
                .param("squad", task.squadNo())
                .param("officer", task.officerId(), Types.BIGINT)
                .param("device", task.deviceNo(), Types.INTEGER)
                .param("stream", task.streamId(), Types.BIGINT)
                .param("post", task.postId(), Types.BIGINT)
                .param("start", Timestamp.from(task.start()))
                .param("end", Timestamp.from(task.end()))
                .param("draw", task.drawId(), Types.BIGINT)
                .param("place", task.drawPlace(), Types.INTEGER)
                .param("now", Timestamp.from(now))
                .param("by", caller.username())
                .param("due", Timestamp.from(task.dueAt()))
                .query(Long.class)
                .optional();
        made.ifPresent(id -> {
            send(id, task.persons());
            event(id, caller, "create", null, null, CheckState.ASSIGNED);
        });
        return made;
    }

    /** Replaces those who check. */
    void send(long id, List<Long> persons) {
        jdbc.sql("delete from inspection_task_person where task_id = :id")
                .param("id", id)
                .update();
        persons.forEach(person -> jdbc.sql("insert into inspection_task_person (task_id, user_id) values (:id, :user)")
                .param("id", id)
                .param("user", person)
                .update());
    }

    void move(long id, CheckState to) {
        jdbc.sql("update inspection_task set state = :state, version = version + 1 where id = :id")
                .param("state", to.label())
                .param("id", id)
                .update();
    }

    /** @param leadId null for {@link CheckOutcome#FINE} */
    void finish(long id, CheckOutcome outcome, BigDecimal score, Long leadId, Caller caller) {
        jdbc.sql("""
                update inspection_task set state = 'done', outcome = :outcome, score = :score, lead_id = :lead,
                    finished_at = :now, finished_by = :by, version = version + 1 where id = :id""")
                .param("outcome", outcome.label())
                .param("score", score, Types.NUMERIC)
                .param("lead", leadId, Types.BIGINT)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", caller.username())
                .param("id", id)
                .update();
    }

    /** One step, in the caller's transaction. */
    void event(long id, Caller caller, String action, String reason, String note, CheckState to) {
        jdbc.sql("""
                insert into inspection_task_event (task_id, at, username, action, reason, note, to_state)
                values (:id, :now, :by, :action, :reason, :note, :to)""")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", caller.username())
                .param("action", action)
                .param("reason", reason)
                .param("note", note)
                .param("to", to.label())
                .update();
    }

    List<InspectionTask.Event> events(long id) {
        return jdbc.sql("""
                        select at, username, action, reason, note, to_state from inspection_task_event
                        where task_id = :id order by id""")
                .param("id", id)
                .query((row, _) -> new InspectionTask.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    private JdbcClient.StatementSpec scoped(String sql, Caller caller) {
        return jdbc.sql(sql)
                .param("inspector", caller.is(Role.INSPECTOR))
                .param("everything", caller.scope().everything())
                .param("squads", caller.scope().squadArray())
                .param("user", caller.userId());
    }

    private InspectionTask read(ResultSet row, Caller caller) throws SQLException {
        CheckState state = Flow.read(CheckState.class, row.getString("state"));
        Instant due = row.getTimestamp("due_at").toInstant();
        Timestamp finished = row.getTimestamp("finished_at");
        Integer version = row.getObject("checklist_version", Integer.class);
        String outcome = row.getString("outcome");
        List<InspectionTask.Person> persons = persons(row.getArray("person_ids"), row.getArray("person_names"));
        return new InspectionTask(
                row.getString("id"),
                CheckKind.of(row.getString("kind")),
                CheckMethod.of(row.getString("method")),
                row.getString("level"),
                row.getString("checklist_id"),
                row.getString("checklist_name"),
                row.getBoolean(version == null ? "sample_now" : "sample"),
                version,
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("device_id"),
                row.getString("device_name"),
                row.getString("stream_id"),
                row.getString("stream_name"),
                row.getString("post_id"),
                row.getString("post_name"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getString("draw_id"),
                row.getString("draw_name"),
                row.getObject("draw_place", Integer.class),
                row.getTimestamp("made_at").toInstant(),
                row.getString("made_by"),
                due,
                !CheckState.FLOW.ends(state) && clock.instant().isAfter(due),
                state,
                outcome == null ? null : CheckOutcome.of(outcome),
                row.getBigDecimal("score"),
                finished == null ? null : finished.toInstant(),
                row.getString("finished_by"),
                row.getBoolean("lead_seen") ? row.getString("lead_id") : null,
                persons,
                persons.stream().anyMatch(person -> person.id().equals(Long.toString(caller.userId()))),
                row.getInt("version"),
                null,
                null,
                null,
                null);
    }

    private static List<InspectionTask.Person> persons(Array ids, Array names) throws SQLException {
        String[] id = (String[]) ids.getArray();
        String[] name = (String[]) names.getArray();
        List<InspectionTask.Person> persons = new ArrayList<>();
        for (int i = 0; i < id.length; i++) {
            persons.add(new InspectionTask.Person(id[i], name[i]));
        }
        return List.copyOf(persons);
    }
}
