package org.farwatch.api.alarms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table of times at which alarms of devices were on. A report changes it the same way whether it comes at once, late
 * or twice, so it may be taken again after a crash. Called by {@link AlarmWatch}'s thread.
 */
@Component
class AlarmEpisodes {
    /** Reports whose own time says nothing: the time at which they were received stands in. */
    static final int WILD_CLOCK = PositionFlag.NO_TIME.mask()
            | PositionFlag.CLOCK_ROLLOVER.mask()
            | PositionFlag.FUTURE_TIME.mask()
            | PositionFlag.PAST_TIME.mask();

    private static final String SELECT = """
            select id, device_no, alarm, starts, ends, noticed, longitude, latitude, coalesce(officer_id, 0), coalesce(alert_id, 0)
            from device_alarm""";

    private static final int PAGE = 10_000;

    private final JdbcClient jdbc;
    private final AlarmRules rules;

    /**
     * A report in which something is different.
     *
     * @param late whether a younger one was there before
     * @param longitude WGS-84 degrees, NaN when it has none; {@code latitude} likewise
     */
    record Report(int deviceNo, Instant at, boolean late, int word, double longitude, double latitude) {
        Set<LocationAlarm> alarms() {
            Set<LocationAlarm> on = EnumSet.noneOf(LocationAlarm.class);
            for (LocationAlarm alarm : LocationAlarm.values()) {
                if (alarm.in(word)) {
                    on.add(alarm);
                }
            }
            return on;
        }
    }

    /**
     * One time that an alarm was on.
     *
     * @param ends null while it is on
     * @param noticed when the service heard of it: a device may send hours later
     * @param officerId 0 when nobody had the device
     * @param alertId 0 when none was raised
     */
    record Episode(
            long id,
            int deviceNo,
            LocationAlarm alarm,
            Instant starts,
            Instant ends,
            Instant noticed,
            Double longitude,
            Double latitude,
            long officerId,
            long alertId) {}

