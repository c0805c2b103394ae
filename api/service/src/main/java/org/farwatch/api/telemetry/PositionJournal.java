package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Notes stored positions in the transaction that stores them: what it writes is there exactly when the position is, and
 * is gone with it when the transaction fails. Called on writer threads.
 */
public interface PositionJournal {
    /** For nobody. */
    PositionJournal NONE = new PositionJournal() {
        @Override
        public boolean wants(int deviceNo) {
            return false;
        }

        @Override
        public void write(Connection transaction, List<Stored> positions) {
            throw new IllegalStateException("nothing was wanted");
        }
    };

    /** A position's identity; fix time in milliseconds since 1970 UTC. */
    record Stored(int deviceNo, long fixMillis, long hash) {}

    /** In memory, called for every stored row. */
    boolean wants(int deviceNo);

    /**
     * Writes; must not commit, and must not fail for what the positions contain.
     *
     * @param positions at least one, newly stored (no duplicates, none suspect, none sealed)
     */
    void write(Connection transaction, List<Stored> positions) throws SQLException;
}
