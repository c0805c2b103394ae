package org.farwatch.ingest.gb28181;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.farwatch.ingest.KnownDevice;

/**
 * Where goes what devices say of themselves. Called by threads of the SIP port: must not wait. {@code stored} is told once,
 * by any thread, whether it is stored: only then a message is acknowledged, and a catalogue is asked for again until then.
 */
public interface ChannelSink {
    /**
     * A device's catalogue, as it was asked for.
     *
     * @param whole whether nothing is missing: then what is not in it is not there any more
     */
    void catalogue(KnownDevice device, List<Channel> channels, boolean whole, Consumer<Boolean> stored);

    /** Channels that a device tells of unasked: others are as they were. */
    void changed(KnownDevice device, List<Channel> channels, Consumer<Boolean> stored);

    /** What the device is. */
    void described(KnownDevice device, Message.DeviceInfo info, Consumer<Boolean> stored);

    /** @param receiveTime our clock */
    void alarm(KnownDevice device, Message.Alarm alarm, Instant receiveTime, Consumer<Boolean> stored);
}
