package org.farwatch.api.devicerecordings;

import java.time.Instant;
import java.util.List;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.ingest.media.push.Player;

/** Devices of one protocol that record by themselves and play that when they are asked. */
public interface RecordingSource {
    /** Of the addresses of its streams, such as {@code gb28181}. */
    String scheme();

    /** Whose channel an address names; null when the register has no such device. */
    RegisteredDevice device(String address);

    /**
     * Asks a device what it has; waits for its answer.
     *
     * @return in any order, also what reaches beyond the time
     * @throws org.farwatch.api.web.Refusal when it is away, says no or does not answer
     */
    List<Stored> stored(String address, Instant from, Instant to) throws InterruptedException;

    /** A stretch of it for somebody who watches; nothing is asked before it begins. */
    Player watched(String address, Instant from, Instant to);

    /** A stretch of it, every picture, as fast as the device sends that. */
    Player fetched(String address, Instant from, Instant to);

    /**
     * A recording on a device.
     *
     * @param end behind the last instant
     * @param bytes null when the device does not say
     * @param type {@code time}, {@code alarm}, {@code manual} or in the device's word, null when it does not say
     */
    record Stored(Instant start, Instant end, Long bytes, String type) {}
}
