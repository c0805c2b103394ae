package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.StoreResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is acknowledged and nothing else is, against a real broker; what may be said is {@link MqttMessagesTest}'s. */
class MqttIngestTest {
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    Path home;

    private MqttHouse house;

    private MqttHouse house() throws Exception {
        return house(MqttSettings.Limits.DEFAULT, 50_000);
    }

    private MqttHouse house(MqttSettings.Limits limits, int rowsInFlight) throws Exception {
        house = new MqttHouse(limits, rowsInFlight);
        house.register.add("p1");
        return house;
    }

    /** With a broker of its own, which the test starts. */
    private void alone() throws Exception {
        house = new MqttHouse(home, MqttSettings.Limits.DEFAULT, 50_000);
        house.register.add("p1");
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void aPositionIsAcknowledgedOnlyAfterItIsStored() throws Exception {
        house().start();
        house.sink.withhold();

        house.position("p1", NOW);
        Eventually.until("the position reaches the sink", () -> house.sink.size() == 1);

        assertThat(house.ingest.counts().acknowledged()).isZero();
        assertThat(house.unacknowledged()).isEqualTo(1);
        house.sink.finishAll();
        Eventually.until("the broker has the acknowledgement", () -> house.unacknowledged() == 0);
        StoringSink.Row row = house.sink.rows().getFirst();
        assertThat(row.fixTime()).isEqualTo(NOW);
        assertThat(row.longitude()).isEqualTo(121.4737);
        assertThat(row.latitude()).isEqualTo(31.2304);
        assertThat(row.speed()).isEqualTo(4.5f);
        assertThat(row.heading()).isEqualTo(90f);
        assertThat(row.receiveTime()).isBetween(NOW, System.currentTimeMillis());
        assertThat(row.flags()).isZero();
    }

    @Test
    void whatADeviceSaysOfItselfIsAcknowledgedOnlyAfterItIsStoredAndComesAgainIfNot() throws Exception {
        house().start();
        house.told.withholding = true;
        house.publish("farwatch/p1/recording", "{\"event\":\"started\"}");
        house.publish("farwatch/p1/status", "{\"battery\":80,\"clock\":\"" + Instant.ofEpochMilli(NOW) + "\"}");
        Eventually.until("both are told", () -> house.told.reports.size() == 2);
        assertThat(house.ingest.counts().acknowledged()).isZero();
        assertThat(house.unacknowledged()).isEqualTo(2);
        assertThat(house.budget.inFlight()).as("each is a row in flight").isEqualTo(2);

        house.broker.cutConnections();

        Eventually.until("both come again", () -> house.told.reports.size() == 4);
        assertThat(house.told.reports.get(1))
                .isEqualTo(new DeviceStatus(80, null, null, Instant.ofEpochMilli(NOW), null));
        assertThat(house.told.reports.get(3))
                .as("what lay at the broker says nothing of the clock")
                .isEqualTo(new DeviceStatus(80, null, null, null, null));
        house.told.unstored.forEach(Runnable::run);
        Eventually.until("both are acknowledged", () -> house.unacknowledged() == 0);
        assertThat(house.ingest.counts().acknowledged()).isEqualTo(2);
        assertThat(house.ingest.counts().stale()).isEqualTo(2);
        assertThat(house.budget.inFlight()).isZero();
    }

    @Test
    void whatWasNotAcknowledgedComesAgainAfterTheConnectionBroke() throws Exception {
        house().start();
        house.sink.withhold();
        for (int i = 0; i < 5; i++) {
            house.position("p1", NOW + i);
        }
        Eventually.until("all reach the sink", () -> house.sink.size() == 5);

        house.broker.cutConnections();

        Eventually.until("all come again", () -> house.sink.size() == 10);
        house.sink.finishAll();
        Eventually.until("all are acknowledged", () -> house.unacknowledged() == 0);
        assertThat(house.sink.rows().subList(0, 5)).allMatch(row -> row.result() == StoreResult.STORED);
        assertThat(house.sink.rows().subList(5, 10)).allMatch(row -> row.result() == StoreResult.DUPLICATE);
        assertThat(house.sink.fixTimes()).hasSize(5);
    }

    @Test
    void completionsOfAnEndedConnectionAcknowledgeNothing() throws Exception {
        house().start();
        house.sink.withhold();
        for (int i = 0; i < 3; i++) {
            house.position("p1", NOW + i);
        }
        Eventually.until("all reach the sink", () -> house.sink.size() == 3);
        int ofTheFirst = house.sink.batchesWithheld();
        house.broker.cutConnections();
        Eventually.until("all come again", () -> house.sink.size() == 6);

        for (int i = 0; i < ofTheFirst; i++) {
            house.sink.finishFirst();
        }

        assertThat(house.ingest.counts().stale()).isEqualTo(3);
        assertThat(house.ingest.counts().acknowledged()).isZero();
        house.broker.cutConnections();
        Eventually.until("the broker still has all three", () -> house.sink.size() == 9);
        house.sink.finishAll();
        Eventually.until("all are acknowledged", () -> house.unacknowledged() == 0);
        assertThat(house.ingest.counts().acknowledged()).isEqualTo(3);
    }

    @Test
    void acknowledgementsGoOutInArrivalOrder() throws Exception {
        house(limits(1000, 256 << 10, 10_000, Duration.ZERO), 50_000).start();
        house.sink.withhold();
        for (int i = 0; i < 3; i++) {
            house.position("p1", NOW + i);
            int expected = i + 1;
            Eventually.until("a batch of its own", () -> house.sink.batchesWithheld() == expected);
        }

        house.sink.finishLast();
        house.sink.finishLast();
        assertThat(house.ingest.counts().acknowledged()).isZero();

        house.sink.finishLast();
        assertThat(house.ingest.counts().acknowledged()).isEqualTo(3);
        Eventually.until("the broker has them", () -> house.unacknowledged() == 0);
    }

    @Test
    void theBrokerStopsAtReceiveMaximumWhileNothingIsStored() throws Exception {
        house(limits(10, 256 << 10, 10_000, Duration.ofMillis(1)), 50_000).start();
        house.sink.withhold();
        for (int i = 0; i < 30; i++) {
            house.position("p1", NOW + i);
        }
        Eventually.until("ten reach the sink", () -> house.sink.size() == 10);
        assertThat(house.ingest.counts().received()).isEqualTo(10);

        house.sink.finishAll();

        Eventually.until("the rest follows", () -> house.sink.size() == 30 && house.unacknowledged() == 0);
        assertThat(house.sink.fixTimes()).hasSize(30);
    }

    @Test
    void aSpentRowBudgetHoldsBackDecodingAndNothingIsLost() throws Exception {
        house(limits(100, 256 << 10, 10_000, Duration.ZERO), 5).start();
        house.sink.withhold();
        for (int i = 0; i < 40; i++) {
            house.position("p1", NOW + i);
        }
        Eventually.until("the rest waits undecoded", () -> house.ingest.counts().received() == 40);
        assertThat(house.sink.size()).isBetween(5, 6);

        house.sink.finishAll();

        Eventually.until("all are stored", () -> house.sink.size() == 40 && house.unacknowledged() == 0);
        assertThat(house.budget.inFlight()).isZero();
    }

    @Test
    void aMessageLongerThanABatchIsAcknowledgedWhenItsLastRowIsStored() throws Exception {
        MqttSettings.Limits small =
                new MqttSettings.Limits(1000, 256 << 10, 10_000, 32L << 20, 4, Duration.ofMillis(1));
        house(small, 50_000).start();
        house.sink.withhold();
        List<String> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(MqttHouse.json(NOW + i));
        }

        house.publish("farwatch/p1/position", ten.toString());
        Eventually.until("three batches", () -> house.sink.batchesWithheld() == 3);

        house.sink.finishFirst();
        house.sink.finishFirst();
        assertThat(house.ingest.counts().acknowledged()).isZero();
        house.sink.finishFirst();
        Eventually.until("it is acknowledged", () -> house.unacknowledged() == 0);
        assertThat(house.sink.fixTimes()).hasSize(10);
    }

