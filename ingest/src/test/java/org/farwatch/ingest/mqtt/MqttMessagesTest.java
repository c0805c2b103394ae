package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What devices may say and which devices may, against a real broker. */
class MqttMessagesTest {
    private static final long NOW = System.currentTimeMillis();

    private MqttHouse house;

    private MqttHouse house() throws Exception {
        return house(MqttSettings.Limits.DEFAULT);
    }

    private MqttHouse house(MqttSettings.Limits limits) throws Exception {
        house = new MqttHouse(limits, 50_000);
        house.register.add("p1");
        return house;
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void whatNobodyCanDecodeIsKeptCountedAndDoesNotBlock() throws Exception {
        house(new MqttSettings.Limits(1000, 2000, 10_000, 32L << 20, 1024, Duration.ofMillis(1)))
                .start();

        house.publish("farwatch/p1/position", "{\"fixTime\":12");
        house.publish("farwatch/p1/positions", "{}");
        house.publish("farwatch/stranger/position", MqttHouse.json(NOW));
        house.publish("farwatch/p1/position", " ".repeat(2001));
        house.publish("farwatch/p1/recording", "{\"file\":\"a.mp4\"}");
        house.publish("farwatch/p1/status", "{\"online\":\"maybe\"}");
        house.publish("farwatch/p1/command", "{\"lock\":true}");
        house.position("p1", NOW);

        Eventually.until("all are acknowledged", () -> house.unacknowledged() == 0 && house.sink.size() == 1);
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
        Eventually.until("both are acknowledged", () -> house.unacknowledged() == 0);
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

        Eventually.until("all are acknowledged", () -> house.unacknowledged() == 0);
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
    void aPositionOutOfMemoryIsFlaggedAndItsRowsShareTheMessage() throws Exception {
        house().start();

        house.publish("farwatch/p1/position", "[" + MqttHouse.json(NOW - 600_000) + "," + MqttHouse.json(NOW) + "]");

        Eventually.until("both are stored", () -> house.ingest.counts().acknowledged() == 1);
        assertThat(house.sink.rows())
                .extracting(StoringSink.Row::flags)
                .containsExactly(PositionFlag.BUFFERED.mask(), 0);
    }
}
