package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.farwatch.api.web.BureauTime;
import org.farwatch.geo.StoreResult;

/**
 * Says in the transaction that stores positions which days of which devices have changed, so that {@link DeviceDays}
 * reads them again, whenever a position comes and however late. A day that was marked is not marked again for
 * {@link #REMEMBERED}: what comes meanwhile counts as marked, and whoever reads the day waits for that long. So storing
 * pays for one small statement per device and ten minutes. Owned by one writer thread.
 */
final class DayMarks {
    /** For this long after a mark positions may come without another. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    /** How long a transaction may take after it looked at its marks; one that takes longer marks once more. */
    static final Duration SLACK = Duration.ofMinutes(5);

    private static final int DAYS_PER_DEVICE = 4;
    private static final String MARK = """
            insert into device_day_mark (device_no, day, marked_at)
            select distinct device_no, date '1970-01-01' + day, now()
            from unnest(?::int[], ?::int[]) as marked (device_no, day)
            order by 1, 2
            on conflict (device_no, day) do update set marked_at = excluded.marked_at""";

    /** Of one device: days by number since 1970, and when they were marked. */
    private static final class Known {
        private final int[] day = new int[DAYS_PER_DEVICE];
        private final long[] nanos = new long[DAYS_PER_DEVICE];
        private int filled;
        private int next;
    }

    /** By device number, which the register gives out densely. */
    private Known[] known = new Known[1024];

    private Integer[] devices = new Integer[64];
    private Integer[] days = new Integer[64];
    private int pending;
    private long began;

    /** The local day that was looked up last: positions come in order of time. */
    private long dayStart;

    private long dayEnd;
    private int day;

    /** Marks the days of the rows meant to be stored, inside the open transaction. */
    void write(Connection open, PositionGroup group, int from, int to) throws SQLException {
        began = System.nanoTime();
        pending = 0;
        for (int i = from; i < to; i++) {
            if (group.result(i) == StoreResult.STORED) {
                int row = group.row(i);
                remember(group.batch(i).device(row), dayOf(group.batch(i).fixTime(row)));
            }
        }
        if (pending == 0) {
            return;
        }
        try (PreparedStatement insert = open.prepareStatement(MARK)) {
            insert.setArray(1, open.createArrayOf("int4", Arrays.copyOf(devices, pending)));
            insert.setArray(2, open.createArrayOf("int4", Arrays.copyOf(days, pending)));
            insert.executeUpdate();
        }
    }

    /** The transaction is undone, and its marks with it. */
    void undone() {
        for (int i = 0; i < pending; i++) {
            known[devices[i]] = null;
        }
        pending = 0;
    }

    /** Whether the commit took so long that a reader may not have waited for it: then everything is forgotten. */
    boolean tookTooLong() {
        if (System.nanoTime() - began < SLACK.toNanos()) {
            return false;
        }
        Arrays.fill(known, null);
        return true;
    }

    private void remember(int device, int day) {
        if (device >= known.length) {
            known = Arrays.copyOf(known, Math.max(device + 1, known.length * 2));
        }
        Known of = known[device];
        if (of == null) {
            of = new Known();
            known[device] = of;
        }
        int at = 0;
        while (at < of.filled && of.day[at] != day) {
            at++;
        }
        if (at < of.filled && began - of.nanos[at] < REMEMBERED.toNanos()) {
            return;
        }
        if (at == of.filled && at == DAYS_PER_DEVICE) {
            at = of.next;
            of.next = (of.next + 1) % DAYS_PER_DEVICE;
        } else if (at == of.filled) {
            of.filled++;
        }
        of.day[at] = day;
        of.nanos[at] = began;
        add(device, day);
    }

    private void add(int device, int day) {
        if (pending == devices.length) {
            devices = Arrays.copyOf(devices, pending * 2);
            days = Arrays.copyOf(days, pending * 2);
        }
        devices[pending] = device;
        days[pending] = day;
        pending++;
    }

    private int dayOf(long fixTime) {
        if (fixTime < dayStart || fixTime >= dayEnd) {
            LocalDate local = LocalDate.ofInstant(Instant.ofEpochMilli(fixTime), BureauTime.ZONE);
            day = Math.toIntExact(local.toEpochDay());
            dayStart = local.atStartOfDay(BureauTime.ZONE).toInstant().toEpochMilli();
            dayEnd = local.plusDays(1).atStartOfDay(BureauTime.ZONE).toInstant().toEpochMilli();
        }
        return day;
    }
}
