package org.farwatch.api.alarms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.farwatch.ingest.jt808.command.PositionCommand.ConfirmAlarm;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The alarms of one device as people read them: with what became of each. Any thread. */
@Component
class AlarmHistory {
    /** By {@link LocationAlarm#mask}'s bit, for the arguments of commands. */
    private static final String BY_BIT =
            Arrays.stream(LocationAlarm.values()).map(LocationAlarm::label).collect(Collectors.joining(","));

    private final JdbcClient jdbc;

    /**
     * @param id as text, like every id of the API
     * @param to null while it is on
     * @param noticed when the service heard of it
     * @param late whether that was more than a minute after it began, such as from a blind area
     * @param alert null when none was raised
     * @param confirmable whether the terminal waits for the platform's answer (JT/T 808, 0x8203)
     * @param told state of the command that told it, null when there is none
     */
    record Entry(
            String id,
            String alarm,
            Instant from,
            Instant to,
            Instant noticed,
            boolean late,
            Raised alert,
            boolean confirmable,
            String told) {}

    /** @param by who decided on it, null while nobody has; {@code at} and {@code reason} likewise */
    record Raised(String id, String state, String severity, String by, Instant at, String reason) {}

    /** Some of them, the latest first; null means any. */
    record Filter(LocationAlarm alarm, Instant from, Instant to) {}

    /** Where a part of the list ended. */
    record Place(Instant from, long id) {}

    AlarmHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param before the last one given, null for the first part */
    List<Entry> list(int deviceNo, Filter filter, Place before, int limit) {
        return jdbc.sql("""
                        select a.id, a.alarm, a.starts, a.ends, a.noticed, a.noticed > a.starts + interval '1 minute',
                            l.id, l.state, l.severity, e.username, e.at, e.reason, c.state
                        from device_alarm a
                            left join alert l on l.id = a.alert_id
                            left join lateral (select username, at, reason from alert_event
                                where alert_id = l.id and action in ('confirm', 'dismiss') order by id limit 1) e on true
                            left join lateral (select state from device_command
                                where device_no = a.device_no and kind = 'confirm-alarm' and requested_at >= a.noticed
                                    and requested_at < coalesce((select min(noticed) from device_alarm
                                        where device_no = a.device_no and alarm = a.alarm and noticed > a.noticed), 'infinity')
                                    and arguments -> 'bits' @> to_jsonb(
                                        array_position(string_to_array(:byBit, ','), a.alarm) - 1)
                                order by id desc limit 1) c on true
                        where a.device_no = :device
                            and (:alarm::text is null or a.alarm = :alarm)
                            and (:to::timestamptz is null or a.starts < :to::timestamptz)
                            and (:from::timestamptz is null or a.ends is null or a.ends > :from::timestamptz)
                            and (:beforeAt::timestamptz is null
                                or (a.starts, a.id) < (:beforeAt::timestamptz, :beforeId::bigint))
                        order by a.starts desc, a.id desc limit :limit""")
                .param("byBit", BY_BIT)
                .param("device", deviceNo)
                .param("alarm", filter.alarm() == null ? null : filter.alarm().label())
                .param("from", filter.from() == null ? null : filter.from().toString())
                .param("to", filter.to() == null ? null : filter.to().toString())
                .param("beforeAt", before == null ? null : before.from().toString())
                .param("beforeId", before == null ? null : before.id())
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        LocationAlarm alarm = LocationAlarm.of(row.getString(2)).orElseThrow();
        return new Entry(
                row.getString(1),
                alarm.label(),
                row.getTimestamp(3).toInstant(),
                instant(row, 4),
                row.getTimestamp(5).toInstant(),
                row.getBoolean(6),
                row.getString(7) == null
                        ? null
                        : new Raised(
                                row.getString(7),
                                row.getString(8),
                                row.getString(9),
                                row.getString(10),
                                instant(row, 11),
                                row.getString(12)),
                ConfirmAlarm.CONFIRMABLE.contains(Integer.numberOfTrailingZeros(alarm.mask())),
                row.getString(13));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column) == null
                ? null
                : row.getTimestamp(column).toInstant();
    }
}
