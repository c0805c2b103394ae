package org.farwatch.ingest.gb28181;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.farwatch.ingest.KnownDevice;

/** Where goes what devices say of themselves. Called by threads of the SIP port: must not wait. */
public interface ChannelSink {
    /**
     * A device's catalogue, as it was asked for.
     *
     * @param whole whether nothing is missing: then what is not in it is not there any more
     */
    void catalogue(KnownDevice device, List<Channel> channels, boolean whole);

    /** Channels that a device tells of unasked: others are as they were. */
    void changed(KnownDevice device, List<Channel> channels);

    /** What the device is. */
    void described(KnownDevice device, Message.DeviceInfo info);

    /**
     * @param receiveTime our clock
     * @param stored told once, by any thread, whether the alarm is stored; only then it is acknowledged
     */
    void alarm(KnownDevice device, Message.Alarm alarm, Instant receiveTime, Consumer<Boolean> stored);
}