    AlarmEpisodes(JdbcClient jdbc, AlarmRules rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /** What a report says: some alarms are on at its time, those that are not have ended. */
    @Transactional
    public void take(Report report) {
        Set<LocationAlarm> on = report.alarms();
        on.forEach(alarm -> seen(report, alarm));
        if (!report.late()) {
            for (Episode open : open(report.deviceNo())) {
                if (!on.contains(open.alarm()) && !open.starts().isAfter(report.at())) {
                    end(open.id(), report.at());
                }
            }
        }
    }

    private void seen(Report report, LocationAlarm alarm) {
        Timestamp at = Timestamp.from(report.at());
        Instant ends = report.late() ? firstWithout(report.deviceNo(), alarm, report.at()) : null;
        Optional<Episode> joined = jdbc.sql(SELECT + """
                         where device_no = :device and alarm = :alarm
                            and (starts - make_interval(secs => :rejoin::int) <= :at
                                or :late and starts <= coalesce(:ends::timestamptz, 'infinity'))
                            and (ends is null or ends + make_interval(secs => :rejoin::int) > :at)
                        order by starts desc limit 1""")
                .param("device", report.deviceNo())
                .param("alarm", alarm.label())
                .param("rejoin", rules.of(alarm).rejoinSeconds())
                .param("at", at)
                .param("late", report.late())
                .param("ends", text(ends))
                .query((row, _) -> read(row))
                .optional();
        if (joined.isPresent()) {
            Instant before = joined.get().ends();
            boolean within = before == null || !before.isBefore(report.at());
            jdbc.sql("""
                    update device_alarm set starts = least(starts, :at), ends = :ends::timestamptz,
                        settled = settled and :ends::timestamptz is not null
                    where id = :id""")
                    .param("at", at)
                    .param("ends", text(within ? before : ends))
                    .param("id", joined.get().id())
                    .update();
            return;
        }
        jdbc.sql("""
                insert into device_alarm (device_no, alarm, starts, ends, longitude, latitude, officer_id)
                values (:device, :alarm, :at, :ends::timestamptz, :longitude, :latitude,
                    (select officer_id from custody where device_no = :device and held @> :at::timestamptz))
                on conflict (device_no, alarm, starts) do nothing""")
                .param("device", report.deviceNo())
                .param("alarm", alarm.label())
                .param("at", at)
                .param("ends", text(ends))
                .param("longitude", Double.isNaN(report.longitude()) ? null : report.longitude())
                .param("latitude", Double.isNaN(report.latitude()) ? null : report.latitude())
                .update();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The first stored report after an instant that does not have the alarm, null when there is none yet. */
    private Instant firstWithout(int deviceNo, LocationAlarm alarm, Instant after) {
        return jdbc.sql("""
                        select fix_time from position
                        where device_no = :device and fix_time > :after and (alarms & :mask) = 0 and (flags & :wild) = 0
                        order by fix_time limit 1""")
                .param("device", deviceNo)
                .param("after", Timestamp.from(after))
                .param("mask", alarm.mask())
                .param("wild", WILD_CLOCK)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .orElse(null);
    }

    private void end(long id, Instant at) {
        jdbc.sql("update device_alarm set ends = :at where id = :id and ends is null")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update();
    }

    private List<Episode> open(int deviceNo) {
        return jdbc.sql(SELECT + " where not settled and ends is null and device_no = :device")
                .param("device", deviceNo)
                .query((row, _) -> read(row))
                .list();
    }

    /** Devices of which an alarm is on. */
    List<Integer> devicesWithOpen() {
        return jdbc.sql("select distinct device_no from device_alarm where not settled and ends is null")
                .query(Integer.class)
                .list();
    }

    /** Ends what ended while nobody looked: a stored report without the alarm followed. */
    @Transactional
    public void endByStoredReports() {
        List<Episode> open = jdbc.sql(SELECT + " where not settled and ends is null")
                .query((row, _) -> read(row))
                .list();
        for (Episode episode : open) {
            Instant ends = firstWithout(episode.deviceNo(), episode.alarm(), episode.starts());
            if (ends != null) {
                end(episode.id(), ends);
            }
        }
    }

    /**
     * Some of the stored reports, so that memory stays bounded however many there are.
     *
     * @param next when the next ones were received, the last of these among them; null when these were all
     */
    record Page(List<Report> reports, Instant next) {}

    /** Stored reports with alarms that were received from an instant on, oldest first, as late ones. */
    Page storedSince(Instant received) {
        Instant[] last = {received};
        List<Report> reports = jdbc.sql("""
                        select device_no, case when flags & :wild <> 0 then receive_time else fix_time end as at,
                            alarms, longitude, latitude, receive_time
                        from position where alarms <> 0 and receive_time >= :received
                        union all
                        select device_no, receive_time, alarms, longitude, latitude, receive_time
                        from position_suspect where alarms <> 0 and receive_time >= :received
                        order by receive_time, at limit :limit""")
                .param("limit", PAGE)
                .param("wild", WILD_CLOCK)
                .param("received", Timestamp.from(received))
                .query((row, _) -> {
                    last[0] = row.getTimestamp(6).toInstant();
                    return new Report(
                            row.getInt(1),
                            row.getTimestamp(2).toInstant(),
                            true,
                            row.getInt(3),
                            row.getObject(4) == null ? Double.NaN : row.getDouble(4),
                            row.getObject(5) == null ? Double.NaN : row.getDouble(5));
                })
                .list();
        if (reports.size() < PAGE) {
            return new Page(reports, null);
        }
        // A whole page of one instant: on, or it would be read for ever.
        return new Page(reports, last[0].equals(received) ? received.plusMillis(1) : last[0]);
    }

    /** From when on received reports have not been looked at; empty before the first. */
    Optional<Instant> progress() {
        return jdbc.sql("select received from device_alarm_progress")
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    void progress(Instant received) {
        jdbc.sql("""
                insert into device_alarm_progress (received) values (:received)
                on conflict (only_one) do update set received = excluded.received
                where device_alarm_progress.received < excluded.received""").param("received", Timestamp.from(received)).update();
    }

    /** Those with which something is still to be done. */
    List<Episode> unsettled() {
        return jdbc.sql(SELECT + " where not settled order by id")
                .query((row, _) -> read(row))
                .list();
    }

    void raised(long id, long alertId) {
        jdbc.sql("update device_alarm set alert_id = :alert where id = :id")
                .param("alert", alertId)
                .param("id", id)
                .update();
    }

    void settle(long id) {
        jdbc.sql("update device_alarm set settled = true where id = :id")
                .param("id", id)
                .update();
    }

    /** The episode behind an alert. */
    Optional<Episode> ofAlert(long alertId) {
        return jdbc.sql(SELECT + " where alert_id = :alert")
                .param("alert", alertId)
                .query((row, _) -> read(row))
                .optional();
    }

    private static Episode read(ResultSet row) throws SQLException {
        return new Episode(
                row.getLong(1),
                row.getInt(2),
                LocationAlarm.of(row.getString(3)).orElseThrow(),
                row.getTimestamp(4).toInstant(),
                row.getTimestamp(5) == null ? null : row.getTimestamp(5).toInstant(),
                row.getTimestamp(6).toInstant(),
                row.getObject(7) == null ? null : row.getDouble(7),
                row.getObject(8) == null ? null : row.getDouble(8),
                row.getLong(9),
                row.getLong(10));
    }
}
