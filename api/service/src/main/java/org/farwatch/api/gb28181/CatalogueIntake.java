package org.farwatch.api.gb28181;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.video.ChannelStreams;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.gb28181.Channel;
import org.farwatch.ingest.gb28181.ChannelSink;
import org.farwatch.ingest.gb28181.DeviceCode;
import org.farwatch.ingest.gb28181.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What devices say of themselves on its way into the tables; every camera and loudspeaker of a catalogue becomes a
 * stream. One thread writes, in the order in which it came. What does not fit into its queue,
 * {@code farwatch.gb28181.catalogue-queue} channels, is counted and not acknowledged, a catalogue is asked for again.
 */
@Component
class CatalogueIntake implements ChannelSink, DisposableBean {
    /** Messages; what they hold together is bounded besides. */
    private static final int QUEUE = 2_000;

    private static final int LONGEST_NAME = 100;
    private static final String BY = "gb28181";
    private static final Set<DeviceCode.Kind> STREAMS = Set.of(DeviceCode.Kind.CAMERA, DeviceCode.Kind.LOUDSPEAKER);
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueIntake.class);

    private final ChannelTable table;
    private final DeviceFacts facts;
    private final ChannelStreams streams;
    private final DeviceRegister register;
    private final DeviceAlarms alarms;
    private final TransactionTemplate transaction;
    private final Faults faults;
    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("gb28181-catalogues").factory());

    CatalogueIntake(
            ChannelTable table,
            DeviceFacts facts,
            ChannelStreams streams,
            DeviceRegister register,
            DeviceAlarms alarms,
            TransactionTemplate transaction,
            Faults faults,
            Gb28181Properties properties) {
        this.table = table;
        this.facts = facts;
        this.streams = streams;
        this.register = register;
        this.alarms = alarms;
        this.transaction = transaction;
        this.faults = faults;
        this.most = properties.catalogueQueue();
    }

    @Override
    public void catalogue(KnownDevice device, List<Channel> channels, boolean whole, Consumer<Boolean> stored) {
        write(
                device,
                channels.size(),
                () -> transaction.executeWithoutResult(_ -> {
                    take(device, channels);
                    if (whole) {
                        table.listed(device.no(), channels);
                    }
                    facts.catalogued(device.no(), whole);
                    table.place(device.no(), device.protocolId());
                }),
                stored);
    }

    @Override
    public void changed(KnownDevice device, List<Channel> channels, Consumer<Boolean> stored) {
        // Whether one is online says nothing of where it stands, and is what most changes are.
        boolean moves = channels.stream()
                .anyMatch(channel -> !List.of("ON", "OFF", "VLOST", "DEFECT").contains(channel.event()));
        write(
                device,
                channels.size(),
                () -> transaction.executeWithoutResult(_ -> {
                    take(device, channels);
                    if (moves) {
                        table.place(device.no(), device.protocolId());
                    }
                }),
                stored);
    }

    @Override
    public void described(KnownDevice device, Message.DeviceInfo info, Consumer<Boolean> stored) {
        write(device, 1, () -> facts.described(device.no(), info), stored);
    }

    @Override
    public void alarm(KnownDevice device, Message.Alarm alarm, Instant receiveTime, Consumer<Boolean> stored) {
        write(device, 1, () -> alarms.raise(device, alarm, receiveTime), stored);
    }

    @Override
    public void destroy() {
        writer.shutdown();
    }

    private void take(KnownDevice device, List<Channel> channels) {
        // The same code twice in one message would be two changes of one row.
        Map<String, Channel> distinct = new LinkedHashMap<>();
        channels.forEach(channel -> distinct.put(channel.code(), channel));
        table.store(device.no(), List.copyOf(distinct.values()));
        RegisteredDevice owner = register.byNo(device.no());
        Long squad = owner == null || owner.squadNo() == 0 ? null : (Long) owner.squadNo();
        Map<String, String> codes = new LinkedHashMap<>();
        List<ChannelStreams.Offered> offered = distinct.values().stream()
                .filter(channel -> STREAMS.contains(channel.kind())
                        && !channel.event().equals("DEL")
                        && !(channel.name().isEmpty() && !channel.event().isEmpty())
                        && channel.code().matches("[0-9A-Za-z_.-]{1,40}"))
                .map(channel -> {
                    String address = Gb28181Source.address(device.protocolId(), channel.code());
                    codes.put(address, channel.code());
                    boolean loudspeaker = channel.kind() == DeviceCode.Kind.LOUDSPEAKER;
                    return new ChannelStreams.Offered(
                            address,
                            channel.streams() > 1 && !loudspeaker ? address + Gb28181Source.SUB : null,
                            name(channel),
                            device.no(),
                            channel.code(),
                            squad,
                            false,
                            loudspeaker,
                            channel.longitude(),
                            channel.latitude());
                })
                .toList();
        if (!offered.isEmpty()) {
            Map<String, Long> made = new LinkedHashMap<>();
            streams.offer(offered, BY).forEach((address, stream) -> made.put(codes.get(address), stream));
            table.streams(device.no(), made);
        }
    }

    private static String name(Channel channel) {
        String name = channel.name().isBlank() ? channel.code() : channel.name().strip();
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** Channels and other facts that are not written yet. */
    int waiting() {
        return waiting.get();
    }

    /** @param items what it weighs: that many are held in memory until it is written */
    private void write(KnownDevice device, int items, Runnable task, Consumer<Boolean> stored) {
        try {
            int now = waiting.addAndGet(items);
            if (now > most && now > items) {
                throw new RejectedExecutionException();
            }
            writer.execute(() -> {
                boolean done = false;
                try {
                    task.run();
                    done = true;
                } catch (RuntimeException e) {
                    LOG.error("gb28181: what {} said could not be kept", device.id(), e);
                } finally {
                    waiting.addAndGet(-items);
                }
                stored.accept(done);
            });
        } catch (RejectedExecutionException _) {
            waiting.addAndGet(-items);
            faults.count(Protocol.GB28181, FaultKind.OVER_LIMIT);
            stored.accept(false);
        }
    }
}
