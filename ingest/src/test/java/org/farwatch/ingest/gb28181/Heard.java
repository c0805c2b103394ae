package org.farwatch.ingest.gb28181;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.farwatch.ingest.KnownDevice;

/** What devices have said. */
final class Heard implements ChannelSink {
    /** From now on nothing can be stored. */
    volatile boolean full;

    final List<Catalogue> catalogues = new CopyOnWriteArrayList<>();
    final List<Catalogue> changes = new CopyOnWriteArrayList<>();
    final List<Message.Alarm> alarms = new CopyOnWriteArrayList<>();
    final List<Message.DeviceInfo> infos = new CopyOnWriteArrayList<>();

    record Catalogue(String device, List<Channel> channels, boolean whole) {}

    @Override
    public void catalogue(KnownDevice device, List<Channel> channels, boolean whole, Consumer<Boolean> stored) {
        catalogues.add(new Catalogue(device.protocolId(), channels, whole));
        stored.accept(!full);
    }

    @Override
    public void changed(KnownDevice device, List<Channel> channels, Consumer<Boolean> stored) {
        changes.add(new Catalogue(device.protocolId(), channels, false));
        stored.accept(!full);
    }

    @Override
    public void described(KnownDevice device, Message.DeviceInfo info, Consumer<Boolean> stored) {
        infos.add(info);
        stored.accept(!full);
    }

    @Override
    public void alarm(KnownDevice device, Message.Alarm alarm, Instant receiveTime, Consumer<Boolean> stored) {
        alarms.add(alarm);
        stored.accept(!full);
    }
}