    @Test
    void aBrokerThatIsAbsentAtTheStartIsWaitedFor() throws Exception {
        alone();
        assertThat(house.ingest.state().phase()).isEqualTo(MqttState.Phase.STOPPED);
        house.ingest.start();
        // It tries again soon, so its phase and its words must be of one moment.
        Eventually.until("it says that it waits, and why", () -> {
            MqttState state = house.ingest.state();
            return state.phase() == MqttState.Phase.WAITING
                    && state.detail().contains("no connection to tcp://127.0.0.1")
                    && state.detail().contains("refused");
        });

        house.broker.start();

        Eventually.until("it is connected", () -> house.ingest.state().connected());
        Eventually.until("the subscription is there", () -> house.unacknowledged() == 0);
        house.connectDevice();
        house.position("p1", NOW);
        Eventually.until("it is acknowledged", () -> house.ingest.counts().acknowledged() == 1);
    }

    @Test
    void aQoS0MessageIsStoredAndNeverAcknowledged() throws Exception {
        house().start();

        house.publish("farwatch/p1/position", MqttHouse.json(NOW).getBytes(StandardCharsets.UTF_8), 0);

        Eventually.until("it is stored", () -> house.sink.size() == 1);
        Eventually.until("its row is given back", () -> house.budget.inFlight() == 0);
        assertThat(house.ingest.counts().acknowledged()).isZero();
    }

