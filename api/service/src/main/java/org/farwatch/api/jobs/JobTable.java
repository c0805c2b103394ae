package org.farwatch.api.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Jobs in the database. */
@Repository
class JobTable {
    private static final String SELECT = """
            select id, kind, username, state, done, total, message, result::text as result, created_at, started_at,
                finished_at
            from job""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    long insert(String kind, String username) {
        return jdbc.sql("insert into job (kind, state, username) values (:kind, 'queued', :username) returning id")
                .param("kind", kind)
                .param("username", username)
                .query(Long.class)
                .single();
    }

    /** @return false when the job was cancelled while it waited */
    boolean start(long id) {
        return jdbc.sql("update job set state = 'running', started_at = now() where id = :id and state = 'queued'")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** @return whether somebody asked that it be cancelled */
    boolean progress(long id, JobProgress.Told told) {
        return jdbc.sql("""
                        update job set done = :done, total = :total, message = :message
                        where id = :id and state = 'running' returning cancel_requested""")
                .param("done", told.done())
                .param("total", told.total(), Types.BIGINT)
                .param("message", storable(told.message()), Types.VARCHAR)
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** @param result written as JSON, null for none */
    void finish(long id, JobState state, JobProgress.Told told, Object result) {
        jdbc.sql("""
                update job set state = :state, done = :done, total = :total, message = :message,
                    result = :result::jsonb, finished_at = now()
                where id = :id and state = 'running'""")
                .param("state", state.label())
                .param("done", told.done())
                .param("total", told.total(), Types.BIGINT)
                .param("message", storable(told.message()), Types.VARCHAR)
                .param("result", result == null ? null : json.writeValueAsString(result))
                .param("id", id)
                .update();
    }

    /** Cancels one that waits at once, and asks the one that runs; does nothing to one that is over. */
    void cancel(long id) {
        jdbc.sql("""
                update job set cancel_requested = true,
                    state = case state when 'queued' then 'cancelled' else state end,
                    finished_at = case state when 'queued' then now() end
                where id = :id and state in ('queued', 'running')""").param("id", id).update();
    }

    /**
     * Those that an earlier process left unfinished have failed.
     *
     * @return how many
     */
    int failUnfinished(String message) {
        return jdbc.sql("""
                        update job set state = 'failed', message = :message, finished_at = now()
                        where state in ('queued', 'running')""").param("message", message).update();
    }

    int unfinished(String username) {
        return jdbc.sql("select count(*) from job where username = :username and state in ('queued', 'running')")
                .param("username", username)
                .query(Integer.class)
                .single();
    }

    void deleteOlder(Duration age) {
        jdbc.sql("delete from job where finished_at < now() - make_interval(secs => :seconds)")
                .param("seconds", age.toSeconds())
                .update();
    }

    Optional<Job> find(long id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Newest first.
     *
     * @param username whose, null for everybody's
     * @param before id of the last one given before, null for the first part
     */
    List<Job> list(String username, Long before, int limit) {
        return jdbc.sql(SELECT + """
                         where (:username::text is null or username = :username::text)
                            and (:before::bigint is null or id < :before::bigint)
                        order by id desc limit :limit""")
                .param("username", username)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    private static String storable(String message) {
        return message == null ? null : message.replace('\0', '?');
    }

    private Job read(ResultSet row) throws SQLException {
        String result = row.getString("result");
        long total = row.getLong("total");
        boolean unknown = row.wasNull();
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getString("username"),
                JobState.of(row.getString("state")),
                row.getLong("done"),
                unknown ? null : total,
                row.getString("message"),
                result == null ? null : json.readTree(result),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
