package org.farwatch.api.duty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Duties in the database. */
@Repository
class Duties {
    private static final String SQUAD = "coalesce(o.squad_id, v.squad_id, p.squad_id)";
    private static final String SELECT = """
            select d.id, d.officer_id, o.name as officer_name, v.id as device_id, d.post_id, p.name as post_name,
                coalesce(o.squad_id, v.squad_id, p.squad_id) as squad_id, d.starts, d.ends, d.version
            from duty d
                join post p on p.id = d.post_id
                left join officer o on o.id = d.officer_id
                left join device v on v.no = d.device_no
            where not d.cancelled""";

    private final JdbcClient jdbc;

    Duties(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param squadId null when neither officer, device nor post has one */
    record Stored(
            String id,
            String officerId,
            String officerName,
            String deviceId,
            String postId,
            String postName,
            String squadId,
            Instant start,
            Instant end,
            int version) {}

    /** Those that overlap [from, to), by start. */
    List<Stored> list(Instant from, Instant to, Long squadNo, Long officerId, DataScope scope, int limit) {
        return jdbc.sql(SELECT + " and d.ends > :from and d.starts < :to and (:everything or " + SQUAD
                        + " = any(:squads)) and (:squad::bigint is null or " + SQUAD + " = :squad::bigint)"
                        + " and (:officer::bigint is null or d.officer_id = :officer::bigint)"
                        + " order by d.starts, d.id limit :limit")
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("squad", squadNo)
                .param("officer", officerId)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " and d.id = :id and (:everything or " + SQUAD + " = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    long insert(Long officerId, String deviceId, long postId, Instant start, Instant end) {
        return jdbc.sql("""
                        insert into duty (officer_id, device_no, post_id, starts, ends)
                        values (:officer, (select no from device where id = :device), :post, :start, :end) returning id""")
                .param("officer", officerId)
                .param("device", deviceId)
                .param("post", postId)
                .param("start", Timestamp.from(start))
                .param("end", Timestamp.from(end))
                .query(Long.class)
                .single();
    }

    /** @return false when the version is not the present one */
    boolean update(long id, int version, Long postId, Instant start, Instant end) {
        return jdbc.sql("""
                        update duty set post_id = coalesce(:post::bigint, post_id), starts = coalesce(:start, starts),
                            ends = coalesce(:end, ends), version = version + 1
                        where id = :id and version = :version and not cancelled""")
                        .param("post", postId)
                        .param("start", start == null ? null : Timestamp.from(start), java.sql.Types.TIMESTAMP)
                        .param("end", end == null ? null : Timestamp.from(end), java.sql.Types.TIMESTAMP)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** @return false when the version is not the present one */
    boolean cancel(long id, int version) {
        return jdbc.sql("update duty set cancelled = true, version = version + 1 where id = :id and version = :version")
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Whether the officer has another duty in that time. */
    boolean overlaps(Long officerId, Instant start, Instant end, long except) {
        return jdbc.sql("""
                        select exists (select from duty where officer_id = :officer and not cancelled
                            and id <> :except and starts < :end and ends > :start)""")
                .param("officer", officerId)
                .param("start", Timestamp.from(start))
                .param("end", Timestamp.from(end))
                .param("except", except)
                .query(Boolean.class)
                .single();
    }

    private static Stored read(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("id"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("device_id"),
                row.getString("post_id"),
                row.getString("post_name"),
                row.getString("squad_id"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getInt("version"));
    }
}
