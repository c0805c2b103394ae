package org.farwatch.api.duty;

import java.sql.Timestamp;
import java.util.List;
import org.farwatch.api.duty.Roster.DeviceSpan;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.geo.presence.PresenceTracker;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Feeds a tracker with the stored positions of its duty: presence is what they prove and nothing else. */
@Repository
class StoredTracks {
    private static final String POSITIONS = """
            select fix_time, longitude, latitude, accuracy, flags from position
            where device_no = :device and fix_time >= :from and fix_time < :to order by fix_time""";

    private final JdbcClient jdbc;

    StoredTracks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void feed(PresenceTracker tracker, Entry duty, List<DeviceSpan> devices) {
        long from = duty.start() - PresenceTracker.MARGIN.toMillis();
        long to = duty.end() + PresenceTracker.MARGIN.toMillis();
        for (DeviceSpan span : devices) {
            jdbc.sql(POSITIONS)
                    .param("device", span.deviceNo())
                    .param("from", new Timestamp(Math.max(from, span.from())))
                    .param("to", new Timestamp(Math.min(to, span.to())))
                    .query(row -> {
                        tracker.add(
                                row.getTimestamp(1).getTime(),
                                orNaN(row.getObject(2, Double.class)),
                                orNaN(row.getObject(3, Double.class)),
                                orNaN(row.getObject(4, Float.class)),
                                row.getInt(5));
                    });
        }
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    private static float orNaN(Float value) {
        return value == null ? Float.NaN : value;
    }
}
