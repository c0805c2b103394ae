package org.farwatch.api.bodycameras;

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

/** What body cameras said, as {@code device_state} and {@code device_status} have it. */
@Repository
class CameraStateTable {
    private static final String SELECT = """
            select d.id, d.name, d.squad_id, q.name as squad_name, d.online, d.last_seen,
                h.officer_id, h.officer_name, h.officer_number, h.since,
                exists (select from duty u where u.officer_id = h.officer_id and not u.cancelled
                    and u.starts <= :now and u.ends > :now) as on_duty,
                s.battery, s.battery_at, s.storage_free, s.storage_total, s.storage_at, s.clock_offset_ms, s.clock_at,
                s.recording, s.recording_at,
                greatest(
                    (select max(u.received_at) from upload u where u.device_no = d.no and u.state = 'arrived'),
                    (select max(r.uploaded_at) from device_recording r where r.device_no = d.no)) as uploaded_at,
                (select count(*) from device_recording r where r.device_no = d.no and r.ends is not null
                    and r.uploaded_at is null) as pending
            from device d left join squad q on q.id = d.squad_id left join device_state s on s.device_no = d.no
                left join lateral (
                    select o.id as officer_id, o.name as officer_name, o.number as officer_number, lower(c.held) as since
                    from custody c join officer o on o.id = c.officer_id
                    where c.device_no = d.no and c.held @> (:now)::timestamptz limit 1) h on true
            where d.kind = 'body-camera' and (:everything or d.squad_id = any(:squads))
            """;

    private final JdbcClient jdbc;
    private final Fitness fitness;

    CameraStateTable(JdbcClient jdbc, Fitness fitness) {
        this.jdbc = jdbc;
        this.fitness = fitness;
    }

    /** One message of a camera: null for each fact that it did not tell. */
    record Reading(
            Instant at,
            Integer battery,
            Long storageFree,
            Long storageTotal,
            Long clockOffsetMillis,
            Boolean recording) {}

    /**
     * By id.
     *
     * @param squad null for all in scope
     * @param after id of the last one given before, empty for the first part
     */
    List<CameraState> list(Long squad, String after, int limit, DataScope scope) {
        return select(
                        " and d.id > :after and ((:squad)::bigint is null or d.squad_id = :squad) order by d.id limit :limit",
                        scope)
                .param("after", after)
                .param("squad", squad, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<CameraState> find(String deviceId, DataScope scope) {
        return select(" and d.id = :id", scope)
                .param("id", deviceId)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Those that these officers have now. */
    List<CameraState> heldBy(List<Long> officers) {
        return select(" and h.officer_id = any(:officers) order by h.since, d.id", DataScope.EVERYTHING)
                .param("officers", officers.toArray(Long[]::new))
                .query((row, _) -> read(row))
                .list();
    }

    /** Newest first, {@code [from, to)}. */
    List<Reading> readings(String deviceId, Instant from, Instant to, int limit) {
        return jdbc.sql("""
                        select s.* from device_status s join device d on d.no = s.device_no
                        where d.id = :id and s.at >= :from and s.at < :to order by s.at desc limit :limit""")
                .param("id", deviceId)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("limit", limit)
                .query((row, _) -> new Reading(
                        instant(row, "at"),
                        row.getObject("battery", Integer.class),
                        row.getObject("storage_free", Long.class),
                        row.getObject("storage_total", Long.class),
                        row.getObject("clock_offset_ms", Long.class),
                        row.getObject("recording", Boolean.class)))
                .list();
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more)
                .param("now", Timestamp.from(fitness.now()))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray());
    }

    private CameraState read(ResultSet row) throws SQLException {
        String officer = row.getString("officer_id");
        return new CameraState(
                row.getString("id"),
                row.getString("name"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getBoolean("online"),
                instant(row, "last_seen"),
                officer == null
                        ? null
                        : new CameraState.Holder(
                                officer,
                                row.getString("officer_name"),
                                row.getString("officer_number"),
                                instant(row, "since")),
                row.getBoolean("on_duty"),
                fitness.battery(row.getObject("battery", Integer.class), instant(row, "battery_at")),
                fitness.storage(
                        row.getObject("storage_free", Long.class),
                        row.getObject("storage_total", Long.class),
                        instant(row, "storage_at")),
                fitness.clock(row.getObject("clock_offset_ms", Long.class), instant(row, "clock_at")),
                new CameraState.Recording(row.getObject("recording", Boolean.class), instant(row, "recording_at")),
                fitness.upload(instant(row, "uploaded_at"), row.getInt("pending")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
