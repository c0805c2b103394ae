package org.farwatch.ingest.jt809;

import java.util.List;

/**
 * The stored positions that wait to be sent to one city platform. It outlives this process: what was not {@link
 * #delivered} is given again. Called by the link's thread only; may block on the database.
 */
public interface UpwardQueue {
    /**
     * The positions that have waited longest, the same again until they are delivered.
     *
     * @return at most {@code limit}, empty when nothing waits
     */
    List<UpwardPosition> next(int limit);

    /** The city platform has read these; they never come again. */
    void delivered(List<UpwardPosition> positions);
}
