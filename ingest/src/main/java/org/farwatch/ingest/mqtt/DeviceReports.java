package org.farwatch.ingest.mqtt;

import java.time.Instant;
import org.farwatch.ingest.KnownDevice;

/** Is told what devices say of themselves over MQTT. Called by the thread that decodes; never blocks. */
public interface DeviceReports {
    /** Nobody wants to know. */
    DeviceReports NONE = new DeviceReports() {
        @Override
        public void status(KnownDevice device, DeviceStatus status, Instant received) {
            // Nobody wants to know.
        }

        @Override
        public void recording(KnownDevice device, RecordingReport report, Instant received) {
            // Nobody wants to know.
        }

        @Override
        public void presence(KnownDevice device, boolean online, Instant at) {
            // Nobody wants to know.
        }
    };

    /** @param status at least one of its facts is there */
    void status(KnownDevice device, DeviceStatus status, Instant received);

    void recording(KnownDevice device, RecordingReport report, Instant received);

    /** It came or went; may be said more than once. */
    void presence(KnownDevice device, boolean online, Instant at);
}
