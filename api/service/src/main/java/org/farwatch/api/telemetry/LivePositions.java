package org.farwatch.api.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.Topic;
import org.farwatch.api.org.DeviceActivity;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.LiveBoard.Mark;
import org.farwatch.geo.PositionFlag;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The live board as viewers see it: marks joined with the register; changes pushed once a second. */
public class LivePositions {
    private static final long PUSH_MILLIS = 1_000;
    private static final String NEWEST = """
            select device_no, fix_time, receive_time, longitude, latitude, altitude, speed, heading, flags
            from device, lateral (
                select * from position
                where device_no = device.no and flags & :movesNothing = 0 and longitude is not null
                    and fix_time > now() - interval '2 days' and fix_time <= now()
                order by fix_time desc limit 1) newest""";

    private final LiveBoard board;
    private final DeviceRegister register;
    private final DeviceActivity activity;
    private final LiveHolders holders;
    private final LiveHub hub;

    LivePositions(
            JdbcClient jdbc,
            LiveBoard board,
            DeviceRegister register,
            DeviceActivity activity,
            LiveHolders holders,
            LiveHub hub) {
        this.board = board;
        this.register = register;
        this.activity = activity;
        this.holders = holders;
        this.hub = hub;
        jdbc.sql(NEWEST)
                .param("movesNothing", LiveBoard.MOVES_NOTHING)
                .query((row, _) -> new Mark(
                        row.getInt("device_no"),
                        row.getTimestamp("fix_time").getTime(),
                        row.getTimestamp("receive_time").getTime(),
                        row.getDouble("longitude"),
                        row.getDouble("latitude"),
                        row.getObject("altitude") == null ? Float.NaN : row.getFloat("altitude"),
                        row.getObject("speed") == null ? Float.NaN : row.getFloat("speed"),
                        row.getObject("heading") == null ? Float.NaN : row.getFloat("heading"),
                        row.getInt("flags")))
                .list()
                .forEach(board::put);
        hub.snapshot(Topic.POSITIONS, () -> items(board.all()));
    }

    /** All marks as items for the viewers. */
    public List<LiveItem> items(Collection<Mark> marks) {
        List<LiveItem> items = new ArrayList<>(marks.size());
        for (Mark mark : marks) {
            RegisteredDevice device = register.byNo(mark.deviceNo());
            if (device != null) {
                items.add(new LiveItem(device.squadNo(), mark.longitude(), mark.latitude(), show(mark, device)));
            }
        }
        return items;
    }

    public List<LiveItem> all() {
        return items(board.all());
    }

    @Scheduled(fixedRate = PUSH_MILLIS)
    void push() {
        hub.publish(Topic.POSITIONS, items(board.drainChanged()));
    }

    private LivePosition show(Mark mark, RegisteredDevice device) {
        LiveHolders.Holder holder = holders.of(mark.deviceNo());
        DeviceActivity.State state = activity.of(mark.deviceNo());
        return new LivePosition(
                device.known().id(),
                device.name(),
                device.kind(),
                device.squadNo() == 0 ? null : Long.toString(device.squadNo()),
                holder.officerId(),
                holder.officerName(),
                holder.dutyId(),
                holder.presence(),
                Instant.ofEpochMilli(mark.fixTime()),
                Instant.ofEpochMilli(mark.receiveTime()),
                mark.longitude(),
                mark.latitude(),
                present(mark.altitude()),
                present(mark.speed()),
                present(mark.heading()),
                true,
                state.online(),
                state.lastSeen(),
                PositionFlag.labels(mark.flags()));
    }

    private static Float present(float value) {
        return Float.isNaN(value) ? null : value;
    }
}
