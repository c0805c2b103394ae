package org.farwatch.ingest.record;

import java.time.Duration;

/**
 * @param segment length after which the next key picture begins a new file; one second to {@code longest}
 * @param longest length after which a new file is begun even without a key picture, for streams that send none
 * @param retry pause after the disk has failed
 */
public record RecorderSettings(Duration segment, Duration longest, Duration retry) {
    public RecorderSettings {
        if (segment.compareTo(Duration.ofSeconds(1)) < 0 || segment.compareTo(longest) > 0) {
            throw new IllegalArgumentException("segment must be from 1 s to " + longest + ", was " + segment);
        }
        if (retry.isNegative()) {
            throw new IllegalArgumentException("retry must not be negative, was " + retry);
        }
    }

    /**
     * Ten minutes at the longest, five seconds of pause.
     *
     * @throws IllegalArgumentException unless it is from one second to ten minutes
     */
    public static RecorderSettings of(Duration segment) {
        return new RecorderSettings(segment, Duration.ofMinutes(10), Duration.ofSeconds(5));
    }
}
