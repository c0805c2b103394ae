package org.farwatch.ingest.media.push;

import java.util.concurrent.CompletionStage;

/** A device that plays a stretch of what it recorded. Its pictures bear stamps of the device's own. */
public interface Player extends Upstream {
    /**
     * Tells the device; called by any thread once {@link #begin} has returned, never waits.
     *
     * @return completes when the device has taken it; fails with {@link org.farwatch.ingest.media.pull.PullFailure}
     *     saying why it does not
     */
    CompletionStage<Void> order(PlayOrder order);
}
