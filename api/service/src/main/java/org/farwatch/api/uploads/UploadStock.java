package org.farwatch.api.uploads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What of the recordings that were brought lies about: how much, and what of it may go. */
@Repository
class UploadStock {
    /** Whose file is on the disk and counts against the bound. */
    private static final String STAGED = "staged and state in ('open', 'waiting', 'storing', 'refused')";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    UploadStock(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Those that are over and whose file is still on the disk. */
    List<StoredUpload> overAndStaged(int limit) {
        return jdbc.sql(UploadTable.SELECT + """
                         where u.staged and u.state in ('arrived', 'duplicate', 'discarded', 'expired')
                        order by u.made_at limit :limit""")
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Open ones untouched, and refused ones older than a time. */
    List<StoredUpload> outdated(UploadState state, Instant before, int limit) {
        return jdbc.sql(UploadTable.SELECT
                        + " where u.state = :state and u.touched_at < :before order by u.touched_at limit :limit")
                .param("state", state.label())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** The oldest refused ones beyond so many bytes of them all. */
    List<StoredUpload> beyond(long bytes) {
        return jdbc.sql("""
                        select u.*, null as device_id, null as officer_name from (
                            select *, sum(length) over (order by touched_at desc, id) as together
                            from upload where state = 'refused') u
                        where together > :bytes order by touched_at limit 1000""").param("bytes", bytes).query((row, _) -> read(row)).list();
    }

    long stagedBytes() {
        return jdbc.sql("select coalesce(sum(length), 0)::bigint from upload where " + STAGED)
                .query(Long.class)
                .single();
    }

    long count(UploadState state) {
        return jdbc.sql("select count(*) from upload where state = :state")
                .param("state", state.label())
                .query(Long.class)
                .single();
    }

    long open(long userId) {
        return jdbc.sql("select count(*) from upload where state = 'open' and user_id = :user")
                .param("user", userId)
                .query(Long.class)
                .single();
    }

    private StoredUpload read(ResultSet row) throws SQLException {
        return StoredUpload.of(row, json);
    }
}
