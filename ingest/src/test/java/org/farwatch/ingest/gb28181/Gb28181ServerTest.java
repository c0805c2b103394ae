package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.gb28181.House.CAMERA;
import static org.farwatch.ingest.gb28181.House.DEVICE;
import static org.farwatch.ingest.gb28181.House.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.gb28181.PtzCommand.PresetAction;
import org.farwatch.ingest.simulator.gb28181.DeviceReplies;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices on real sockets; how pictures come is {@link LiveCallTest}'s. */
class Gb28181ServerTest {
    private static final DeviceTraits RECORDER = DeviceTraits.proper(DEVICE, PASSWORD, House.cameras(7));

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeviceRegistersAndIsAskedWhatItHas(boolean tcp) throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(tcp ? RECORDER.overTcp() : RECORDER);

            Heard.Catalogue catalogue = house.heard.catalogues.getFirst();
            assertThat(catalogue.whole()).isTrue();
            assertThat(catalogue.channels()).extracting(Channel::code).containsExactlyElementsOf(House.cameras(7));
            assertThat(catalogue.channels().getFirst().name()).isEqualTo("摄像机 0001");
            assertThat(house.register.presence()).contains(DEVICE + " online");
            await().untilAsserted(() -> assertThat(house.heard.infos)
                    .extracting(Message.DeviceInfo::model)
                    .containsExactly("SIM-1"));
            await().until(() -> device.subscribed("Alarm") && device.subscribed("MobilePosition"));
            assertThat(device.keepalive()).isEqualTo(200);

