package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class MqttIngestTest {
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    Path home;

    private MqttHouse house;

    private MqttHouse house() throws Exception {
        return house(MqttSettings.Limits.DEFAULT, 50_000);
    }

    private MqttHouse house(MqttSettings.Limits limits, int rowsInFlight) throws Exception {
        house = new MqttHouse(home, limits, rowsInFlight);
        house.register.add("p1");
        return house;
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
        assertThat(house.broker.unacknowledged()).isEqualTo(1);
        house.sink.finishAll();
        Eventually.until("the broker has the acknowledgement", () -> house.broker.unacknowledged() == 0);
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
        assertThat(house.broker.unacknowledged()).isEqualTo(2);
        assertThat(house.budget.inFlight()).as("each is a row in flight").isEqualTo(2);

        house.broker.cutConnections();

        Eventually.until("both come again", () -> house.told.reports.size() == 4);
        assertThat(house.told.reports.get(1))
                .isEqualTo(new DeviceStatus(80, null, null, Instant.ofEpochMilli(NOW), null));
        assertThat(house.told.reports.get(3))
                .as("what lay at the broker says nothing of the clock")
                .isEqualTo(new DeviceStatus(80, null, null, null, null));
        house.told.unstored.forEach(Runnable::run);
        Eventually.until("both are acknowledged", () -> house.broker.unacknowledged() == 0);
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
        Eventually.until("all are acknowledged", () -> house.broker.unacknowledged() == 0);
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
        Eventually.until("all are acknowledged", () -> house.broker.unacknowledged() == 0);
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
        Eventually.until("the broker has them", () -> house.broker.unacknowledged() == 0);
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

        Eventually.until("the rest follows", () -> house.sink.size() == 30 && house.broker.unacknowledged() == 0);
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

        Eventually.until("all are stored", () -> house.sink.size() == 40 && house.broker.unacknowledged() == 0);
        assertThat(house.budget.inFlight()).isZero();
    }

    @Test
    void whatNobodyCanDecodeIsKeptCountedAndDoesNotBlock() throws Exception {
        house(limits(1000, 2000, 10_000, Duration.ofMillis(1)), 50_000).start();

        house.publish("farwatch/p1/position", "{\"fixTime\":12");
        house.publish("farwatch/p1/positions", "{}");
        house.publish("farwatch/stranger/position", MqttHouse.json(NOW));
        house.publish("farwatch/p1/position", " ".repeat(2001));
        house.publish("farwatch/p1/recording", "{\"file\":\"a.mp4\"}");
        house.publish("farwatch/p1/status", "{\"online\":\"maybe\"}");
        house.publish("farwatch/p1/command", "{\"lock\":true}");
        house.position("p1", NOW);

        Eventually.until("all are acknowledged", () -> house.broker.unacknowledged() == 0 && house.sink.size() == 1);
        assertThat(house.ingest.counts().acknowledged()).isEqualTo(8);
        assertThat(house.kept)
                .extracting(MqttHouse.Kept::origin)
                .containsExactly(
                        "farwatch/p1/position",
                        "farwatch/p1/positions",
                        "farwatch/stranger/position",
                        "farwatch/p1/position",
                        "farwatch/p1/recording",
                        "farwatch/p1/status");
        assertThat(house.kept.get(0).reason()).startsWith("the payload must be JSON: Unexpected end");
        assertThat(house.kept.get(0).raw()).isEqualTo("{\"fixTime\":12");
        assertThat(house.kept.get(1).reason())
                .isEqualTo(
                        "topic must be farwatch/{device}/position, status, recording or nmea, was farwatch/p1/positions");
        assertThat(house.kept.get(2).reason()).isEqualTo("device stranger is not in the register");
        assertThat(house.kept.get(3).reason())
                .isEqualTo("the payload must have at most 2000 bytes, had 2001 of which the first are kept");
        assertThat(house.kept.get(3).raw()).hasSize(2000);
        assertThat(house.kept.get(4).reason())
                .isEqualTo("recording.event must be started, stopped or uploaded, was absent");
        assertThat(house.kept.get(5).reason()).isEqualTo("status.online must be true or false, was VALUE_STRING");
        assertThat(house.faults(FaultKind.MALFORMED)).isEqualTo(1);
        assertThat(house.faults(FaultKind.UNKNOWN_MESSAGE)).isEqualTo(1);
        assertThat(house.faults(FaultKind.NOT_ADMITTED)).isEqualTo(1);
        assertThat(house.faults(FaultKind.OVERSIZE)).isEqualTo(1);
        assertThat(house.faults(FaultKind.BAD_BODY)).isEqualTo(2);
    }

    @Test
    void ofAnArrayTheGoodPositionsAreStoredAndTheBadOneIsNamed() throws Exception {
        house().start();
        String bad = "{\"fixTime\":" + (NOW + 1) + ",\"longitude\":121.4737,\"latitude\":\"north\"}";

        house.publish(
                "farwatch/p1/position", "[" + MqttHouse.json(NOW) + "," + bad + "," + MqttHouse.json(NOW + 2) + "]");

        Eventually.until("it is acknowledged", () -> house.ingest.counts().acknowledged() == 1);
        assertThat(house.sink.fixTimes()).containsExactlyInAnyOrder(NOW, NOW + 2);
        assertThat(house.kept).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo("position[1].latitude must be a finite number, was \"north\"");
            assertThat(kept.raw()).contains("north");
        });
        assertThat(house.faults(FaultKind.BAD_BODY)).isEqualTo(1);
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
        Eventually.until("it is acknowledged", () -> house.broker.unacknowledged() == 0);
        assertThat(house.sink.fixTimes()).hasSize(10);
    }

    @Test
    void sentencesOfAReceiverAreOneFixAndAWrongOneIsKept() throws Exception {
        house().start();
        String rmc = "$BDRMC,014727.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A*4D\r\n";
        String gga = "$BDGGA,014727.00,3113.82496,N,12128.42206,E,1,12,0.9,14.2,M,8.5,M,,*71\r\n";
        house.publish("farwatch/p1/nmea", rmc + gga);
        house.publish("farwatch/p1/nmea", rmc.replace("*4D", "*4E"));

        Eventually.until("one fix and one refusal", () -> house.sink.size() == 1 && house.kept.size() == 1);
        assertThat(house.sink.rows().getFirst().latitude())
                .isCloseTo(31.230416, org.assertj.core.api.Assertions.within(1e-7));
        assertThat(house.kept.getFirst().reason()).isEqualTo("checksum: 4E is stated, 4D is right");
        Eventually.until("both are acknowledged", () -> house.broker.unacknowledged() == 0);
    }

    @Test
    void anOwnTracksPhoneIsUnderstood() throws Exception {
        house().start();
        long seconds = NOW / 1000;
        // Names and units of owntracks.org/booklet/tech/json, values of our own.
        house.publish(
                "farwatch/p1/position",
                "{\"_type\":\"location\",\"tid\":\"p1\",\"tst\":" + seconds + ",\"lat\":31.2304,\"lon\":121.4737,"
                        + "\"acc\":8,\"alt\":12,\"vac\":3,\"vel\":5,\"cog\":271,\"batt\":88,\"bs\":1,\"conn\":\"m\","
                        + "\"t\":\"t\",\"inregions\":[\"home\"],\"SSID\":\"office\"}");
        house.publish("farwatch/p1/position", "{\"_type\":\"lwt\",\"tst\":" + seconds + "}");

        Eventually.until("both are acknowledged", () -> house.ingest.counts().acknowledged() == 2);
        StoringSink.Row row = house.sink.rows().getFirst();
        assertThat(row.fixTime()).isEqualTo(seconds * 1000);
        assertThat(row.longitude()).isEqualTo(121.4737);
        assertThat(row.latitude()).isEqualTo(31.2304);
        assertThat(row.accuracy()).isEqualTo(8f);
        assertThat(row.altitude()).isEqualTo(12f);
        assertThat(row.speed()).isEqualTo(5f);
        assertThat(row.heading()).isEqualTo(271f);
        assertThat(row.battery()).isEqualTo(88);
        assertThat(house.register.presence()).containsExactly("p1 online", "p1 offline");
        assertThat(house.kept).isEmpty();
    }

    @Test
    void statusTellsTheRegisterWhoIsThere() throws Exception {
        house().start();

        house.publish("farwatch/p1/status", "{\"online\":true,\"battery\":88,\"recording\":{\"since\":[1]}}");
        house.publish("farwatch/p1/status", "{\"battery\":87}");
        house.publish("farwatch/p1/status", "{\"online\":false}");
        house.publish("farwatch/p1/status", "");
        house.position("p1", NOW);

        Eventually.until("all are acknowledged", () -> house.ingest.counts().acknowledged() == 5);
        assertThat(house.register.presence()).containsExactly("p1 online", "p1 offline", "p1 online");
    }

    @Test
    void messagesOfAnUnknownDeviceWaitInOrderUntilTheRegisterLetsItIn() throws Exception {
        house().start();
        house.register.refuse(null);
        for (int i = 0; i < 3; i++) {
            house.position("new", NOW + i);
        }
        house.position("p1", NOW + 100);
        Eventually.until("the register is asked", () -> house.register.hasQuestion("new"));
        Eventually.until("others are not held up", () -> house.sink.size() == 1);
        assertThat(house.ingest.counts().acknowledged()).isZero();

        KnownDevice device = house.register.add("new");
        house.register.answer("new", new Admission.Accepted(device, ""));

        Eventually.until("all are acknowledged", () -> house.broker.unacknowledged() == 0);
        assertThat(house.sink.rows())
                .extracting(StoringSink.Row::fixTime)
                .containsExactly(NOW + 100, NOW, NOW + 1, NOW + 2);
        assertThat(house.register.questions()).isEqualTo(1);
    }

    @Test
    void aRefusedDeviceIsNotAskedAboutAgainAndAgain() throws Exception {
        house().start();

        for (int i = 0; i < 5; i++) {
            house.position("stranger", NOW + i);
        }

        Eventually.until("all are acknowledged", () -> house.ingest.counts().acknowledged() == 5);
        assertThat(house.register.questions()).isEqualTo(1);
        assertThat(house.faults(FaultKind.NOT_ADMITTED)).isEqualTo(5);
        assertThat(house.kept).hasSize(5);
    }

    @Test
    void whileTheRegisterCannotBeAskedTheMessageWaits() throws Exception {
        house().start();
        house.register.refuse(Refusal.UNAVAILABLE);
        house.position("new", NOW);
        Eventually.until("it was asked in vain", () -> house.register.questions() >= 1);

        house.register.add("new");
        house.register.refuse(null);
        Eventually.until("it is asked again", () -> house.register.hasQuestion("new"));
        assertThat(house.ingest.counts().acknowledged()).isZero();
        house.register.answer("new", new Admission.Accepted(house.register.add("new"), ""));

        Eventually.until("it is acknowledged", () -> house.ingest.counts().acknowledged() == 1);
        assertThat(house.sink.size()).isEqualTo(1);
        assertThat(house.kept).isEmpty();
    }

    @Test
    void aRegisterThatThrowsIsAskedAgain() throws Exception {
        house().start();
        house.register.failOnce();
        house.register.refuse(null);

        house.position("new", NOW);

        Eventually.until("it is asked again", () -> house.register.hasQuestion("new"));
        house.register.answer("new", new Admission.Accepted(house.register.add("new"), ""));
        Eventually.until("it is acknowledged", () -> house.ingest.counts().acknowledged() == 1);
        assertThat(house.sink.size()).isEqualTo(1);
        assertThat(house.ingest.state().epoch()).isEqualTo(1);
    }

    @Test
    void aBrokerThatIsAbsentAtTheStartIsWaitedFor() throws Exception {
        house();
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
        Eventually.until("the subscription is there", () -> house.broker.unacknowledged() == 0);
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
    void aPositionOutOfMemoryIsFlaggedAndItsRowsShareTheMessage() throws Exception {
        house().start();

        house.publish("farwatch/p1/position", "[" + MqttHouse.json(NOW - 600_000) + "," + MqttHouse.json(NOW) + "]");

        Eventually.until("both are stored", () -> house.ingest.counts().acknowledged() == 1);
        assertThat(house.sink.rows())
                .extracting(StoringSink.Row::flags)
                .containsExactly(PositionFlag.BUFFERED.mask(), 0);
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
            Eventually.until("all come again", () -> house.broker.unacknowledged() == 0);
        }

        assertThat(other.fixTimes()).containsExactlyInAnyOrder(NOW, NOW + 1, NOW + 2, NOW + 3);
    }

    @Test
    void aSinkThatThrowsCostsAConnectionAndNoPosition() throws Exception {
        house().start();
        house.sink.failOnce();

        house.position("p1", NOW);

        Eventually.until("it is stored in the end", () -> house.broker.unacknowledged() == 0);
        assertThat(house.sink.fixTimes()).containsExactly(NOW);
        assertThat(house.ingest.state().epoch()).isEqualTo(2);
        assertThat(house.budget.inFlight()).isZero();
        assertThat(house.kept).isEmpty();
    }

    @Test
    void aMessageLongerThanTheBrokerItselfTakesDoesNotBreakTheConnectionForEver() throws Exception {
        house();
        house.broker.acceptor("maximumPacketSize=5000").start();
        house.ingest.start();
        Eventually.until("the subscription is there", () -> house.broker.unacknowledged() == 0);
        house.connectDevice();

        long epoch = house.ingest.state().epoch();

        // The limit holds for MQTT 5 only: an older device gets through, and Paho would break off over its message.
        house.broker.publishAsMqtt311("farwatch/p1/position", new byte[6000]);
        house.position("p1", NOW);

        Eventually.until("what follows is stored", () -> house.sink.size() == 1 && house.broker.unacknowledged() == 0);
        assertThat(house.ingest.state().connected()).isTrue();
        assertThat(house.ingest.state().epoch()).isEqualTo(epoch);
    }

    private static MqttSettings.Limits limits(int receiveMaximum, int bytes, int rows, Duration linger) {
        return new MqttSettings.Limits(receiveMaximum, bytes, rows, 32L << 20, 1024, linger);
    }
}
