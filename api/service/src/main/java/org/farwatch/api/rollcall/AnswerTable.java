package org.farwatch.api.rollcall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.evidence.EvidenceUse;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Those who were called, in the database. Changed only while their roll call is locked. */
@Repository
class AnswerTable implements EvidenceUse {
    private static final String SELECT = """
            select a.*, o.name as officer_name, s.name as squad_name, p.name as post_name, v.id as device_id,
                coalesce(v.online, false) as online, v.last_seen,
                (select min(c.id) from custody k join stream c on c.device_no = k.device_no
                    where k.officer_id = a.officer_id and k.held @> now() and not c.retired and not c.loudspeaker) as stream_id
            from roll_call_answer a
                join officer o on o.id = a.officer_id
                join squad s on s.id = a.squad_id
                join post p on p.id = a.post_id
                left join device v on v.no = a.device_no
            where a.roll_call = :call""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AnswerTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What an answer becomes; null is nothing.
     *
     * @param basis {@code position}, {@code picture} or {@code person}
     */
    record Decision(
            Outcome outcome,
            String basis,
            Instant answeredAt,
            Double metres,
            RollCall.Facts facts,
            String reason,
            String note,
            String picture,
            String by) {}

    /** By squad and name. */
    List<RollCall.Answer> of(long call) {
        return jdbc.sql(SELECT + " order by s.name, o.name, o.id")
                .param("call", call)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<RollCall.Answer> find(long call, long officer) {
        return jdbc.sql(SELECT + " and a.officer_id = :officer")
                .param("call", call)
                .param("officer", officer)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Replaces whatever was decided before. */
    void decide(long call, long officer, Decision decision) {
        jdbc.sql("""
                        update roll_call_answer set outcome = :outcome, basis = :basis, answered_at = :at,
                            distance_m = :metres, facts = :facts::jsonb, reason = :reason, note = :note,
                            picture = :picture, decided_by = :by, version = version + 1
                        where roll_call = :call and officer_id = :officer""")
                .param("outcome", decision.outcome().label())
                .param("basis", decision.basis())
                .param(
                        "at",
                        decision.answeredAt() == null ? null : Timestamp.from(decision.answeredAt()),
                        Types.TIMESTAMP)
                .param("metres", decision.metres(), Types.DOUBLE)
                .param("facts", decision.facts() == null ? null : json.writeValueAsString(decision.facts()))
                .param("reason", decision.reason(), Types.VARCHAR)
                .param("note", decision.note(), Types.VARCHAR)
                .param("picture", decision.picture(), Types.VARCHAR)
                .param("by", decision.by(), Types.VARCHAR)
                .param("call", call)
                .param("officer", officer)
                .update();
    }

    void passedOn(long call, long officer, long lead) {
        jdbc.sql("""
                        update roll_call_answer set lead_id = :lead, version = version + 1
                        where roll_call = :call and officer_id = :officer""")
                .param("lead", lead)
                .param("call", call)
                .param("officer", officer)
                .update();
    }

    /** Officers of a roll call whose answers this user has not been logged for. */
    List<RollCall.Answer> unseen(long call, Instant calledAt, String username) {
        return jdbc.sql(SELECT + """

                        and not exists (select from view_log w where w.kind = 'roll-call'
                            and w.subject_id = a.officer_id::text and w.username = :user and w.range_from = :at)""")
                .param("call", call)
                .param("user", username)
                .param("at", Timestamp.from(calledAt))
                .query((row, _) -> read(row))
                .list();
    }

    @Override
    public Optional<Named> using(String sha256, DataScope scope) {
        return jdbc.sql("""
                        select a.roll_call::text, o.name from roll_call_answer a join officer o on o.id = a.officer_id
                        where a.picture = :file and (:everything or a.squad_id = any(:squads)) limit 1""")
                .param("file", sha256)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Named(row.getString(1), row.getString(2)))
                .optional();
    }

    private RollCall.Answer read(ResultSet row) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        Timestamp heard = row.getTimestamp("last_seen");
        String facts = row.getString("facts");
        return new RollCall.Answer(
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("duty_id"),
                row.getTimestamp("duty_end").toInstant(),
                row.getString("post_id"),
                row.getString("post_name"),
                row.getString("device_id"),
                row.getString("presence"),
                Flow.read(Outcome.class, row.getString("outcome")),
                row.getString("basis"),
                answered == null ? null : answered.toInstant(),
                row.getObject("distance_m", Double.class),
                facts == null
                        ? new RollCall.Facts(
                                null, null, null, row.getBoolean("online"), heard == null ? null : heard.toInstant())
                        : json.readValue(facts, RollCall.Facts.class),
                proposed(row),
                row.getString("stream_id"),
                row.getString("reason"),
                row.getString("note"),
                row.getString("picture"),
                row.getString("decided_by"),
                row.getString("lead_id"),
                row.getInt("version"),
                Set.of());
    }

    private static ExcuseReason proposed(ResultSet row) throws SQLException {
        if (row.getString("task_id") != null) {
            return ExcuseReason.ON_TASK;
        }
        return switch (row.getString("presence")) {
            case "on-task" -> ExcuseReason.ON_TASK;
            case "break" -> ExcuseReason.BREAK_PERMITTED;
            case "travelling" -> ExcuseReason.TRAVELLING;
            case null, default -> null;
        };
    }
}