            assertThat(device.register(0)).isEqualTo(200);
            assertThat(house.server.online(DEVICE)).isFalse();
            assertThat(house.register.presence()).last().isEqualTo(DEVICE + " offline");
        }
    }

    @Test
    void aWrongPasswordDoesNotLetIn() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.device(DeviceTraits.proper(DEVICE, "guessed", House.cameras(1)));
            assertThat(device.register(3600)).isEqualTo(403);
            assertThat(device.keepalive()).isEqualTo(403);
            assertThat(house.server.devicesOnline()).isZero();
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.NOT_ADMITTED))
                    .isEqualTo(2);
        }
    }

    @Test
    void aDeviceWithoutAPasswordOfOursDoesNotComeIn() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device =
                    house.device(DeviceTraits.proper("34020000001180000009", PASSWORD, House.cameras(1)));
            assertThat(device.register(3600)).isEqualTo(403);
        }
    }

    @Test
    void noMoreDevicesComeInThanMay() throws IOException {
        try (House house = new House()) {
            for (int i = 1; i <= 3; i++) {
                house.device(DeviceTraits.proper("3402000000118000000" + i, PASSWORD, House.cameras(1)))
                        .register(3600);
            }
            SimulatedDevice fourth =
                    house.device(DeviceTraits.proper("34020000001180000004", PASSWORD, House.cameras(1)));
            assertThat(fourth.register(3600)).isEqualTo(503);
            assertThat(house.server.devicesOnline()).isEqualTo(3);
        }
    }

    @Test
    void aSilentDeviceGoesOfflineAndAnyMessageKeepsItOnline() throws IOException {
        try (House house = new House(Duration.ofSeconds(1), 1_000, 2_000)) {
            SimulatedDevice device = house.registered(RECORDER);
            long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                assertThat(device.position(Instant.now(), 121.4, 31.2)).isEqualTo(200);
                return System.nanoTime() > until;
            });
            assertThat(house.server.online(DEVICE)).isTrue();
            await().atMost(Duration.ofSeconds(8)).until(() -> !house.server.online(DEVICE));
            assertThat(device.keepalive()).as("has to register again").isEqualTo(403);
        }
    }

    /** It is asked for its time; what it says by itself, and what is not its own, is told apart. */
    @Test
    void aDevicesClockIsKnownByWhatItSaysAndFollowedWhenItIsSet() throws IOException {
        try (House house = new House(Duration.ofSeconds(60), 1_000, 2_000, Duration.ofSeconds(1))) {
            SimulatedDevice device = house.registered(RECORDER);
            device.clockAhead(Duration.ofHours(-8));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> house.server.clockOffset(DEVICE).orElse(0) < -1_000);
            assertThat(house.server.clockOffset(DEVICE).orElseThrow()).isCloseTo(-28_800_000, within(2_000L));
            assertThat(house.server.clockOffsets()).hasSize(1);
            device.clockAhead(Duration.ZERO);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(house.server.clockOffset(DEVICE).orElseThrow())
                                    .isCloseTo(0, within(2_000L)));
            assertThat(device.register(0)).isEqualTo(200);
            assertThat(house.server.clockOffset(DEVICE)).isEmpty();
        }
    }

    @Test
    void whoRegistersTwiceIsOneAndFromElsewhereIsNotIt() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            assertThat(device.register(3600)).isEqualTo(200);
            assertThat(house.server.devicesOnline()).isEqualTo(1);
            assertThat(house.heard.catalogues).as("it was not away").hasSize(1);
            SimulatedDevice thief = house.device(RECORDER, "127.0.0.2");
            assertThat(thief.register(3600)).isEqualTo(403);
            assertThat(thief.register(0))
                    .as("nor does it end what is not its own")
                    .isEqualTo(403);
            assertThat(thief.keepalive()).isEqualTo(403);
            assertThat(house.server.online(DEVICE)).isTrue();
            assertThat(house.server.peer(DEVICE).host()).isEqualTo("127.0.0.1");
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.OVER_LIMIT))
                    .isEqualTo(2);
        }
    }

    @Test
    void aDeviceSaysWhetherItDidWhatItWasTold() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            assertThat(house.server
                            .order(DEVICE, new Control.Guard(true))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Word.DONE);
            assertThat(house.server
                            .order(DEVICE, new Control.ResetAlarm())
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Word.DONE);
            assertThat(device.commands())
                    .containsExactly(DEVICE + " GuardCmd=SetGuard", DEVICE + " AlarmCmd=ResetAlarm");
        }
    }

    @Test
    void anAlarmArrivesBySubscriptionAndByMessage() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            Instant at = Instant.parse("2026-05-04T02:00:00Z");
            await().until(() -> device.subscribed("Alarm"));
            assertThat(device.alarm(CAMERA, 5, 6, at)).isEqualTo(200);
            byte[] message = Body.notification("Alarm", 5, CAMERA)
                    .element("AlarmMethod", "2")
                    .element("AlarmTime", DeviceReplies.time(at))
                    .bytes();
            assertThat(device.message(message)).isEqualTo(200);
            await().untilAsserted(() -> assertThat(house.heard.alarms)
                    .extracting(Message.Alarm::about, Message.Alarm::method, Message.Alarm::type, Message.Alarm::time)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(CAMERA, 5, 6, at),
                            org.assertj.core.groups.Tuple.tuple(CAMERA, 2, 0, at)));
            await().untilAsserted(() -> assertThat(device.asked()).contains("Alarm"));
        }
    }

    @Test
    void anAlarmThatCannotBeStoredIsNotAcknowledged() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            byte[] message = Body.notification("Alarm", 5, CAMERA)
                    .element("AlarmMethod", "2")
                    .element("AlarmTime", DeviceReplies.time(Instant.parse("2026-05-04T02:00:00Z")))
                    .bytes();
            house.heard.full = true;
            assertThat(device.message(message)).isEqualTo(503);
            house.heard.full = false;
            assertThat(device.message(message)).isEqualTo(200);
        }
    }

    @Test
    void aPositionIsAnsweredWhenItIsStored() throws IOException, InterruptedException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            await().until(() -> device.subscribed("MobilePosition"));
            house.store.hold();
            var answered = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> device.position(Instant.parse("2026-05-04T02:00:00Z"), 121.4, 31.2));
            await().until(() -> !house.store.batchSizes().isEmpty());
            assertThat(answered).isNotDone();
            house.store.release();
            assertThat(answered.join()).isEqualTo(200);
            assertThat(house.store.rows()).first().satisfies(row -> {
                assertThat(row.fixTime())
                        .isEqualTo(Instant.parse("2026-05-04T02:00:00Z").toEpochMilli());
                assertThat(row.longitude()).isCloseTo(121.4, within(1e-9));
                assertThat(row.speed()).isEqualTo(18.5f);
            });
        }
    }

    @Test
    void commandsReachTheirChannelAndQuestionsTheirAnswers() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            house.server
                    .control(DEVICE, CAMERA, new Control.Move(PtzCommand.move(1, 0, 0)))
                    .toCompletableFuture()
                    .join();
            house.server
                    .control(DEVICE, CAMERA, new Control.Move(PtzCommand.preset(PresetAction.CALL, 1)))
                    .toCompletableFuture()
                    .join();
            // The device answers first and obeys then.
            await().untilAsserted(() -> assertThat(device.commands())
                    .containsExactly(CAMERA + " PTZCmd=A50F0101FF0000B5", CAMERA + " PTZCmd=A50F018200010038"));
            assertThat(house.server
                            .presets(DEVICE, CAMERA)
                            .toCompletableFuture()
                            .join())
                    .containsExactly(new Message.Preset(1, "门口"));
            Instant day = Instant.parse("2026-05-03T20:00:00Z");
            assertThat(house.server
                            .recordings(DEVICE, CAMERA, day, day.plus(Duration.ofHours(5)))
                            .toCompletableFuture()
                            .join())
                    .hasSize(3);
            assertThat(house.server.status(DEVICE).toCompletableFuture().join())
                    .singleElement()
                    .satisfies(status -> assertThat(status.online()).isTrue());
        }
    }

    @Test
    void aDeviceThatIsNotThereCannotBeCommanded() throws IOException {
        try (House house = new House()) {
            assertThat(house.server.control(DEVICE, CAMERA, new Control.KeyPicture()))
                    .isCompletedExceptionally();
            assertThat(house.server.askCatalogue(DEVICE)).isFalse();
        }
    }

    @Test
    void rubbishCostsOneMessageAndIsKept() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            assertThat(device.message("no XML".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(400);
            assertThat(device.message(Body.notification("Novelty", 1, DEVICE).bytes()))
                    .isEqualTo(200);
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.BAD_BODY)).isEqualTo(1);
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.UNKNOWN_MESSAGE))
                    .isEqualTo(1);
            assertThat(house.undecoded).hasSize(2);
            assertThat(device.keepalive()).isEqualTo(200);
        }
    }

    @Test
    void aFloodIsDroppedAndCounted() throws IOException {
        try (House house = new House(Duration.ofSeconds(60), 20, 60)) {
            SimulatedDevice device = house.registered(RECORDER.announcing(-1, 7));
            // What is dropped is sent again until it is answered, as a device does with a datagram.
            for (int i = 0; i < 200 && house.faults.total(Protocol.GB28181, FaultKind.OVER_LIMIT) == 0; i++) {
                assertThat(device.keepalive()).isEqualTo(200);
            }
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.OVER_LIMIT))
                    .isPositive();
            assertThat(house.server.online(DEVICE)).isTrue();
        }
    }
}
