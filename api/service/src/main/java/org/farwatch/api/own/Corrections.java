package org.farwatch.api.own;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.OwnScope;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Requests for corrections: the officer's own, and those of a leader's squads. */
@Component
class Corrections {
    static final String SUBJECT = "correction-request";

    private static final String SELECT = """
            select c.*, o.name as officer_name, s.name as squad_name
            from correction_request c join officer o on o.id = c.officer_id join squad s on s.id = o.squad_id
            where (:everything or o.squad_id = any(:squads) or c.officer_id = :own)
            """;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    Corrections(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Newest first.
     *
     * @param before id of the last one given, null for the first part
     */
    List<Correction> list(CorrectionState state, Caller caller, Long before, int limit) {
        return select("""
                         and (:state::text is null or c.state = :state::text)
                            and (:before::bigint is null or c.id < :before::bigint)
                        order by c.id desc limit :limit""", caller)
                .param("state", state == null ? null : state.label(), Types.VARCHAR)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list()
                .stream()
                .map(one -> one.with(actions(one, caller), List.of()))
                .toList();
    }

    /** @throws Refusal 404 */
    Correction find(String id, long key, Caller caller) {
        return seen(key, caller, "")
                .map(one -> one.with(actions(one, caller), events(key)))
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** @return its id */
    @Transactional(propagation = Propagation.MANDATORY)
    long ask(CorrectionKind kind, String request, Caller caller) {
        if (caller.officerId() == 0) {
            throw new Refusal(403, "not permitted", "corrections are asked for by an officer of the register");
        }
        long id = jdbc.sql("""
                        insert into correction_request (officer_id, kind, request, state, asked_at)
                        values (:officer, :kind, :request, 'asked', :now) returning id""")
                .param("officer", caller.officerId())
                .param("kind", kind.label())
                .param("request", request)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
        event(id, caller, "ask", request, CorrectionState.ASKED);
        audit.record(caller, "create", SUBJECT, Long.toString(id), null, kind);
        return id;
    }

    /**
     * Answers.
     *
     * @throws Refusal 404; 409 for another version or one that is answered; 403, also for the officer himself
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void answer(String id, long key, int version, boolean corrected, String answer, Caller caller) {
        Correction before = seen(key, caller, " for update of c").orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        CorrectionState next =
                CorrectionState.FLOW.next(id, before.state(), CorrectionState.Action.ANSWER, caller.roles());
        if (isOwn(before, caller)) {
            throw new Refusal(403, "not permitted", "nobody answers his own correction request");
        }
        jdbc.sql("""
                update correction_request set state = :state, corrected = :corrected, answer = :answer,
                    answered_by = :by, answered_at = :now, version = version + 1
                where id = :id""")
                .param("state", next.label())
                .param("corrected", corrected)
                .param("answer", answer)
                .param("by", caller.username())
                .param("now", Timestamp.from(clock.instant()))
                .param("id", key)
                .update();
        event(key, caller, Flow.label(CorrectionState.Action.ANSWER), answer, next);
        audit.record(caller, "answer", SUBJECT, id, before.state(), next);
    }

    private static Set<CorrectionState.Action> actions(Correction one, Caller caller) {
        return isOwn(one, caller)
                ? Set.of()
                : CorrectionState.FLOW.actions(CorrectionState.Action.class, one.state(), caller.roles());
    }

    private static boolean isOwn(Correction one, Caller caller) {
        return Long.parseLong(one.officerId()) == caller.officerId();
    }

    private Optional<Correction> seen(long id, Caller caller, String lock) {
        return select(" and c.id = :id" + lock, caller)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    private JdbcClient.StatementSpec select(String more, Caller caller) {
        OwnScope own = OwnScope.of(caller);
        return jdbc.sql(SELECT + more)
                .param("everything", own.scope().everything())
                .param("squads", own.scope().squadArray())
                .param("own", own.officerId());
    }

    private void event(long id, Caller caller, String action, String note, CorrectionState to) {
        jdbc.sql("""
                insert into correction_request_event (request_id, username, action, note, to_state)
                values (:id, :by, :action, :note, :to)""")
                .param("id", id)
                .param("by", caller.username())
                .param("action", action)
                .param("note", note)
                .param("to", to.label())
                .update();
    }

    private List<Correction.Event> events(long id) {
        return jdbc.sql("select * from correction_request_event where request_id = :id order by id")
                .param("id", id)
                .query((row, _) -> new Correction.Event(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("action"),
                        row.getString("note"),
                        Flow.read(CorrectionState.class, row.getString("to_state"))))
                .list();
    }

    private static Correction read(ResultSet row) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        return new Correction(
                row.getString("id"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("squad_name"),
                Flow.read(CorrectionKind.class, row.getString("kind")),
                row.getString("request"),
                Flow.read(CorrectionState.class, row.getString("state")),
                row.getTimestamp("asked_at").toInstant(),
                row.getObject("corrected", Boolean.class),
                row.getString("answer"),
                row.getString("answered_by"),
                answered == null ? null : answered.toInstant(),
                row.getInt("version"),
                Set.of(),
                List.of());
    }
}
