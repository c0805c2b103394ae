package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.PositionSink;

/** A sink that keeps rows in memory and reports on them when it is told to. Safe for use by many threads. */
public final class MemoryStore implements PositionSink {
    public record Row(
            int device,
            long fixTime,
            long receiveTime,
            double longitude,
            double latitude,
            float speed,
            int alarms,
            int flags,
            long hash,
            String items) {}

    private record Waiting(PositionBatch batch, Completion done) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    private volatile Function<Row, StoreResult> decision = _ -> StoreResult.STORED;
    private boolean holding;

    /** From now on rows are taken but nothing is reported until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Reports on everything held, on a thread of its own as a database writer would. */
    public void release() throws InterruptedException {
        List<Waiting> due;
        synchronized (this) {
            holding = false;
            due = List.copyOf(waiting);
            waiting.clear();
        }
        Thread writer = Thread.ofPlatform().start(() -> due.forEach(held -> store(held.batch(), held.done())));
        writer.join();
    }

    public void decide(Function<Row, StoreResult> results) {
        decision = results;
    }

    @Override
    public void accept(PositionBatch batch, Completion done) {
        synchronized (this) {
            batchSizes.add(batch.size());
            if (holding) {
                waiting.add(new Waiting(batch, done));
                return;
            }
        }
        store(batch, done);
    }

    private void store(PositionBatch batch, Completion done) {
        for (int i = 0; i < batch.size(); i++) {
            Row row = new Row(
                    batch.device(i),
                    batch.fixTime(i),
                    batch.receiveTime(i),
                    batch.longitude(i),
                    batch.latitude(i),
                    batch.speed(i),
                    batch.alarms(i),
                    batch.flags(i),
                    batch.bodyHash(i),
                    HexFormat.of()
                            .formatHex(
                                    batch.itemBytes(), batch.itemOffset(i), batch.itemOffset(i) + batch.itemLength(i)));
            synchronized (this) {
                rows.add(row);
            }
            batch.result(i, decision.apply(row));
        }
        done.done(batch);
    }

    /** Rows reported on so far. */
    public synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    public List<Integer> batchSizes() {
        return batchSizes;
    }

    /** Rows taken and not reported on. */
    public synchronized int held() {
        return waiting.stream().mapToInt(held -> held.batch().size()).sum();
    }
}
