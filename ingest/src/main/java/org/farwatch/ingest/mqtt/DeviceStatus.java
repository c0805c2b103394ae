package org.farwatch.ingest.mqtt;

import java.time.Instant;

/**
 * What a status message says besides that the device is there; each is null when it is not said.
 *
 * @param battery percent, 0 to 100
 * @param storageFree bytes
 * @param storageTotal bytes
 * @param clock of the device when it sent the message
 * @param recording whether it records
 */
public record DeviceStatus(Integer battery, Long storageFree, Long storageTotal, Instant clock, Boolean recording) {
    static final DeviceStatus NOTHING = new DeviceStatus(null, null, null, null, null);

    /** The same without what it says of the clock: a message that lay somewhere tells the time at which it was sent. */
    DeviceStatus withoutClock() {
        return new DeviceStatus(battery, storageFree, storageTotal, null, recording);
    }
}
