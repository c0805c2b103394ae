package org.farwatch.ingest.media.pull;

import java.time.Duration;

/**
 * @param connect longest wait for the first frame of a source
 * @param stall silence after which a connected source is left and asked again
 * @param key longest wait for a key picture while others come; viewers and recordings can only begin at one
 * @param quiet silence after which a stream is said to be stalled; less than {@code stall}
 * @param firstPause before the second try
 * @param longestPause between tries; each pause is twice the one before
 * @param settled how long a stream must have been live before the pauses begin from {@code firstPause} again: a source
 *     that breaks off at once each time is not asked each second for ever
 */
public record PullSettings(
        Duration connect,
        Duration stall,
        Duration key,
        Duration quiet,
        Duration firstPause,
        Duration longestPause,
        Duration settled) {
    public static PullSettings standard() {
        return new PullSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }
}
