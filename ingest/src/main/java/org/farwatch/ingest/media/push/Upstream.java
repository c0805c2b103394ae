package org.farwatch.ingest.media.push;

import java.time.Duration;
import java.util.Optional;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.pull.PullFailure;

/** Asks a device to send its stream, once. All calls but {@link #packets} come on the stream's platform thread and may wait. */
public interface Upstream {
    /**
     * Returns when the device has agreed to send.
     *
     * @param feed takes what comes, from now until {@link #end}
     * @throws PullFailure saying why it does not
     * @throws InterruptedException when the stream is closed meanwhile
     */
    void begin(Feed feed, Duration limit) throws PullFailure, InterruptedException;

    /**
     * Fetches what has come and puts it into the feed, where no other thread does. Comes between the two others.
     *
     * @param nanos longest wait for something to come
     * @return false where receivers of their own fill the feed
     */
    default boolean fetch(long nanos) throws InterruptedException {
        return false;
    }

    /** Whether sound may come beside the pictures, as far as the device has said once it agreed to send. */
    default boolean mayBeHeard() {
        return true;
    }

    /** What came and what was lost; empty where nobody counts it. May be called by any thread. */
    default Optional<Packets> packets() {
        return Optional.empty();
    }

    /** Tells the device to stop and lets go of everything; comes once after {@link #begin}, also when that failed. */
    void end();
}
