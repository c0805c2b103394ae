package org.farwatch.api.telemetry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.api.telemetry.PositionStore.Pending;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;

/**
 * The rows that one writer commits together, each with what is to become of it. Owned by its writer thread and reused.
 */
final class PositionGroup {
    private static final int NO_TIME = PositionFlag.NO_TIME.mask();
    /** Alarm bit 0, JT/T 808-2019 table 25. */
    private static final int SOS = 1;

    private final int share;
    private final int shares;
    private final int limit;
    private final long keepMillis;
    private final long aheadMillis;
    private final OffDutyRule offDuty;
    private final Clock clock;
    private final RecentIdentities recent = new RecentIdentities();

    private final List<Pending> pending = new ArrayList<>();
    private PositionBatch[] batches;
    private int[] rows;
    private StoreResult[] results;
    private long[] holders;
    private int size;

    PositionGroup(TelemetrySettings settings, int share, int shares, OffDutyRule offDuty, Clock clock) {
        this.share = share;
        this.shares = shares;
        this.limit = settings.groupRows();
        this.keepMillis = settings.keep().toMillis();
        this.aheadMillis = settings.ahead().toMillis();
        this.offDuty = offDuty;
        this.clock = clock;
        int room = limit + PositionBatch.DEFAULT_ROWS;
        batches = new PositionBatch[room];
        rows = new int[room];
        results = new StoreResult[room];
        holders = new long[room];
    }

    void clear() {
        pending.clear();
        Arrays.fill(batches, 0, size, null);
        size = 0;
    }

    boolean isFull() {
        return size >= limit;
    }

    int size() {
        return size;
    }

    PositionBatch batch(int index) {
        return batches[index];
    }

    int row(int index) {
        return rows[index];
    }

    /** What the row is meant for, or what became of it once the writer has set it. */
    StoreResult result(int index) {
        return results[index];
    }

    void result(int index, StoreResult result) {
        results[index] = result;
    }

    /** The officer whose off-duty position this is, for rows meant to be sealed. */
    long holder(int index) {
        return holders[index];
    }

    /** Takes this writer's rows of the batch and decides on each. */
    void add(Pending handed) {
        pending.add(handed);
        PositionBatch batch = handed.batch();
        long now = clock.millis();
        for (int row = 0; row < batch.size(); row++) {
            if (batch.device(row) % shares == share) {
                ensureRoom();
                batches[size] = batch;
                rows[size] = row;
                results[size] = decide(batch, row, now);
                size++;
            }
        }
    }

    /** After the rows' fate is known to the database: tells the batches and hands back those that are complete. */
    void finish() {
        for (int i = 0; i < size; i++) {
            if (results[i] == StoreResult.REFUSED) {
                recent.forget(batches[i].device(rows[i]));
                refuseResendsOf(i);
            }
        }
        for (int i = 0; i < size; i++) {
            batches[i].result(rows[i], results[i]);
        }
        pending.forEach(Pending::finished);
    }

    /** A resend within the group was taken for a duplicate of a row that the database then refused. */
    private void refuseResendsOf(int refused) {
        PositionBatch batch = batches[refused];
        int row = rows[refused];
        for (int i = refused + 1; i < size; i++) {
            if (results[i] == StoreResult.DUPLICATE
                    && batches[i].device(rows[i]) == batch.device(row)
                    && batches[i].fixTime(rows[i]) == batch.fixTime(row)
                    && batches[i].bodyHash(rows[i]) == batch.bodyHash(row)) {
                results[i] = StoreResult.REFUSED;
            }
        }
    }

    private StoreResult decide(PositionBatch batch, int row, long now) {
        long fixTime = batch.fixTime(row);
        if ((batch.flags(row) & NO_TIME) != 0 || fixTime < now - keepMillis || fixTime > now + aheadMillis) {
            if (fixTime < now - keepMillis) {
                batch.flag(row, PositionFlag.PAST_TIME);
            }
            return StoreResult.SUSPECT;
        }
        long holder =
                (batch.alarms(row) & SOS) != 0 ? OffDutyRule.KEEP : offDuty.offDutyHolder(batch.device(row), fixTime);
        holders[size] = holder;
        if (holder != OffDutyRule.KEEP) {
            return StoreResult.SEALED;
        }
        // Only what goes into the table is remembered: a sealed position that is released later is no resend.
        return recent.add(batch.device(row), fixTime, batch.bodyHash(row)) ? StoreResult.STORED : StoreResult.DUPLICATE;
    }

    private void ensureRoom() {
        if (size == rows.length) {
            int room = size * 2;
            batches = Arrays.copyOf(batches, room);
            rows = Arrays.copyOf(rows, room);
            results = Arrays.copyOf(results, room);
            holders = Arrays.copyOf(holders, room);
        }
    }
}
