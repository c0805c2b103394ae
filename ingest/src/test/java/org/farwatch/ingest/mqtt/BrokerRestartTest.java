package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.simulator.OfficerClient;
import org.farwatch.ingest.simulator.OfficerWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise: what the broker acknowledged to a device is stored, whatever breaks in between. */
class BrokerRestartTest {
    private static final int OFFICERS = 6;

    @TempDir
    Path home;

    @Test
    void whatTheBrokerTookIsStoredThroughRestartsAndBrokenConnectionsUnderLoad() throws Exception {
        Register register = new Register();
        StoringSink store = new StoringSink();
        Set<String> promised = ConcurrentHashMap.newKeySet();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        PositionSink slow = (batch, done) -> {
            int millis = ThreadLocalRandom.current().nextInt(1, 60);
            var _ = timer.schedule(() -> store.accept(batch, done), millis, TimeUnit.MILLISECONDS);
        };
        List<OfficerClient> officers = new ArrayList<>();
        try (TestBroker broker = new TestBroker(home).start();
                MqttIngest ingest = ingest(broker, register, slow)) {
            ingest.start();
            Eventually.until("the subscription is there", () -> broker.unacknowledged() == 0);
            for (int i = 0; i < OFFICERS; i++) {
                officers.add(officer(broker, register.add("officer-" + i), timer, promised));
            }
            officers.forEach(OfficerClient::start);

            untilMore("load", promised, store);
            broker.stop();
            broker.start();
            untilMore("load after the restart", promised, store);
            broker.cutConnections();
            untilMore("load after the cut", promised, store);
            broker.stop();
            broker.start();
            untilMore("load after the second restart", promised, store);

            officers.forEach(OfficerClient::close);
            Eventually.until("all is fetched", () -> broker.unacknowledged() == 0);
        } finally {
            officers.forEach(OfficerClient::close);
            timer.shutdownNow();
        }
        Set<String> stored = ConcurrentHashMap.newKeySet();
        store.rows().forEach(row -> stored.add(row.device() + " " + row.fixTime()));
        assertThat(stored).containsAll(promised);
    }

    /** Both sides go on: rows counted alone would be met by what is delivered again after a break. */
    private static void untilMore(String what, Set<String> promised, StoringSink store) {
        int acknowledged = promised.size();
        int rows = store.size();
        Eventually.until(what, () -> promised.size() > acknowledged + 300 && store.size() > rows + 300);
    }

    private static MqttIngest ingest(TestBroker broker, Register register, PositionSink sink) {
        return new MqttIngest(
                MqttSettings.of(broker.uri()).withSession(MqttHouse.QUICK),
                register,
                sink,
                new RowBudget(RowBudget.DEFAULT_LIMIT),
                (protocol, origin, at, reason, raw) -> {
                    throw new AssertionError(origin + ": " + reason);
                },
                new Faults(Clock.systemUTC()),
                Clock.systemUTC());
    }

    private static OfficerClient officer(
            TestBroker broker, KnownDevice device, ScheduledExecutorService timer, Set<String> promised) {
        OfficerClient.Settings settings =
                OfficerClient.Settings.of(broker.uri(), device.protocolId(), Duration.ofMillis(3));
        OfficerWalk walk = new OfficerWalk(new double[][] {{121.47, 31.23}, {121.48, 31.23}, {121.48, 31.24}}, 5);
        return new OfficerClient(
                settings, walk, timer, Clock.systemUTC(), fixMillis -> promised.add(device.no() + " " + fixMillis));
    }
}
