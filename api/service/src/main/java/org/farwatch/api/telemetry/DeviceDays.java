package org.farwatch.api.telemetry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.farwatch.api.web.BureauTime;
import org.farwatch.geo.track.Track;
import org.farwatch.geo.trip.DayFigures;
import org.farwatch.geo.trip.Journey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Figures of each device and local day. A day is read whole, from the stored positions in their order, whenever
 * {@link DayMarks} say that positions of it came since: so its figures are those of the positions, in whatever order and
 * however late they came, on any kind of table. Days that are over are read in the background; what somebody asks for is
 * brought up to date before he gets it. Any thread.
 */
@Component
public class DeviceDays {
    /** Of one day: more than one position a second for a day long. */
    static final int MOST_POINTS = 200_000;

    private static final long READ_MILLIS = 60_000;
    private static final long COUNT_MILLIS = 30_000;
    private static final int AT_ONCE = 200;
    /** How long after a mark positions may still come by it. */
    private static final Duration WAIT = DayMarks.REMEMBERED.plus(DayMarks.SLACK);

    private static final String MARKED = "from device_day_mark m left join device_day d using (device_no, day) where ";
    private static final String UNREAD =
            "(d.read_at is null or d.read_at < m.marked_at + make_interval(secs => :wait))";

    private final JdbcClient jdbc;
    private final StoredTrack stored;
    private final TripThresholds thresholds;
    private final Clock clock;
    private volatile long unread;

    /**
     * @param kept whether the positions are still there to be looked at
     * @param figures of the day
     */
    record DeviceDay(LocalDate day, boolean kept, DayFigures figures) {}

    private record Key(int device, LocalDate day) {}

    DeviceDays(JdbcClient jdbc, StoredTrack stored, TripThresholds thresholds, Clock clock) {
        this.jdbc = jdbc;
        this.stored = stored;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    /** The days in {@code [first, last]} on which the device has or had positions, brought up to date. */
    List<DeviceDay> of(int device, LocalDate first, LocalDate last) {
        // Another rule counts as unread too; in the background it does not, or one change would read years again.
        jdbc.sql("select device_no, day " + MARKED + "(d.rules <> :rules or " + UNREAD + ")"
                        + " and device_no = :device and day between :first and :last")
                .param("wait", WAIT.toSeconds())
                .param("rules", thresholds.text())
                .param("device", device)
                .param("first", first)
                .param("last", last)
                .query(DeviceDays::key)
                .list()
                .forEach(this::read);
        return jdbc.sql("""
                select d.*, m.day is not null as kept
                from device_day d left join device_day_mark m using (device_no, day)
                where d.device_no = :device and d.day between :first and :last order by d.day""")
                .param("device", device)
                .param("first", first)
                .param("last", last)
                .query((row, _) -> new DeviceDay(
                        row.getObject("day", LocalDate.class),
                        row.getBoolean("kept"),
                        new DayFigures(
                                row.getInt("points"),
                                row.getDouble("metres"),
                                DayFigures.Source.of(row.getString("source")),
                                row.getDouble("track_metres"),
                                row.getLong("online_seconds"),
                                row.getLong("moving_seconds"),
                                silence(row.getTimestamp("gap_from"), row.getTimestamp("gap_to")))))
                .list();
    }

    /** Days that are over and have to be read, as last counted: figures are read while the database is away, too. */
    long unread() {
        return unread;
    }

    @Scheduled(fixedDelay = COUNT_MILLIS)
    void countUnread() {
        unread = jdbc.sql("select count(*) " + MARKED + UNREAD + " and day < :today")
                .param("wait", WAIT.toSeconds())
                .param("today", today())
                .query(Long.class)
                .single();
    }

    /** Whether a day up to this one has still to be read: then its positions must stay. */
    boolean hasUnread(LocalDate last) {
        return jdbc.sql("select exists (select " + MARKED + UNREAD + " and day <= :last)")
                .param("wait", WAIT.toSeconds())
                .param("last", last)
                .query(Boolean.class)
                .single();
    }

    /** The positions up to this day are gone: its figures stay as they are. */
    void freeze(LocalDate last) {
        jdbc.sql("delete from device_day_mark where day <= :last")
                .param("last", last)
                .update();
    }

    /** Reads days that are over, the oldest marks first, until none is left that has not been read since its mark. */
    @Scheduled(initialDelay = READ_MILLIS, fixedDelay = READ_MILLIS)
    void readWhatIsOver() {
        while (true) {
            List<Key> unread = jdbc.sql("select device_no, day " + MARKED + UNREAD
                            + " and day < :today and m.marked_at < now() - make_interval(secs => :wait)"
                            + " order by m.marked_at limit " + AT_ONCE)
                    .param("wait", WAIT.toSeconds())
                    .param("today", today())
                    .query(DeviceDays::key)
                    .list();
            unread.forEach(this::read);
            if (unread.size() < AT_ONCE) {
                return;
            }
        }
    }

    /** The positions of a local day, in order. */
    Track track(int device, LocalDate day) {
        return stored.read(device, start(day), start(day.plusDays(1)), MOST_POINTS);
    }

    static Instant start(LocalDate day) {
        return day.atStartOfDay(BureauTime.ZONE).toInstant();
    }

    private void read(Key key) {
        // By the database's clock, as the marks are, and before the first position is read.
        Timestamp readAt =
                jdbc.sql("select clock_timestamp()").query(Timestamp.class).single();
        String rules = thresholds.text();
        DayFigures figures =
                Journey.of(track(key.device(), key.day()), thresholds.rules()).figures();
        DayFigures.Silence gap = figures.largestGap();
        jdbc.sql("""
                insert into device_day (device_no, day, read_at, rules, points, metres, source, track_metres,
                    online_seconds, moving_seconds, gap_from, gap_to)
                select :device, :day, :readAt, :rules, :points, :metres, :source, :track, :online, :moving,
                    :gapFrom, :gapTo
                where exists (select from device_day_mark where device_no = :device and day = :day)
                on conflict (device_no, day) do update set read_at = excluded.read_at, rules = excluded.rules,
                    points = excluded.points, metres = excluded.metres, source = excluded.source,
                    track_metres = excluded.track_metres, online_seconds = excluded.online_seconds,
                    moving_seconds = excluded.moving_seconds, gap_from = excluded.gap_from,
                    gap_to = excluded.gap_to
                where device_day.read_at <= excluded.read_at""")
                .param("device", key.device())
                .param("day", key.day())
                .param("readAt", readAt)
                .param("rules", rules)
                .param("points", figures.points())
                .param("metres", figures.metres())
                .param("source", figures.source().label())
                .param("track", figures.trackMetres())
                .param("online", figures.onlineSeconds())
                .param("moving", figures.movingSeconds())
                .param("gapFrom", gap == null ? null : Timestamp.from(gap.from()), Types.TIMESTAMP)
                .param("gapTo", gap == null ? null : Timestamp.from(gap.to()), Types.TIMESTAMP)
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BureauTime.ZONE);
    }

    private static DayFigures.Silence silence(Timestamp from, Timestamp to) {
        return from == null ? null : new DayFigures.Silence(from.toInstant(), to.toInstant());
    }

    private static Key key(ResultSet row, int number) throws SQLException {
        return new Key(row.getInt(1), row.getObject(2, LocalDate.class));
    }
}
