package org.farwatch.api.uploads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Recordings that were brought. */
@Repository
class UploadTable {
    /** Of {@link StoredUpload#of}, from {@code upload u}. */
    static final String SELECT = """
            select u.*, d.id as device_id, o.name as officer_name from upload u
                left join device d on d.no = u.device_no left join officer o on o.id = u.officer_id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    UploadTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param origin null unless it lies in a watched folder */
    record New(
            String id,
            String source,
            String broughtBy,
            Long userId,
            String origin,
            String name,
            long length,
            Told told) {}

    /** What became of a recording that is in the chain. */
    record Arrived(long streamId, long firstSequence, long lastSequence, String leftOutSound) {}

    /** What is known of a recording before it is chained. */
    record Facts(
            int deviceNo,
            long squadNo,
            Long officerId,
            Instant starts,
            Instant ends,
            Instant deviceStart,
            long clockOffsetMillis,
            boolean late,
            boolean important) {}

    /** @return false when a file of this origin is known already */
    boolean insert(New upload, Instant now) {
        return jdbc.sql("""
                        insert into upload (id, source, brought_by, user_id, origin, name, length, told, state, made_at, touched_at)
                        values (:id, :source, :by, :user, :origin, :name, :length, :told::jsonb, 'open', :now, :now)
                        on conflict (origin) do nothing""")
                        .param("id", upload.id())
                        .param("source", upload.source())
                        .param("by", upload.broughtBy())
                        .param("user", upload.userId(), Types.BIGINT)
                        .param("origin", upload.origin(), Types.VARCHAR)
                        .param("name", upload.name())
                        .param("length", upload.length())
                        .param("told", json.writeValueAsString(upload.told()))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    Optional<StoredUpload> find(String id) {
        return jdbc.sql(SELECT + " where u.id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    Optional<StoredUpload> ofOrigin(String origin) {
        return jdbc.sql(SELECT + " where u.origin = :origin")
                .param("origin", origin)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Newest first; what a caller brought himself he sees, and what is of a device of his squads. */
    List<StoredUpload> list(
            DataScope scope,
            Caller caller,
            List<String> states,
            Boolean late,
            Instant before,
            String beforeId,
            int limit) {
        return jdbc.sql(SELECT + """
                         where (:everything or u.squad_id = any(:squads) or u.user_id = :user)
                            and (:all or u.state = any(:states)) and (:late::boolean is null or u.late = :late)
                            and (u.made_at, u.id) < (:before, :id)
                        order by u.made_at desc, u.id desc limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("user", caller.userId())
                .param("all", states.isEmpty())
                .param("states", states.toArray(String[]::new))
                .param("late", late, Types.BOOLEAN)
                .param("before", Timestamp.from(before))
                .param("id", beforeId)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    boolean visible(StoredUpload upload, DataScope scope, Caller caller) {
        return upload.userId() == caller.userId()
                || jdbc.sql("select (:everything or squad_id = any(:squads)) from upload where id = :id")
                        .param("everything", scope.everything())
                        .param("squads", scope.squadArray())
                        .param("id", upload.id())
                        .query((row, _) -> row.getBoolean(1))
                        .single();
    }

