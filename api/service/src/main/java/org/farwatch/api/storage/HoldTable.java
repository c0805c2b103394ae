package org.farwatch.api.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Holds that persons made, and what else is held ({@code recording_held}). */
@Repository
class HoldTable {
    private static final String SELECT = """
            select h.*, s.name as stream_name from recording_hold h join stream s on s.id = h.stream_id
            where (:everything or s.squad_id = any(:squads))""";

    private final JdbcClient jdbc;

    HoldTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param releasedBy null while it holds; {@code releasedAt} and {@code releasedWhy} likewise */
    record Hold(
            long id,
            long stream,
            String streamName,
            Instant from,
            Instant to,
            String reason,
            String source,
            String madeBy,
            Instant madeAt,
            String releasedBy,
            Instant releasedAt,
            String releasedWhy,
            int version) {}

    /**
     * A stretch that is held, whoever holds it.
     *
     * @param source {@code manual}, {@code important}, {@code stage-match} or {@code finding}
     * @param hold id of the hold, null where it follows from something else
     * @param subject id of that: an activity or a supervision lead
     */
    record Held(long stream, Instant from, Instant to, String source, Long hold, Long subject) {}

    /**
     * Newest first.
     *
     * @param stream null for all
     * @param released also those that were released
     * @param before ids from here on are left out, null for none
     */
    List<Hold> list(Long stream, boolean released, Long before, int limit, DataScope scope) {
        return jdbc.sql(SELECT + """
                         and ((:stream)::bigint is null or h.stream_id = (:stream)::bigint)
                            and (:released or h.released_at is null)
                            and ((:before)::bigint is null or h.id < (:before)::bigint)
                        order by h.id desc limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("stream", stream, Types.BIGINT)
                .param("released", released)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Hold> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " and h.id = :id for update of h")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** How many of people hold; marks come with the recordings and are as many as these. */
    long open() {
        return jdbc.sql("select count(*) from recording_hold where released_at is null and source = 'manual'")
                .query(Long.class)
                .single();
    }

    long insert(long stream, Instant from, Instant to, String reason, String by, Instant now) {
        return jdbc.sql("""
                        insert into recording_hold (stream_id, starts, ends, reason, source, made_by, made_at)
                        values (:stream, :from, :to, :reason, 'manual', :by, :now) returning id""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("reason", reason)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    /** @return false when it has another version or is released */
    boolean release(long id, int version, String why, String by, Instant now) {
        return jdbc.sql("""
                        update recording_hold set released_by = :by, released_at = :now, released_why = :why,
                            version = version + 1
                        where id = :id and version = :version and released_at is null""")
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .param("why", why)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** What of a stream is held within the time, by its beginning. */
    List<Held> held(long stream, Instant from, Instant to, int limit) {
        return jdbc.sql("""
                        select * from recording_held where stream_id = :stream and starts < :to and ends > :from
                        order by starts, source limit :limit""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("limit", limit)
                .query((row, _) -> new Held(
                        row.getLong("stream_id"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant(),
                        row.getString("source"),
                        row.getObject("hold_id", Long.class),
                        row.getObject("subject_id", Long.class)))
                .list();
    }

    private static Hold read(ResultSet row) throws SQLException {
        Timestamp released = row.getTimestamp("released_at");
        return new Hold(
                row.getLong("id"),
                row.getLong("stream_id"),
                row.getString("stream_name"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getString("reason"),
                row.getString("source"),
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("released_by"),
                released == null ? null : released.toInstant(),
                row.getString("released_why"),
                row.getInt("version"));
    }
}
