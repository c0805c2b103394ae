package org.farwatch.api.commands;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.farwatch.ingest.jt808.Layout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands in the database. */
@Repository
class CommandTable {
    /** The service itself in the events. */
    static final String SERVICE = "farwatch";

    /** No device has this number. */
    static final int ALL_DEVICES = 0;

    private static final String SELECT = """
            select c.id, c.device_no, d.id as device_id, c.kind, c.arguments::text as arguments, c.state, c.requested_by,
                c.requested_at, c.expires_at, c.sent_at, c.attempts, c.answered_at, c.result, c.answer::text as answer,
                c.version, d.registration ->> 'layout' as layout
            from device_command c join device d on d.no = c.device_no""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /** @param layout in which the device registered last, null when it never did */
    record Stored(
            long id,
            int deviceNo,
            String deviceId,
            String kind,
            JsonNode arguments,
            CommandState state,
            String requestedBy,
            Instant requestedAt,
            Instant expiresAt,
            Instant sentAt,
            int attempts,
            Instant answeredAt,
            String result,
            JsonNode answer,
            int version,
            Layout layout) {}

    CommandTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** One at a time for all, until the transaction ends: what is counted then stays true. */
    void lockQueue() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('device_command'))")
                .query((_, _) -> 0)
                .single();
    }

    long insert(int deviceNo, String kind, JsonNode arguments, String by, Instant now, Instant expires) {
        return jdbc.sql("""
                insert into device_command
                    (device_no, kind, arguments, state, requested_by, requested_at, expires_at)
                values (:device, :kind, :arguments::jsonb, 'queued', :by, :now, :expires) returning id""")
                .param("device", deviceNo)
                .param("kind", kind)
                .param("arguments", json.writeValueAsString(arguments))
                .param("by", by)
                .param("now", utc(now))
                .param("expires", utc(expires))
                .query(Long.class)
                .single();
    }

    void event(long id, Instant at, String username, String action, String note, CommandState to) {
        jdbc.sql("""
                insert into device_command_event (command_id, at, username, action, note, to_state)
                values (:id, :at, :username, :action, :note, :to)""")
                .param("id", id)
                .param("at", utc(at))
                .param("username", username)
                .param("action", action)
                .param("note", note, Types.VARCHAR)
                .param("to", to.label())
                .update();
    }

    /** @param deviceNo {@link #ALL_DEVICES} for all together */
    int open(int deviceNo) {
        return jdbc.sql("""
                select count(*) from device_command
                where state in ('queued', 'sent') and (:device = 0 or device_no = :device)""").param("device", deviceNo).query(Integer.class).single();
    }

    /**
     * Puts a command into another state.
     *
     * @param answer written as JSON, null leaves none
     * @return false when it is not in the state that it is thought to be in
     */
    boolean move(long id, CommandState from, CommandState to, Instant now, String result, Object answer) {
        boolean ends = to.next().isEmpty() && to != CommandState.EXPIRED && to != CommandState.CANCELLED;
        return jdbc.sql("""
                update device_command set state = :to, version = version + 1,
                    sent_at = case when :to = 'sent' then :now else sent_at end,
                    attempts = attempts + case when :to = 'sent' then 1 else 0 end,
                    answered_at = case when :ends then :now else answered_at end,
                    result = :result, answer = :answer::jsonb
                where id = :id and state = :from""")
                        .param("to", to.label())
                        .param("from", from.label())
                        .param("now", utc(now))
                        .param("ends", ends)
                        .param("result", result, Types.VARCHAR)
                        .param("answer", answer == null ? null : json.writeValueAsString(answer), Types.VARCHAR)
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<Stored> find(long id, DataScope scope, boolean lock) {
        return jdbc.sql(SELECT + " where c.id = :id and (:everything or d.squad_id = any(:squads))"
                        + (lock ? " for update of c" : ""))
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Newest first.
     *
     * @param before id of the last one given before, null for the first part
     */
    List<Stored> ofDevice(int deviceNo, Long before, int limit) {
        return jdbc.sql(SELECT + """
                 where c.device_no = :device and (:before::bigint is null or c.id < :before::bigint)
                order by c.id desc limit :limit""")
                .param("device", deviceNo)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    List<DeviceCommand.Event> events(long id) {
        return jdbc.sql("select at, username, action, note, to_state from device_command_event"
                        + " where command_id = :id order by id")
                .param("id", id)
                .query((row, _) -> new DeviceCommand.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Flow.read(CommandState.class, row.getString(5))))
                .list();
    }

    /** The oldest open command of each device that has none on the way; by id. */
    List<Stored> next() {
        return jdbc.sql(SELECT + """
                 where c.state = 'queued' and not exists (select from device_command o
                    where o.device_no = c.device_no and o.state in ('queued', 'sent')
                        and (o.state = 'sent' or o.id < c.id))
                order by c.id""").query((row, _) -> read(row)).list();
    }

    List<Stored> inState(CommandState state) {
        return jdbc.sql(SELECT + " where c.state = :state order by c.id")
                .param("state", state.label())
                .query((row, _) -> read(row))
                .list();
    }

    private Stored read(ResultSet row) throws SQLException {
        String layout = row.getString("layout");
        String answer = row.getString("answer");
        return new Stored(
                row.getLong("id"),
                row.getInt("device_no"),
                row.getString("device_id"),
                row.getString("kind"),
                json.readTree(row.getString("arguments")),
                Flow.read(CommandState.class, row.getString("state")),
                row.getString("requested_by"),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row.getTimestamp("sent_at")),
                row.getInt("attempts"),
                instant(row.getTimestamp("answered_at")),
                row.getString("result"),
                answer == null ? null : json.readTree(answer),
                row.getInt("version"),
                layout == null ? null : Layout.valueOf("V" + layout));
    }

    private static Instant instant(Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