    void touched(String id, Instant now) {
        jdbc.sql("update upload set touched_at = :now where id = :id and state = 'open'")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** It is looked at again behind those that wait now. */
    void putLast(String id, Instant now) {
        jdbc.sql("update upload set touched_at = :now where id = :id and state in ('waiting', 'storing')")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** Its file is whole. @return false when it was not open any more */
    boolean whole(String id, Instant now) {
        return jdbc.sql("""
                        update upload set state = 'waiting', received_at = :now, touched_at = :now, version = version + 1
                        where id = :id and state = 'open'""").param("now", Timestamp.from(now)).param("id", id).update() == 1;
    }

    /** The first that waits, or that was being stored when the service ended. */
    List<StoredUpload> toDo(int limit) {
        return jdbc.sql(SELECT + " where u.state in ('waiting', 'storing') order by u.touched_at, u.id limit :limit")
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<String> same(String sha256, String not) {
        return jdbc.sql("select id from upload where sha256 = :hash and state in ('storing', 'arrived') and id <> :id")
                .param("hash", sha256)
                .param("id", not)
                .query(String.class)
                .optional();
    }

    void storing(String id, String sha256, Facts facts) {
        jdbc.sql("""
                update upload set state = 'storing', sha256 = :hash, device_no = :device, squad_id = :squad,
                    officer_id = :officer, starts = :starts, ends = :ends, device_start = :deviceStart,
                    clock_offset_ms = :offset, late = :late, important = :important, version = version + 1
                where id = :id""")
                .param("hash", sha256)
                .param("device", facts.deviceNo())
                .param("squad", facts.squadNo() == 0 ? null : facts.squadNo(), Types.BIGINT)
                .param("officer", facts.officerId(), Types.BIGINT)
                .param("starts", Timestamp.from(facts.starts()))
                .param("ends", Timestamp.from(facts.ends()))
                .param("deviceStart", Timestamp.from(facts.deviceStart()))
                .param("offset", facts.clockOffsetMillis())
                .param("late", facts.late())
                .param("important", facts.important())
                .param("id", id)
                .update();
    }

    /** In the chain. What was marked where it was recorded (重点文件) is held from retention until somebody releases it. */
    void arrived(String id, Arrived arrived) {
        jdbc.sql("""
                with there as (
                    update upload set state = 'arrived', stream_id = :stream, first_sequence = :first,
                        last_sequence = :last, left_out_sound = :sound, fault = null, reason = null,
                        version = version + 1
                    where id = :id returning stream_id, starts, ends, name, brought_by, important)
                insert into recording_hold (stream_id, starts, ends, reason, source, made_by, made_at)
                select stream_id, starts, ends, 'IMP: ' || name, 'important', brought_by, now() from there
                where important and starts < ends on conflict do nothing""")
                .param("stream", arrived.streamId())
                .param("first", arrived.firstSequence())
                .param("last", arrived.lastSequence())
                .param("sound", arrived.leftOutSound(), Types.VARCHAR)
                .param("id", id)
                .update();
    }

    void duplicate(String id, String sha256, String first) {
        jdbc.sql(
                        "update upload set state = 'duplicate', sha256 = :hash, same_as = :first, version = version + 1 where id = :id")
                .param("hash", sha256)
                .param("first", first)
                .param("id", id)
                .update();
    }

    /** @param device whose squad may see it, 0 when it is not known */
    void refused(String id, UploadFault fault, String reason, int device, Instant now) {
        jdbc.sql("""
                update upload set state = 'refused', fault = :fault, reason = :reason, touched_at = :now,
                    device_no = coalesce((select no from device where no = :device), device_no),
                    squad_id = coalesce((select squad_id from device where no = :device), squad_id), version = version + 1
                where id = :id""")
                .param("fault", fault.label())
                .param("reason", reason.substring(0, Math.min(reason.length(), 500)))
                .param("device", device)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** A person has said more of it. @return false when the version is not the present one */
    boolean corrected(String id, int version, Told told, Instant now) {
        return jdbc.sql("""
                        update upload set state = 'waiting', told = :told::jsonb, touched_at = :now, fault = null, reason = null,
                            version = version + 1
                        where id = :id and version = :version and state = 'refused'""")
                        .param("told", json.writeValueAsString(told))
                        .param("now", Timestamp.from(now))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** @return false when it was changed meanwhile */
    boolean ended(String id, int version, UploadState state) {
        return jdbc.sql("update upload set state = :state, version = version + 1 where id = :id and version = :version")
                        .param("state", state.label())
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    void unstaged(String id) {
        jdbc.sql("update upload set staged = false where id = :id")
                .param("id", id)
                .update();
    }

    private StoredUpload read(ResultSet row) throws SQLException {
        return StoredUpload.of(row, json);
    }
}
