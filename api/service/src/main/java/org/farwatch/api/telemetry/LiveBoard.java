package org.farwatch.api.telemetry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;

/**
 * The newest usable position of each device, in memory. A marker never moves backwards, and no clock error freezes it:
 * a fix from the future never moves it, and one that lies ahead of the clock by now gives way to what arrives.
 *
 * <p>Written by the position writers (one per device), read by anybody.
 */
public final class LiveBoard implements PositionListener {
    /** Flags of positions that move nothing. */
    static final int MOVES_NOTHING = PositionFlag.NO_FIX.mask()
            | PositionFlag.ZERO_POSITION.mask()
            | PositionFlag.NO_TIME.mask()
            | PositionFlag.CLOCK_ROLLOVER.mask()
            | PositionFlag.FUTURE_TIME.mask()
            | PositionFlag.ENCRYPTED.mask();

    private final Map<Integer, Mark> marks = new ConcurrentHashMap<>();
    private final Set<Integer> changed = ConcurrentHashMap.newKeySet();

    /** Times in milliseconds since 1970 UTC; {@link Float#NaN} where the device said nothing. */
    public record Mark(
            int deviceNo,
            long fixTime,
            long receiveTime,
            double longitude,
            double latitude,
            float altitude,
            float speed,
            float heading,
            int flags) {}

    @Override
    public void stored(PositionBatch batch, int row) {
        int device = batch.device(row);
        if ((batch.flags(row) & MOVES_NOTHING) != 0 || Double.isNaN(batch.longitude(row))) {
            return;
        }
        Mark before = marks.get(device);
        if (before != null && !supersedes(before, batch.fixTime(row), batch.receiveTime(row))) {
            return;
        }
        put(new Mark(
                device,
                batch.fixTime(row),
                batch.receiveTime(row),
                batch.longitude(row),
                batch.latitude(row),
                batch.altitude(row),
                batch.speed(row),
                batch.heading(row),
                batch.flags(row)));
    }

    static boolean supersedes(Mark before, long fixTime, long receiveTime) {
        return fixTime > before.fixTime() || before.fixTime() > receiveTime && receiveTime > before.receiveTime();
    }

    /** Sets a mark as read from storage at start. */
    public void put(Mark mark) {
        marks.put(mark.deviceNo(), mark);
        changed.add(mark.deviceNo());
    }

    /** Something else about the device changed (state, name, connection): show it again. */
    public void touch(int deviceNo) {
        if (marks.containsKey(deviceNo)) {
            changed.add(deviceNo);
        }
    }

    public void remove(int deviceNo) {
        marks.remove(deviceNo);
    }

    public Mark of(int deviceNo) {
        return marks.get(deviceNo);
    }

    public Collection<Mark> all() {
        return marks.values();
    }

    /** Marks that changed since the last call. Called by one thread. */
    List<Mark> drainChanged() {
        List<Mark> drained = new ArrayList<>();
        for (Integer device : Set.copyOf(changed)) {
            changed.remove(device);
            Mark mark = marks.get(device);
            if (mark != null) {
                drained.add(mark);
            }
        }
        return drained;
    }
}
