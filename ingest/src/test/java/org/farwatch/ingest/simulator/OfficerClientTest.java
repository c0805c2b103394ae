package org.farwatch.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.mqtt.Eventually;
import org.farwatch.ingest.mqtt.MqttIngest;
import org.farwatch.ingest.mqtt.MqttSettings;
import org.farwatch.ingest.mqtt.Register;
import org.farwatch.ingest.mqtt.StoringSink;
import org.farwatch.ingest.mqtt.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker and the ingest, which must understand everything that the officer sends. */
class OfficerClientTest {
    @TempDir
    Path home;

    private final Register register = new Register();
    private final StoringSink sink = new StoringSink();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private TestBroker broker;
    private MqttIngest ingest;
    private OfficerClient officer;

    @BeforeEach
    void start() {
        register.add("wang");
        broker = new TestBroker(home).start();
        ingest = new MqttIngest(
                MqttSettings.of(broker.uri()),
                register,
                sink,
                new RowBudget(RowBudget.DEFAULT_LIMIT),
                (protocol, origin, at, reason, raw) -> complaints.add(reason),
                new Faults(Clock.systemUTC()),
                Clock.systemUTC());
        ingest.start();
        Eventually.until("the subscription is there", () -> broker.unacknowledged() == 0);
    }

    @AfterEach
    void stop() {
        officer.close();
        ingest.close();
        broker.close();
        timer.shutdownNow();
        assertThat(complaints).isEmpty();
    }

    private OfficerClient officer(Duration interval, int memory) {
        OfficerClient.Settings settings =
                OfficerClient.Settings.of(broker.uri(), "wang", interval).withMemory(memory);
        OfficerWalk walk = new OfficerWalk(new double[][] {{121.47, 31.23}, {121.48, 31.24}}, 5);
        officer = new OfficerClient(settings, walk, timer, Clock.systemUTC(), acknowledged::add);
        return officer;
    }

    @Test
    void itSendsPositionsAlongItsWalkAndKnowsWhichTheBrokerHas() {
        officer(Duration.ofMillis(20), OfficerClient.Settings.DEFAULT_MEMORY).start();

        Eventually.until("ten are acknowledged", () -> acknowledged.size() >= 10);
        Eventually.until("they are stored", () -> sink.fixTimes().containsAll(acknowledged));

        assertThat(acknowledged).isSorted().doesNotHaveDuplicates();
        assertThat(sink.rows()).allSatisfy(row -> {
            assertThat(row.longitude()).isBetween(121.47, 121.48);
            assertThat(row.latitude()).isBetween(31.23, 31.24);
            assertThat(row.speed()).isEqualTo(5f);
            assertThat(row.flags()).isZero();
        });
        assertThat(register.presence()).first().isEqualTo("wang online");
    }

    @Test
    void cutOffItGathersPositionsAndSendsThemAsArraysAfterwards() {
        officer(Duration.ZERO, OfficerClient.Settings.DEFAULT_MEMORY).start();
        Eventually.until("it is connected", () -> officer.connected());
        officer.leaveNetwork();
        Eventually.until("its last will is heard", () -> register.presence().contains("wang offline"));
        for (int i = 0; i < 250; i++) {
            officer.take();
        }
        assertThat(officer.counts()).isEqualTo(new OfficerCounts(250, 0, 250, 0, 0));
        long before = ingest.counts().received();

        officer.findNetwork();

        Eventually.until("all are acknowledged", () -> acknowledged.size() == 250);
        Eventually.until("all are stored", () -> sink.fixTimes().size() == 250);
        assertThat(acknowledged).isSorted();
        assertThat(sink.fixTimes()).containsExactlyInAnyOrderElementsOf(acknowledged);
        // A status, and 250 positions in three messages.
        assertThat(ingest.counts().received() - before).isEqualTo(4);
        assertThat(officer.counts()).isEqualTo(new OfficerCounts(250, 250, 0, 0, 0));
        assertThat(register.presence()).endsWith("wang online");
    }

    @Test
    void whenItsMemoryIsFullTheOldestPositionsAreOverwritten() {
        officer(Duration.ZERO, 10).start();
        officer.leaveNetwork();
        for (int i = 0; i < 15; i++) {
            officer.take();
        }
        assertThat(officer.counts()).isEqualTo(new OfficerCounts(15, 0, 10, 5, 0));

        officer.findNetwork();

        Eventually.until("the youngest ten arrive", () -> acknowledged.size() == 10);
        assertThat(officer.counts()).isEqualTo(new OfficerCounts(15, 10, 0, 5, 0));
    }

    @Test
    void whenItEndsItSaysSo() {
        officer(Duration.ofMillis(20), OfficerClient.Settings.DEFAULT_MEMORY).start();
        Eventually.until("it is there", () -> register.presence().contains("wang online"));

        officer.close();

        // A retained status that is published while the subscription is made may come twice.
        Eventually.until(
                "it is gone", () -> "wang offline".equals(register.presence().getLast()));
        assertThat(officer.connected()).isFalse();
    }
}
