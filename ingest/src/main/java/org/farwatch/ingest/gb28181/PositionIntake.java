package org.farwatch.ingest.gb28181;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.farwatch.geo.BodyHash;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;

/**
 * Positions on their way to the store. A notification is answered when they are stored; while the store has no room it
 * is not, and the device sends it again. Stateless; any thread.
 */
final class PositionIntake {
    private final DeviceDirectory directory;
    private final PositionSink sink;
    private final RowBudget budget;
    private final Clock clock;

    PositionIntake(DeviceDirectory directory, PositionSink sink, RowBudget budget, Clock clock) {
        this.directory = directory;
        this.sink = sink;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * @param device who reports: positions of others that the register knows are theirs, all else is its own
     * @param stored called when all are, by any thread; at once when there are none
     * @return false when there is no room
     */
    boolean take(KnownDevice device, List<Message.Fix> fixes, Runnable stored) {
        if (budget.inFlight() >= budget.limit()) {
            return false;
        }
        if (fixes.isEmpty()) {
            stored.run();
            return true;
        }
        PositionBatch batch = new PositionBatch(fixes.size());
        long now = clock.millis();
        for (Message.Fix fix : fixes) {
            KnownDevice other = directory.find(Protocol.GB28181, fix.target());
            append(batch, other == null ? device : other, fix, now);
        }
        int rows = batch.size();
        // The limit was looked at above; a device's few rows may go beyond it.
        var _ = budget.take(rows);
        sink.accept(batch, _ -> {
            budget.give(rows);
            stored.run();
        });
        return true;
    }

    private static void append(PositionBatch batch, KnownDevice device, Message.Fix fix, long now) {
        Instant time = fix.time();
        int row = FixTimes.append(
                batch,
                device.no(),
                time == null ? FixTimes.NO_DATE : time.toEpochMilli(),
                now,
                BodyHash.of(
                        Double.doubleToLongBits(fix.longitude()),
                        Double.doubleToLongBits(fix.latitude()),
                        (long) Float.floatToIntBits(fix.speed()) << 32
                                | Float.floatToIntBits(fix.heading()) & 0xFFFF_FFFFL,
                        Float.floatToIntBits(fix.altitude())));
        batch.motion(row, fix.altitude(), fix.speed(), fix.heading());
        boolean nowhere = !(Math.abs(fix.longitude()) <= 180)
                || !(Math.abs(fix.latitude()) <= 90)
                || fix.longitude() == 0 && fix.latitude() == 0;
        if (nowhere) {
            batch.flag(row, PositionFlag.ZERO_POSITION);
            batch.place(row, 0, 0);
            return;
        }
        LonLat place = new LonLat();
        place.set(fix.longitude(), fix.latitude());
        if (device.datum() == Datum.GCJ02 || device.datum() == Datum.BD09) {
            Datums.toWgs84(place, device.datum());
            batch.flag(row, PositionFlag.DATUM_CONVERTED);
        }
        batch.place(row, place.longitude(), place.latitude());
    }
}
