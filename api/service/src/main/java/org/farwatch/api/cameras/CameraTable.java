package org.farwatch.api.cameras;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.vision.health.HealthFault;
import org.farwatch.vision.health.Light;
import org.farwatch.vision.health.WatchMemory;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was learned of cameras and what is or was the matter with them. */
@Repository
class CameraTable {
    private static final String FAULT = """
            select f.id, f.stream_id, f.kind, f.starts, f.ends, f.relearned_by, f.alert_id
            from camera_fault f join stream s on s.id = f.stream_id
            """;

    private final JdbcClient jdbc;

    CameraTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A camera as a watch needs to know it.
     *
     * @param version of what it learned
     * @param deviceKind null where it belongs to no device
     */
    record Camera(long stream, int version, String deviceKind) {}

    /**
     * @param ends null while it lasts
     * @param relearnedBy null unless learning again ended it
     * @param alert null while none is raised
     */
    record Fault(
            long id, long stream, HealthFault kind, Instant starts, Instant ends, String relearnedBy, Long alert) {}

    /** All that may be fetched, in the order of their ids. */
    List<Camera> cameras(DataScope scope, long after, int limit) {
        return jdbc.sql("""
                        select s.id, coalesce(w.version, 1), d.kind
                        from stream s left join camera_watch w on w.stream_id = s.id left join device d on d.no = s.device_no
                        where not s.retired and not s.loudspeaker and s.id > :after and (:everything or s.squad_id = any(:squads))
                        order by s.id limit :limit""")
                .param("after", after)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> new Camera(row.getLong(1), row.getInt(2), row.getString(3)))
                .list();
    }

    Optional<Camera> camera(long stream, DataScope scope) {
        return jdbc.sql("""
                        select s.id, coalesce(w.version, 1), d.kind
                        from stream s left join camera_watch w on w.stream_id = s.id left join device d on d.no = s.device_no
                        where s.id = :stream and (:everything or s.squad_id = any(:squads))""")
                .param("stream", stream)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Camera(row.getLong(1), row.getInt(2), row.getString(3)))
                .optional();
    }

    WatchMemory memory(Camera camera) {
        Map<HealthFault, Long> open = new EnumMap<>(HealthFault.class);
        jdbc.sql("select kind, starts from camera_fault where stream_id = :stream and ends is null and kind <> 'clock'")
                .param("stream", camera.stream())
                .query((RowCallbackHandler) row -> open.put(
                        HealthFault.of(row.getString(1)).orElseThrow(),
                        row.getTimestamp(2).toInstant().toEpochMilli()));
        return new WatchMemory(references(camera), open);
    }

    Map<Light, WatchMemory.Reference> references(Camera camera) {
        Map<Light, WatchMemory.Reference> references = new EnumMap<>(Light.class);
        jdbc.sql("""
                        select light, grey, samples, sharpness, floor, rate, steady from camera_reference
                        where stream_id = :stream and version = :version""")
                .param("stream", camera.stream())
                .param("version", camera.version())
                .query((RowCallbackHandler) row -> references.put(
                        row.getString(1).equals(Light.DAY.label()) ? Light.DAY : Light.NIGHT,
                        new WatchMemory.Reference(
                                row.getBytes(2),
                                row.getInt(3),
                                row.getDouble(4),
                                number(row, 5),
                                number(row, 6),
                                row.getDouble(7))));
        return references;
    }

    /** Keeps what was learned, unless the camera was told meanwhile to learn again. */
    void save(Camera camera, Map<Light, WatchMemory.Reference> references, Instant now) {
        references.forEach((light, reference) -> jdbc.sql("""
                        insert into camera_reference (stream_id, light, version, grey, samples, sharpness, floor, rate,
                            steady, saved_at)
                        select :stream, :light, :version, :grey, :samples, :sharpness, :floor, :rate, :steady, :now
                        where :version = coalesce((select version from camera_watch where stream_id = :stream), 1)
                        on conflict (stream_id, light) do update set version = excluded.version, grey = excluded.grey,
                            samples = excluded.samples, sharpness = excluded.sharpness, floor = excluded.floor,
                            rate = excluded.rate, steady = excluded.steady, saved_at = excluded.saved_at""")
                .param("stream", camera.stream())
                .param("light", light.label())
                .param("version", camera.version())
                .param("grey", reference.grey(), Types.BINARY)
                .param("samples", reference.samples())
                .param("sharpness", reference.sharpness())
                .param("floor", nullable(reference.floor()), Types.DOUBLE)
                .param("rate", nullable(reference.rate()), Types.DOUBLE)
                .param("steady", reference.steady())
                .param("now", Timestamp.from(now))
                .update());
    }

    /** A fault begins, unless one of its kind lasts or the camera was told meanwhile to learn again. */
    void begin(Camera camera, HealthFault kind, Instant since) {
        jdbc.sql("""
                        insert into camera_fault (stream_id, kind, starts)
                        select :stream, :kind, :since
                        where :version = coalesce((select version from camera_watch where stream_id = :stream), 1)
                        on conflict (stream_id, kind) where ends is null do nothing""")
                .param("stream", camera.stream())
                .param("kind", kind.label())
                .param("since", Timestamp.from(since))
                .param("version", camera.version())
                .update();
    }

    void end(long stream, HealthFault kind, Instant at) {
        jdbc.sql("""
                        update camera_fault set ends = greatest(starts, :at)
                        where stream_id = :stream and kind = :kind and ends is null""")
                .param("stream", stream)
                .param("kind", kind.label())
                .param("at", Timestamp.from(at))
                .update();
    }

    void endRetired(Instant at) {
        jdbc.sql("""
                        update camera_fault f set ends = greatest(f.starts, :at) from stream s
                        where s.id = f.stream_id and s.retired and f.ends is null""").param("at", Timestamp.from(at)).update();
    }

    /**
     * Has a camera learn again and ends the faults of its pictures.
     *
     * @return false when the version is not the present one
     */
    boolean learnAgain(long stream, int version, String by, Instant now) {
        jdbc.sql("insert into camera_watch (stream_id) values (:stream) on conflict do nothing")
                .param("stream", stream)
                .update();
        int changed = jdbc.sql("""
                        update camera_watch set version = version + 1, learned_by = :by, learned_at = :now
                        where stream_id = :stream and version = :version""")
                .param("stream", stream)
                .param("version", version)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .update();
        if (changed == 0) {
            return false;
        }
        jdbc.sql("delete from camera_reference where stream_id = :stream")
                .param("stream", stream)
                .update();
        jdbc.sql("""
                        update camera_fault set ends = greatest(starts, :now), relearned_by = :by
                        where stream_id = :stream and ends is null and kind <> 'clock'""")
                .param("stream", stream)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .update();
        return true;
    }

    /** Faults whose alert is to be raised or to be told of their end, oldest first. */
    List<Fault> untold(int limit) {
        return jdbc.sql(FAULT
                        + " where not f.told and (f.alert_id is null or f.ends is not null) order by f.id limit :limit")
                .param("limit", limit)
                .query((row, _) -> fault(row))
                .list();
    }

    void alerted(long id, long alert) {
        jdbc.sql("update camera_fault set alert_id = :alert where id = :id")
                .param("alert", alert)
                .param("id", id)
                .update();
    }

    void told(long id) {
        jdbc.sql("update camera_fault set told = true where id = :id")
                .param("id", id)
                .update();
    }

    /** Of all cameras that the caller may see. */
    Map<Long, List<Fault>> open(DataScope scope) {
        Map<Long, List<Fault>> open = new HashMap<>();
        jdbc.sql(FAULT + " where f.ends is null and (:everything or s.squad_id = any(:squads)) order by f.starts, f.id")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> fault(row))
                .list()
                .forEach(fault -> open.computeIfAbsent(fault.stream(), _ -> new ArrayList<>())
                        .add(fault));
        return open;
    }

    /** Newest first. */
    List<Fault> faults(long stream, DataScope scope, int limit) {
        return jdbc.sql(FAULT + """
                         where f.stream_id = :stream and (:everything or s.squad_id = any(:squads))
                        order by f.starts desc, f.id desc limit :limit""")
                .param("stream", stream)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> fault(row))
                .list();
    }

    /** Those that ended before. */
    int forget(Instant before) {
        return jdbc.sql("delete from camera_fault where told and ends < :before")
                .param("before", Timestamp.from(before))
                .update();
    }

    private static Fault fault(ResultSet row) throws SQLException {
        Timestamp ends = row.getTimestamp(5);
        return new Fault(
                row.getLong(1),
                row.getLong(2),
                HealthFault.of(row.getString(3)).orElseThrow(),
                row.getTimestamp(4).toInstant(),
                ends == null ? null : ends.toInstant(),
                row.getString(6),
                row.getObject(7, Long.class));
    }

    private static double number(ResultSet row, int column) throws SQLException {
        Double value = row.getObject(column, Double.class);
        return value == null ? Double.NaN : value;
    }

    private static Double nullable(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
