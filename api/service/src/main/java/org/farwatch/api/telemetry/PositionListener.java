package org.farwatch.api.telemetry;

import org.farwatch.geo.PositionBatch;

/** Told of every position that was committed, in commit order of its device. */
@FunctionalInterface
public interface PositionListener {
    /**
     * Called on a writer thread, after the commit and before the acknowledgement. Must be quick and copy what it needs:
     * the batch is reused when the call returns.
     */
    void stored(PositionBatch batch, int row);

    /** The same of a position that was kept as suspect: its clock is wild, so it moves nothing. */
    default void suspect(PositionBatch batch, int row) {}
}
