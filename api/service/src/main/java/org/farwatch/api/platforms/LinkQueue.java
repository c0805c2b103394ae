package org.farwatch.api.platforms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.jt809.UpwardPosition;
import org.farwatch.ingest.jt809.UpwardQueue;
import org.farwatch.ingest.jt809.UpwardVehicle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What waits for one city platform, in the database. Read in the order in which it was queued; a row that a slower writer
 * commits later with a lower number is simply read next, as nothing is skipped by number. Used by the link's thread.
 */
final class LinkQueue implements UpwardQueue {
    /** What waited longer than this goes as history. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private static final int NOT_VALID = PositionFlag.NO_FIX.mask() | PositionFlag.ZERO_POSITION.mask();

    private final JdbcClient jdbc;
    private final ForwardedVehicles vehicles;
    private final long link;

    LinkQueue(JdbcClient jdbc, ForwardedVehicles vehicles, long link) {
        this.jdbc = jdbc;
        this.vehicles = vehicles;
        this.link = link;
    }

    @Override
    public List<UpwardPosition> next(int limit) {
        List<UpwardPosition> positions = new ArrayList<>();
        // A vehicle that is not chosen any more may have left many rows.
        boolean again = true;
        while (positions.isEmpty() && again) {
            again = read(limit, positions);
        }
        return positions;
    }

    /** @return whether rows were there that are not to be sent: they are deleted now */
    private boolean read(int limit, List<UpwardPosition> positions) {
        List<Long> gone = new ArrayList<>();
        jdbc.sql("""
                with waiting as (select * from upward_queue where link_id = :link order by id limit :limit)
                select q.id, q.device_no, q.queued_at < now() - make_interval(secs => :late) as late, q.fix_time,
                    p.body_hash as stored, p.longitude, p.latitude, p.altitude, p.speed, p.heading, p.alarms, p.status,
                    p.flags, p.items
                from waiting q left join position p using (device_no, fix_time, body_hash)
                order by q.id""")
                .param("link", link)
                .param("limit", limit)
                .param("late", LATE.toSeconds())
                .query((ResultSet row) -> {
                    UpwardVehicle vehicle = vehicles.vehicle(link, row.getInt("device_no"));
                    if (vehicle == null || row.getObject("stored") == null) {
                        gone.add(row.getLong("id"));
                    } else {
                        positions.add(read(row, vehicle));
                    }
                });
        if (!gone.isEmpty()) {
            // Not chosen any more, or beyond what is kept: never to be sent.
            delete(gone);
        }
        return !gone.isEmpty();
    }

    private static UpwardPosition read(ResultSet row, UpwardVehicle vehicle) throws SQLException {
        int flags = row.getInt("flags");
        byte[] items = row.getBytes("items");
        long mileage = items == null ? -1 : Items.unsigned(items, 0, items.length, Items.MILEAGE);
        return new UpwardPosition(
                row.getLong("id"),
                vehicle,
                row.getTimestamp("fix_time").getTime(),
                number(row, "longitude"),
                number(row, "latitude"),
                (float) number(row, "altitude"),
                (float) number(row, "speed"),
                (float) number(row, "heading"),
                Math.max(0, mileage) / 10,
                row.getInt("alarms"),
                row.getInt("status"),
                (flags & NOT_VALID) == 0,
                row.getBoolean("late") || PositionFlag.BUFFERED.in(flags));
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    @Override
    public void delivered(List<UpwardPosition> positions) {
        delete(positions.stream().map(UpwardPosition::queueNo).toList());
    }

    private void delete(List<Long> ids) {
        jdbc.sql("delete from upward_queue where link_id = :link and id = any(:ids)")
                .param("link", link)
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }
}
