package org.farwatch.ingest.mqtt;

import java.time.Instant;
import org.farwatch.ingest.KnownDevice;

/**
 * Is told what devices say of themselves over MQTT. Called by the thread that decodes; never blocks. What is told is over
 * when its {@code stored} has been run, once and on any thread: before that its message is not acknowledged. Told twice,
 * after a lost acknowledgement, it must do no harm.
 */
public interface DeviceReports {
    /** Nobody wants to know. */
    DeviceReports NONE = new DeviceReports() {
        @Override
        public void status(KnownDevice device, DeviceStatus status, Instant received, Runnable stored) {
            stored.run();
        }

        @Override
        public void recording(KnownDevice device, RecordingReport report, Instant received, Runnable stored) {
            stored.run();
        }

        @Override
        public void presence(KnownDevice device, boolean online, Instant at, Runnable stored) {
            stored.run();
        }
    };

    /** @param status at least one of its facts is there */
    void status(KnownDevice device, DeviceStatus status, Instant received, Runnable stored);

    void recording(KnownDevice device, RecordingReport report, Instant received, Runnable stored);

    /** It came or went; may be said more than once. */
    void presence(KnownDevice device, boolean online, Instant at, Runnable stored);
}
