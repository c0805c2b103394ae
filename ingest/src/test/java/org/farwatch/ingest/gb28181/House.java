package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.MemoryStore;
import org.farwatch.ingest.jt808.Register;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpSettings;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.farwatch.ingest.sip.SipSettings;

/** A server on a real port, and devices that come to it. */
final class House implements AutoCloseable {
    /** Servers that are closing: the SIP stack takes a second, in which the next house may stand already. */
    private static final Queue<CompletableFuture<Void>> CLOSING = new ConcurrentLinkedQueue<>();

    static final String PLATFORM = "34020000002000000001";
    static final String DEVICE = "34020000001180000001";
    static final String CAMERA = "34020000001320000001";
    static final String PASSWORD = "tell nobody";

    final Register register = new Register().selfRegistering();
    final MemoryStore store = new MemoryStore();
    final Heard heard = new Heard();
    final List<String> undecoded = new ArrayList<>();
    final Faults faults = new Faults(Clock.systemUTC());
    final RtpSessions receivers;
    final Gb28181Server server;
    private final InetSocketAddress address;
    private final List<SimulatedDevice> devices = new ArrayList<>();

    House() throws IOException {
        this(Duration.ofSeconds(60), 1_000, 2_000);
    }

    House(Duration keepalive, int messagesPerSecond, int burst) throws IOException {
        this(keepalive, messagesPerSecond, burst, Duration.ZERO);
    }

    /** @param clocks how often devices are asked for their time; zero asks none */
    House(Duration keepalive, int messagesPerSecond, int burst, Duration clocks) throws IOException {
        this(keepalive, messagesPerSecond, burst, clocks, Duration.ofSeconds(10));
    }

    /** @param answerSilence behind which an answer that is not whole is over */
    House(Duration answerSilence) throws IOException {
        this(Duration.ofSeconds(60), 1_000, 2_000, Duration.ZERO, answerSilence);
    }

    private House(Duration keepalive, int messagesPerSecond, int burst, Duration clocks, Duration answerSilence)
            throws IOException {
        SipSettings sip = new SipSettings(
                "farwatch.gb28181.port",
                "127.0.0.1",
                "127.0.0.1",
                0,
                PLATFORM,
                "3402000000",
                2,
                100,
                messagesPerSecond,
                burst);
        Gb28181Settings settings = new Gb28181Settings(
                sip,
                keepalive,
                3,
                3,
                20_000,
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                clocks,
                answerSilence,
                Set.of());
        receivers = new RtpSessions(new RtpSettings("127.0.0.1", 30_600, 30_699, 1), Clock.systemUTC());
        server = new Gb28181Server(
                settings,
                code -> code.endsWith("9") ? null : PASSWORD,
                register,
                heard,
                store,
                new RowBudget(1_000),
                (_, _, _, reason, _) -> undecoded.add(reason),
                receivers,
                faults,
                Clock.systemUTC());
        address = server.start();
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    static List<String> cameras(int number) {
        return IntStream.range(1, number + 1)
                .mapToObj("3402000000132%07d"::formatted)
                .toList();
    }

    SimulatedDevice device(DeviceTraits traits) throws IOException {
        return device(traits, "127.0.0.1");
    }

    /** @param from where it is */
    SimulatedDevice device(DeviceTraits traits, String from) throws IOException {
        SimulatedDevice device = new SimulatedDevice(traits, PLATFORM, address, () -> StreetScene.quiet(1), from);
        devices.add(device);
        return device;
    }

    /** One that is registered and whose catalogue has come. */
    SimulatedDevice registered(DeviceTraits traits) throws IOException {
        SimulatedDevice device = device(traits);
        org.assertj.core.api.Assertions.assertThat(device.register(3600)).isEqualTo(200);
        org.awaitility.Awaitility.await().until(() -> !heard.catalogues.isEmpty());
        return device;
    }

    @Override
    public void close() {
        for (CompletableFuture<Void> last = CLOSING.peek(); last != null && last.isDone(); last = CLOSING.peek()) {
            CLOSING.remove().join();
        }
        devices.forEach(SimulatedDevice::close);
        CLOSING.add(CompletableFuture.runAsync(
                () -> {
                    server.close();
                    receivers.close();
                },
                closing -> Thread.ofPlatform().name("closing-house").start(closing)));
    }

    /** After the last test of a class: all are closed, and none failed to. */
    static void allClosed() {
        while (!CLOSING.isEmpty()) {
            CLOSING.remove().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
