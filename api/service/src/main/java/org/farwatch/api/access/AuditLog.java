package org.farwatch.api.access;

import java.util.Map;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Every change: who, what, from where. Written in the caller's transaction, so a change without its entry is none. */
@Component
public class AuditLog {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** As the other one, for a change made by the request being handled. */
    public void record(Caller caller, String action, String subject, String subjectId, Object before, Object after) {
        record(caller.username(), action, subject, subjectId, before, after, RequestAddress.current());
    }

    /**
     * As the other one, for many things of one kind that the service itself has made.
     *
     * @param made by their ids
     */
    public void created(String username, String subject, Map<String, ?> made) {
        jdbc.sql("""
                insert into audit_log (username, action, subject, subject_id, after)
                select :username, 'create', :subject, made.id, made.after::jsonb
                from unnest(:ids::text[], :after::text[]) with ordinality made (id, after, place) order by place""")
                .param("username", username)
                .param("subject", subject)
                .param("ids", made.keySet().toArray(String[]::new))
                .param(
                        "after",
                        made.values().stream().map(json::writeValueAsString).toArray(String[]::new))
                .update();
    }

    /** The 409 for a record whose version is not the one that the caller saw: names who changed it last, and when. */
    public Refusal conflict(String subject, String subjectId, int version) {
        return jdbc.sql("""
                        select username, at from audit_log where subject = :subject and subject_id = :subjectId
                        order by id desc limit 1""")
                .param("subject", subject)
                .param("subjectId", subjectId)
                .query((row, _) -> Refusal.conflict(subject, subjectId, version, row.getString(1))
                        .with("changedAt", row.getTimestamp(2).toInstant()))
                .optional()
                .orElseGet(() -> Refusal.conflict(subject, subjectId, version, null));
    }

    /**
     * @param action verb, such as {@code create}, {@code change}, {@code dismiss}
     * @param subject kind of thing, such as {@code device}, {@code alert}
     * @param subjectId its id, null where there is none
     * @param before what it was, null for a new thing; written as JSON, never with secrets
     * @param after what it became
     * @param address where the request came from, null for the service itself
     */
    public void record(
            String username,
            String action,
            String subject,
            String subjectId,
            Object before,
            Object after,
            String address) {
        jdbc.sql("""
                insert into audit_log (username, action, subject, subject_id, before, after, address)
                values (:username, :action, :subject, :subjectId, :before::jsonb, :after::jsonb, :address)""")
                .param("username", username)
                .param("action", action)
                .param("subject", subject)
                .param("subjectId", subjectId)
                .param("before", before == null ? null : json.writeValueAsString(before))
                .param("after", after == null ? null : json.writeValueAsString(after))
                .param("address", address)
                .update();
    }
}
