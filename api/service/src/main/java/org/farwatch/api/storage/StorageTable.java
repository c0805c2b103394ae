package org.farwatch.api.storage;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.BureauTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** For how long classes and streams are kept, what they take on the disk, and what was deleted of them by day. */
@Repository
class StorageTable {
    private static final String CLASSES = "select code, days, version, changed_by, changed_at from retention_class";

    private final JdbcClient jdbc;

    StorageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param changedBy null while the days are those that came with the service */
    record Policy(StorageClass code, int days, int version, String changedBy, Instant changedAt) {}

    /**
     * @param days of its class or its own
     * @param ownDays null where its class's hold
     * @param version of its own days, 0 before it ever had any
     */
    record OfStream(long stream, String name, StorageClass of, int days, Integer ownDays, String reason, int version) {}

    /**
     * What a stream has of one day of recording on the disk.
     *
     * @param day by the bureau's clock
     * @param starts of its first recording of that day
     * @param held of the bytes
     * @param seconds recorded
     */
    record StreamDay(
            long stream,
            StorageClass of,
            int days,
            LocalDate day,
            Instant starts,
            long bytes,
            long held,
            double seconds) {}

    /** @param reason {@code age} or {@code disk} */
    record DeletedDay(
            LocalDate day, String reason, long streams, long segments, long bytes, Instant from, Instant to) {}

    List<Policy> policies() {
        return jdbc.sql(CLASSES + " order by array_position(array['camera', 'body-camera', 'mobile'], code)")
                .query((row, _) -> policy(row))
                .list();
    }

    Policy policyForUpdate(StorageClass code) {
        return jdbc.sql(CLASSES + " where code = :code for update")
                .param("code", code.label())
                .query((row, _) -> policy(row))
                .single();
    }

    void setDays(StorageClass code, int days, String by, Instant now) {
        jdbc.sql("""
                        update retention_class set days = :days, changed_by = :by, changed_at = :now, version = version + 1
                        where code = :code""")
                .param("days", days)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("code", code.label())
                .update();
    }

    /** By id, behind one. */
    List<OfStream> streams(long after, int limit, DataScope scope) {
        return jdbc.sql("""
                        select k.*, r.reason, coalesce(r.version, 0) as version
                        from recording_keep k left join stream_retention r on r.stream_id = k.stream_id
                        where k.stream_id > :after and (:everything or k.squad_id = any(:squads))
                        order by k.stream_id limit :limit""")
                .param("after", after)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> ofStream(row))
                .list();
    }

    Optional<OfStream> stream(long stream) {
        return jdbc.sql("""
                        select k.*, r.reason, coalesce(r.version, 0) as version
                        from recording_keep k left join stream_retention r on r.stream_id = k.stream_id
                        where k.stream_id = :stream""")
                .param("stream", stream)
                .query((row, _) -> ofStream(row))
                .optional();
    }

    /**
     * @param days null for those of its class
     * @param version that it has, 0 for none
     * @return false when it has another
     */
    boolean setDays(long stream, Integer days, String reason, int version, String by, Instant now) {
        return jdbc.sql("""
                        insert into stream_retention (stream_id, days, reason, changed_by, changed_at)
                        select :stream, :days, :reason, :by, :now where :version = 0
                            or exists (select from stream_retention where stream_id = :stream)
                        on conflict (stream_id) do update set days = excluded.days, reason = excluded.reason,
                            changed_by = excluded.changed_by, changed_at = excluded.changed_at,
                            version = stream_retention.version + 1
                        where stream_retention.version = :version""")
                        .param("stream", stream)
                        .param("days", days, Types.INTEGER)
                        .param("reason", reason, Types.VARCHAR)
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .param("version", version)
                        .update()
                == 1;
    }

    /** All that is on the disk; reads every row of a segment that is, so it takes seconds where there are millions. */
    List<StreamDay> stored() {
        return jdbc.sql("""
                        with held as (
                            select stream_id, range_agg(tstzrange(starts, ends, '[]')) as times from recording_held
                            group by stream_id)
                        select k.stream_id, k.class, k.days, (g.starts at time zone :zone)::date as day,
                            min(g.starts) as starts, sum(g.bytes)::bigint as bytes,
                            coalesce(sum(g.bytes) filter (where h.times && tstzrange(g.starts, g.ends, '[]')), 0)::bigint
                                as held,
                            sum(extract(epoch from g.ends - g.starts))::double precision as seconds
                        from segment g join recording_keep k on k.stream_id = g.stream_id
                            left join held h on h.stream_id = g.stream_id
                        where g.state <> 'deleted'
                        group by k.stream_id, k.class, k.days, day order by k.stream_id, day""")
                .param("zone", BureauTime.ZONE.getId())
                .query((row, _) -> new StreamDay(
                        row.getLong("stream_id"),
                        StorageClass.of(row.getString("class")),
                        row.getInt("days"),
                        row.getDate("day").toLocalDate(),
                        row.getTimestamp("starts").toInstant(),
                        row.getLong("bytes"),
                        row.getLong("held"),
                        row.getDouble("seconds")))
                .list();
    }

    /** Of each stream to which recordings were brought: when the first of them came, however old it was. */
    Map<Long, Instant> firstBrought() {
        Map<Long, Instant> first = new HashMap<>();
        jdbc.sql("""
                        select stream_id, min(received_at) as came from upload
                        where state = 'arrived' and received_at is not null group by stream_id""").query(row -> {
            first.put(row.getLong("stream_id"), row.getTimestamp("came").toInstant());
        });
        return first;
    }

    /**
     * What was deleted, by the day on which it was and by reason, newest first.
     *
     * @param before days from here on are left out, null for none
     */
    List<DeletedDay> deleted(LocalDate from, LocalDate before, int limit, DataScope scope) {
        return jdbc.sql("""
                        select (d.at at time zone :zone)::date as day, d.reason, count(distinct d.stream_id) as streams,
                            sum(d.segments)::bigint as segments, sum(d.bytes)::bigint as bytes,
                            min(d.starts) as starts, max(d.ends) as ends
                        from recording_deletion d join stream s on s.id = d.stream_id
                        where d.part = 'pictures' and (:everything or s.squad_id = any(:squads))
                            and ((:from)::date is null or (d.at at time zone :zone)::date >= (:from)::date)
                            and ((:before)::date is null or (d.at at time zone :zone)::date < (:before)::date)
                        group by day, d.reason order by day desc, d.reason limit :limit""")
                .param("zone", BureauTime.ZONE.getId())
                .param("from", from == null ? null : Date.valueOf(from), Types.DATE)
                .param("before", before == null ? null : Date.valueOf(before), Types.DATE)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> new DeletedDay(
                        row.getDate("day").toLocalDate(),
                        row.getString("reason"),
                        row.getLong("streams"),
                        row.getLong("segments"),
                        row.getLong("bytes"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant()))
                .list();
    }

    private static Policy policy(ResultSet row) throws SQLException {
        Timestamp changed = row.getTimestamp("changed_at");
        return new Policy(
                StorageClass.of(row.getString("code")),
                row.getInt("days"),
                row.getInt("version"),
                row.getString("changed_by"),
                changed == null ? null : changed.toInstant());
    }

    private static OfStream ofStream(ResultSet row) throws SQLException {
        return new OfStream(
                row.getLong("stream_id"),
                row.getString("name"),
                StorageClass.of(row.getString("class")),
                row.getInt("days"),
                row.getObject("own_days", Integer.class),
                row.getString("reason"),
                row.getInt("version"));
    }
}
