package org.farwatch.ingest.media.pull;

import java.time.Duration;

/** The pauses between tries. Owned by the stream's thread. */
final class Backoff {
    private final PullSettings settings;
    private Duration next;

    Backoff(PullSettings settings) {
        this.settings = settings;
        this.next = settings.firstPause();
    }

    /**
     * @param live how long the try that failed was live; nothing when it never was
     * @return the pause before the next one
     */
    Duration after(Duration live) {
        if (live.compareTo(settings.settled()) >= 0) {
            next = settings.firstPause();
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(settings.longestPause()) < 0 ? doubled : settings.longestPause();
        return pause;
    }
}