    @Test
    void afterARestartOfTheIngestWhatWasInFlightComesAgain() throws Exception {
        house().start();
        house.sink.withhold();
        for (int i = 0; i < 3; i++) {
            house.position("p1", NOW + i);
        }
        Eventually.until("all reach the sink", () -> house.sink.size() == 3);
        house.ingest.close();
        assertThat(house.ingest.state().phase()).isEqualTo(MqttState.Phase.STOPPED);
        house.position("p1", NOW + 3);

        StoringSink other = new StoringSink();
        try (MqttIngest next = house.anotherIngest(other)) {
            next.start();
            Eventually.until("all come again", () -> house.unacknowledged() == 0);
        }

        assertThat(other.fixTimes()).containsExactlyInAnyOrder(NOW, NOW + 1, NOW + 2, NOW + 3);
    }

    @Test
    void aSinkThatThrowsCostsAConnectionAndNoPosition() throws Exception {
        house().start();
        house.sink.failOnce();

        house.position("p1", NOW);

        Eventually.until("it is stored in the end", () -> house.unacknowledged() == 0);
        assertThat(house.sink.fixTimes()).containsExactly(NOW);
        assertThat(house.ingest.state().epoch()).isEqualTo(2);
        assertThat(house.budget.inFlight()).isZero();
        assertThat(house.kept).isEmpty();
    }

    @Test
    void aMessageLongerThanTheBrokerItselfTakesDoesNotBreakTheConnectionForEver() throws Exception {
        alone();
        house.broker.acceptor("maximumPacketSize=5000").start();
        house.ingest.start();
        Eventually.until("the subscription is there", () -> house.unacknowledged() == 0);
        house.connectDevice();

        long epoch = house.ingest.state().epoch();

        // The limit holds for MQTT 5 only: an older device gets through, and Paho would break off over its message.
        house.broker.publishAsMqtt311("farwatch/p1/position", new byte[6000]);
        house.position("p1", NOW);

        Eventually.until("what follows is stored", () -> house.sink.size() == 1 && house.unacknowledged() == 0);
        assertThat(house.ingest.state().connected()).isTrue();
        assertThat(house.ingest.state().epoch()).isEqualTo(epoch);
    }

    private static MqttSettings.Limits limits(int receiveMaximum, int bytes, int rows, Duration linger) {
        return new MqttSettings.Limits(receiveMaximum, bytes, rows, 32L << 20, 1024, linger);
    }
}
