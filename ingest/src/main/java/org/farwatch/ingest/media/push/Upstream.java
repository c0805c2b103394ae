package org.farwatch.ingest.media.push;

import java.time.Duration;
import org.farwatch.ingest.media.pull.PullFailure;

/** Asks a device to send its stream, once. Both calls come on the stream's platform thread and may wait. */
public interface Upstream {
    /**
     * Returns when the device has agreed to send.
     *
     * @param feed takes what comes, from now until {@link #end}
     * @throws PullFailure saying why it does not
     * @throws InterruptedException when the stream is closed meanwhile
     */
    void begin(Feed feed, Duration limit) throws PullFailure, InterruptedException;

    /** Tells the device to stop and lets go of everything; comes once after {@link #begin}, also when that failed. */
    void end();
}
