package org.farwatch.api.rollcall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Roll calls in the database. One is seen by those who see all of its squads: it is judged as a whole. */
@Repository
class RollCallTable {
    static final String SYSTEM = "system";

    private static final String SELECT = """
            select r.*,
                array(select distinct s.name from roll_call_answer a join squad s on s.id = a.squad_id
                    where a.roll_call = r.id order by 1) as squads,
                array(select a.outcome from roll_call_answer a where a.roll_call = r.id) as outcomes
            from roll_call r
            where (:everything or not exists (
                select from roll_call_answer a where a.roll_call = r.id and a.squad_id <> all(:squads)))
            """;

    private final JdbcClient jdbc;

    RollCallTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a new one says.
     *
     * @param number null for all
     */
    record New(String purpose, Integer number, Instant calledAt, Instant answerUntil, Instant lateUntil) {}

    /**
     * One who is called, as he is on duty at that moment.
     *
     * @param dutyId of the duty that is answered for
     */
    record Called(long officerId, long squadNo, long dutyId, long postId, Instant dutyEnd, String presence) {}

    /**
     * Newest first.
     *
     * @param before id of the last one given, null for the first part
     */
    List<RollCall> list(RollCallState state, DataScope scope, Long before, int limit) {
        return select("""
                         and (:state::text is null or r.state = :state::text)
                            and (:before::bigint is null or r.id < :before::bigint)
                        order by r.id desc limit :limit""", scope)
                .param("state", state == null ? null : state.label(), Types.VARCHAR)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<RollCall> find(long id, DataScope scope) {
        return select(" and r.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** As {@link #find}, and nobody else changes it or its answers until the transaction ends. */
    Optional<RollCall> lock(long id, DataScope scope) {
        return select(" and r.id = :id for update of r", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Ids of those in a state of which an answer could still change by a position. */
    List<Long> unsettled(RollCallState state) {
        return jdbc.sql("""
                        select c.id from roll_call c where c.state = :state and (c.state = 'open' or exists (
                            select from roll_call_answer a
                            where a.roll_call = c.id and a.outcome in ('pending', 'late', 'absent')))
                        order by c.id""").param("state", state.label()).query(Long.class).list();
    }

    long insert(New call, String by) {
        return jdbc.sql("""
                        insert into roll_call (purpose, number, state, called_by, called_at, answer_until, late_until)
                        values (:purpose, :number, 'open', :by, :at, :answer, :late) returning id""")
                .param("purpose", call.purpose())
                .param("number", call.number(), Types.INTEGER)
                .param("by", by)
                .param("at", Timestamp.from(call.calledAt()))
                .param("answer", Timestamp.from(call.answerUntil()))
                .param("late", Timestamp.from(call.lateUntil()))
                .query(Long.class)
                .single();
    }

    /** Freezes one who is called, with the device that he has and the task that he has signed for at the call. */
    void insert(long id, Called called, Instant at) {
        jdbc.sql("""
                insert into roll_call_answer (roll_call, officer_id, squad_id, duty_id, post_id, duty_end, presence,
                    device_no, task_id, outcome)
                values (:call, :officer, :squad, :duty, :post, :end, :presence,
                    (select c.device_no from custody c join device v on v.no = c.device_no
                        where c.officer_id = :officer and c.held @> :at::timestamptz
                        order by (v.kind = 'body-camera') desc, v.no limit 1),
                    (select t.id from task t join app_user u on u.id = t.assignee_id
                        where u.officer_id = :officer and t.state = 'signed' order by t.id limit 1),
                    'pending')""")
                .param("call", id)
                .param("officer", called.officerId())
                .param("squad", called.squadNo())
                .param("duty", called.dutyId())
                .param("post", called.postId())
                .param("end", Timestamp.from(called.dutyEnd()))
                .param("presence", called.presence(), Types.VARCHAR)
                .param("at", Timestamp.from(at))
                .update();
    }

    void move(long id, RollCallState to) {
        jdbc.sql("update roll_call set state = :state, version = version + 1 where id = :id")
                .param("state", to.label())
                .param("id", id)
                .update();
    }

    void event(long id, Long officer, String by, String action, String reason, String note, String to) {
        jdbc.sql("""
                insert into roll_call_event (roll_call, officer_id, username, action, reason, note, to_state)
                values (:call, :officer, :by, :action, :reason, :note, :to)""")
                .param("call", id)
                .param("officer", officer, Types.BIGINT)
                .param("by", by)
                .param("action", action)
                .param("reason", reason, Types.VARCHAR)
                .param("note", note, Types.VARCHAR)
                .param("to", to)
                .update();
    }

    List<RollCall.Event> events(long id) {
        return jdbc.sql("select * from roll_call_event where roll_call = :id order by id")
                .param("id", id)
                .query((row, _) -> new RollCall.Event(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("officer_id"),
                        row.getString("action"),
                        row.getString("reason"),
                        row.getString("note"),
                        row.getString("to_state")))
                .list();
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private static RollCall read(ResultSet row) throws SQLException {
        String[] outcomes = (String[]) row.getArray("outcomes").getArray();
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, (int)
                    Arrays.stream(outcomes).filter(outcome.label()::equals).count());
        }
        return new RollCall(
                row.getString("id"),
                row.getString("purpose"),
                List.of((String[]) row.getArray("squads").getArray()),
                row.getObject("number", Integer.class),
                Flow.read(RollCallState.class, row.getString("state")),
                row.getString("called_by"),
                row.getTimestamp("called_at").toInstant(),
                row.getTimestamp("answer_until").toInstant(),
                row.getTimestamp("late_until").toInstant(),
                outcomes.length,
                counts,
                row.getInt("version"),
                Set.of(),
                List.of(),
                List.of());
    }
}
