package org.farwatch.ingest;

import org.farwatch.geo.PositionBatch;

/**
 * Where positions go to be stored. An acknowledged position is a stored position: nobody may acknowledge a row before
 * {@link Completion#done} reported a result for it.
 */
@FunctionalInterface
public interface PositionSink {
    /**
     * Takes ownership of the batch; the caller may not touch it until {@code done} hands it back. Never blocks. While
     * the database is away nothing completes: the caller's {@link RowBudget} then stops it from reading.
     *
     * @param batch at least one row
     * @param done called once, on any thread, with every row's result set
     */
    void accept(PositionBatch batch, Completion done);

    /** Receives the batch back when each row has its {@link org.farwatch.geo.StoreResult}. Must not block. */
    @FunctionalInterface
    interface Completion {
        void done(PositionBatch batch);
    }
}
