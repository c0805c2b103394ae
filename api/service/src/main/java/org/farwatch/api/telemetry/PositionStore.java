package org.farwatch.api.telemetry;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.sql.DataSource;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.PositionSink;

/**
 * Stores positions by group commit: every writer owns the devices of its share, gathers what has arrived and commits it
 * in one COPY. A row's result is set after its commit and never before. Safe for use by many threads.
 *
 * <p>Queues are bounded by {@link org.farwatch.ingest.RowBudget}: readers stop when too many rows are in flight.
 */
public final class PositionStore implements PositionSink, AutoCloseable {
    private final List<PositionWriter> writers = new ArrayList<>();
    private final AtomicLongArray counts = new AtomicLongArray(StoreResult.values().length);

    /**
     * @param source unpooled connections; each writer keeps one and opens another when it breaks
     * @param sealSecret see {@link SealedPositions}
     */
    public PositionStore(
            DataSource source,
            TelemetrySettings settings,
            String sealSecret,
            OffDutyRule offDuty,
            List<PositionListener> listeners,
            Clock clock)
            throws SQLException {
        this(source, settings, sealSecret, offDuty, listeners, PositionJournal.NONE, clock);
    }

    /** @param journal told within each transaction */
    public PositionStore(
            DataSource source,
            TelemetrySettings settings,
            String sealSecret,
            OffDutyRule offDuty,
            List<PositionListener> listeners,
            PositionJournal journal,
            Clock clock)
            throws SQLException {
        Partitions partitions = new Partitions(source);
        partitions.open(clock.millis());
        for (int share = 0; share < settings.writers(); share++) {
            PositionGroup group = new PositionGroup(settings, share, settings.writers(), offDuty, clock);
            PositionTable table =
                    new PositionTable(source, partitions, new SealedPositions(sealSecret), settings, journal);
            writers.add(new PositionWriter(share, group, table, listeners, this::tally));
        }
        writers.forEach(PositionWriter::start);
    }

    @Override
    public void accept(PositionBatch batch, Completion done) {
        int rows = batch.size();
        if (rows == 0) {
            throw new IllegalArgumentException("a batch without rows has nothing to store");
        }
        int shares = 0;
        for (int row = 0; row < rows; row++) {
            shares |= 1 << batch.device(row) % writers.size();
        }
        Pending pending = new Pending(batch, done, new AtomicInteger(Integer.bitCount(shares)));
        for (int share = 0; share < writers.size(); share++) {
            if ((shares & 1 << share) != 0) {
                writers.get(share).offer(pending);
            }
        }
    }

    /** Rows that ended with this result since the start. */
    public long count(StoreResult result) {
        return counts.get(result.ordinal());
    }

    /** Why writing stands still, or null while it does not: for health and the console. */
    public String trouble() {
        for (PositionWriter writer : writers) {
            if (writer.trouble() != null) {
                return writer.trouble();
            }
        }
        return null;
    }

    /** Commits what has been handed over, as far as the database answers, then stops the writers. */
    @Override
    public void close() {
        writers.forEach(PositionWriter::stop);
        writers.forEach(PositionWriter::join);
    }

    private void tally(StoreResult result) {
        counts.incrementAndGet(result.ordinal());
    }

    /**
     * A batch that one or more writers work on; the last of them hands it back.
     *
     * @param remaining writers that have not finished their rows
     */
    record Pending(PositionBatch batch, Completion done, AtomicInteger remaining) {
        void finished() {
            if (remaining.decrementAndGet() == 0) {
                done.done(batch);
            }
        }
    }
}
