package org.farwatch.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;

/** A broker, an ingest and everything around it, for tests; and a device that publishes. */
final class MqttHouse implements AutoCloseable {
    static final MqttSettings.Session QUICK = new MqttSettings.Session(
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100));

    final TestBroker broker;
    final Register register = new Register();
    final StoringSink sink = new StoringSink();
    final RowBudget budget;
    final Faults faults = new Faults(Clock.systemUTC());
    final List<Kept> kept = new CopyOnWriteArrayList<>();
    final MqttIngest ingest;
    final Told told = new Told();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final MqttSettings settings;
    private final MqttAsyncClient device;
    /** The broker goes with this house. */
    private final boolean alone;

    /** What devices said of themselves besides coming and going; stored at once, or when a test says so. */
    static final class Told implements DeviceReports {
        final List<Object> reports = new CopyOnWriteArrayList<>();
        final List<Runnable> unstored = new CopyOnWriteArrayList<>();
        volatile boolean withholding;

        @Override
        public void status(KnownDevice device, DeviceStatus status, Instant received, Runnable stored) {
            take(status, stored);
        }

        @Override
        public void recording(KnownDevice device, RecordingReport report, Instant received, Runnable stored) {
            take(report, stored);
        }

        @Override
        public void presence(KnownDevice device, boolean online, Instant at, Runnable stored) {
            stored.run();
        }

        private void take(Object report, Runnable stored) {
            reports.add(report);
            if (withholding) {
                unstored.add(stored);
            } else {
                stored.run();
            }
        }
    }

    /** A message that was kept raw. */
    record Kept(String origin, String reason, String raw) {}

    /** With a broker of its own, not started. */
    MqttHouse(Path home, MqttSettings.Limits limits, int rowsInFlight) throws MqttException {
        this(new TestBroker(home), true, limits, rowsInFlight);
    }

    /** At the broker that tests share, with a session of its own. */
    MqttHouse(MqttSettings.Limits limits, int rowsInFlight) throws MqttException {
        this(TestBroker.shared(), false, limits, rowsInFlight);
    }

    private MqttHouse(TestBroker broker, boolean alone, MqttSettings.Limits limits, int rowsInFlight)
            throws MqttException {
        this.broker = broker;
        this.alone = alone;
        budget = new RowBudget(rowsInFlight);
        settings = MqttSettings.of(broker.uri())
                .withClientId("ingest-" + NUMBERS.incrementAndGet())
                .withSession(QUICK)
                .withLimits(limits);
        ingest = anotherIngest(sink);
        device = new MqttAsyncClient(broker.uri(), "test-device", new MemoryPersistence());
    }

    /** One more of the same settings, not started. */
    MqttIngest anotherIngest(StoringSink sink) {
        return new MqttIngest(
                settings,
                register,
                sink,
                budget,
                (protocol, origin, at, reason, raw) ->
                        kept.add(new Kept(origin, reason, new String(raw, StandardCharsets.UTF_8))),
                faults,
                told,
                Clock.systemUTC());
    }

    /** Messages that the broker still has for the ingest; -1 before it has come there. */
    long unacknowledged() {
        return broker.unacknowledged(settings.clientId());
    }

    /** Starts the broker where it is this house's, the ingest, and connects the device. */
    MqttHouse start() throws MqttException {
        if (alone) {
            broker.start();
        }
        ingest.start();
        Eventually.until("the subscription is there", () -> unacknowledged() == 0);
        connectDevice();
        return this;
    }

    void connectDevice() throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        device.connect(options).waitForCompletion(5000);
    }

    /** Publishes with QoS 1 and waits until the broker has it. */
    void publish(String topic, String payload) throws MqttException {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1);
    }

    void publish(String topic, byte[] payload, int qos) throws MqttException {
        device.publish(topic, payload, qos, false).waitForCompletion(5000);
    }

    /** A position of a device, told apart by its fix time. */
    void position(String id, long fixMillis) throws MqttException {
        publish("farwatch/" + id + "/position", json(fixMillis));
    }

    static String json(long fixMillis) {
        return "{\"fixTime\":" + fixMillis
                + ",\"longitude\":121.4737,\"latitude\":31.2304,\"speed\":4.5,\"heading\":90}";
    }

    long faults(FaultKind kind) {
        return faults.total(Protocol.MQTT, kind);
    }

    @Override
    public void close() throws MqttException {
        ingest.close();
        device.disconnectForcibly(0, 0, false);
        device.close(true);
        if (alone) {
            broker.close();
        }
    }
}
