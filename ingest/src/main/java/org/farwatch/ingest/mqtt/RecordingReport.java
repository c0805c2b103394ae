package org.farwatch.ingest.mqtt;

import java.time.Instant;

/**
 * A body camera began to record, stopped, or handed over what it recorded.
 *
 * @param at by the device's clock, null when it does not say
 * @param start of the recording that it is about by the device's clock, null for the last one
 */
public record RecordingReport(Event event, Instant at, Instant start) {
    /** What happened. */
    public enum Event {
        STARTED,
        STOPPED,
        UPLOADED
    }
}
