package org.farwatch.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.PositionSink;

/** A store in memory that finishes at once, or when told. */
public final class StoringSink implements PositionSink {
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> identities = new HashSet<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private boolean withholding;
    private boolean failing;

    /** What was stored of a position; {@code battery} is -1 when absent. */
    public record Row(
            int device,
            long fixTime,
            long receiveTime,
            long hash,
            double longitude,
            double latitude,
            float altitude,
            float speed,
            float heading,
            float accuracy,
            int flags,
            long battery,
            StoreResult result) {}

    private record Pending(PositionBatch batch, Completion done) {}

    /** From now on nothing is finished unless told. */
    public synchronized void withhold() {
        withholding = true;
    }

    /** The next batch is answered with an exception. */
    public synchronized void failOnce() {
        failing = true;
    }

    @Override
    public void accept(PositionBatch batch, Completion done) {
        synchronized (this) {
            if (failing) {
                failing = false;
                throw new IllegalStateException("the store fails, as the test wants");
            }
            for (int row = 0; row < batch.size(); row++) {
                boolean first =
                        identities.add(batch.device(row) + " " + batch.fixTime(row) + " " + batch.bodyHash(row));
                batch.result(row, first ? StoreResult.STORED : StoreResult.DUPLICATE);
                rows.add(copy(batch, row));
            }
            if (withholding) {
                pending.add(new Pending(batch, done));
                return;
            }
        }
        done.done(batch);
    }

    private static Row copy(PositionBatch batch, int row) {
        return new Row(
                batch.device(row),
                batch.fixTime(row),
                batch.receiveTime(row),
                batch.bodyHash(row),
                batch.longitude(row),
                batch.latitude(row),
                batch.altitude(row),
                batch.speed(row),
                batch.heading(row),
                batch.accuracy(row),
                batch.flags(row),
                Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), Items.BATTERY),
                batch.result(row));
    }

    /** Finishes the oldest withheld batch. */
    public void finishFirst() {
        Pending first;
        synchronized (this) {
            first = pending.removeFirst();
        }
        first.done().done(first.batch());
    }

    /** Finishes the youngest withheld batch. */
    public void finishLast() {
        Pending last;
        synchronized (this) {
            last = pending.removeLast();
        }
        last.done().done(last.batch());
    }

    /** Finishes everything withheld, and from now on all at once. */
    public void finishAll() {
        List<Pending> all;
        synchronized (this) {
            withholding = false;
            all = new ArrayList<>(pending);
            pending.clear();
        }
        all.forEach(each -> each.done().done(each.batch()));
    }

    public synchronized int batchesWithheld() {
        return pending.size();
    }

    public synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    public synchronized int size() {
        return rows.size();
    }

    /** Fix times of all rows, without doubles. */
    public synchronized Set<Long> fixTimes() {
        Set<Long> times = new HashSet<>();
        rows.forEach(row -> times.add(row.fixTime()));
        return times;
    }
}
