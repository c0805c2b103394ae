package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.gb28181.House.CAMERA;
import static org.farwatch.ingest.gb28181.House.DEVICE;
import static org.farwatch.ingest.gb28181.House.PASSWORD;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.PushedConnection;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of a simulated device over real sockets. */
class LiveCallTest {
    private static final DeviceTraits RECORDER = DeviceTraits.proper(DEVICE, PASSWORD, House.cameras(3));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    @ParameterizedTest
    @EnumSource(RtpTransport.class)
    void picturesComeOverEachTransport(RtpTransport transport) throws IOException, PullFailure {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, transport));
            connection.open(PATIENCE);
            pictures(connection, 20);
            assertThat(connection.format().video().codec()).isEqualTo(VideoCodec.H264);
            assertThat(house.server.streamsOpen()).isEqualTo(1);
            connection.close();
            await().until(() -> device.streams() == 0);
            assertThat(house.server.streamsOpen()).isZero();
            assertThat(house.receivers.openSessions()).isZero();
        }
    }

    @Test
    void signallingOverTcpCarriesCallsToo() throws IOException, PullFailure {
        try (House house = new House()) {
            house.registered(RECORDER.overTcp());
            PushedConnection connection =
                    new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.TCP_PASSIVE));
            connection.open(PATIENCE);
            pictures(connection, 5);
            connection.close();
        }
    }

    @Test
    void aDeviceThatSendsUnderANumberOfItsOwnIsSeen() throws IOException, PullFailure {
        try (House house = new House()) {
            house.registered(RECORDER.withOwnSsrc());
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            connection.open(PATIENCE);
            pictures(connection, 5);
            connection.close();
        }
    }

    /** Registered from one address, it says in its answer that its pictures come from another, as platforms do. */
    @Test
    void picturesComeFromWhereTheDeviceSaysThatItSends() throws IOException, PullFailure {
        try (House house = new House()) {
            assertThat(house.device(RECORDER, "127.0.0.2").register(3600)).isEqualTo(200);
            await().until(() -> !house.heard.catalogues.isEmpty());
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            connection.open(PATIENCE);
            pictures(connection, 5);
            connection.close();
        }
    }

    @Test
    void programStreamsWithoutAMapAreUnderstood() throws IOException, PullFailure {
        try (House house = new House()) {
            house.registered(RECORDER.withoutMap());
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            connection.open(PATIENCE);
            pictures(connection, 5);
            connection.close();
        }
    }

    @Test
    void aBusyDeviceIsNamedSo() throws IOException {
        try (House house = new House()) {
            house.registered(RECORDER.refusing());
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            assertThatExceptionOfType(PullFailure.class)
                    .isThrownBy(() -> connection.open(PATIENCE))
                    .withMessageContaining("486")
                    .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.UNREACHABLE));
            connection.close();
            assertThat(house.server.streamsOpen()).isZero();
        }
    }

    @Test
    void aDeviceThatIsNotRegisteredIsNotCalled() throws IOException {
        try (House house = new House()) {
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            assertThatExceptionOfType(PullFailure.class)
                    .isThrownBy(() -> connection.open(PATIENCE))
                    .withMessageContaining("not registered");
            connection.close();
        }
    }

    @Test
    void whatTheDeviceEndsIsOver() throws IOException, PullFailure {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            PushedConnection connection = new PushedConnection(house.server.live(DEVICE, CAMERA, RtpTransport.UDP));
            connection.open(PATIENCE);
            pictures(connection, 3);
            device.hangUp();
            assertThatExceptionOfType(PullFailure.class)
                    .isThrownBy(() -> pictures(connection, 1_000))
                    .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.ENDED));
            connection.close();
        }
    }

    @Test
    void aDeviceSendsNoMoreStreamsThanItMay() throws IOException, PullFailure {
        try (House house = new House()) {
            house.registered(RECORDER);
            PushedConnection[] connections = new PushedConnection[3];
            for (int i = 0; i < 3; i++) {
                connections[i] = new PushedConnection(
                        house.server.live(DEVICE, House.cameras(3).get(i), RtpTransport.UDP));
            }
            connections[0].open(PATIENCE);
            connections[1].open(PATIENCE);
            assertThatExceptionOfType(PullFailure.class)
                    .isThrownBy(() -> connections[2].open(Duration.ofMillis(300)))
                    .withMessageContaining("streams-per-device");
            connections[2].close();
            connections[0].close();
            PushedConnection again = new PushedConnection(
                    house.server.live(DEVICE, House.cameras(3).get(2), RtpTransport.UDP));
            again.open(PATIENCE);
            pictures(again, 2);
            again.close();
            connections[1].close();
        }
    }

    /** A platform that sends two: an emergency takes the place of detection, the operator keeps his picture. */
    @Test
    void whatIsWantedMoreUrgentlyTakesThePlaceOfWhatNobodyWatches() throws IOException, PullFailure {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            PushedConnection watched = connection(house, 0, Priority.OPERATOR);
            PushedConnection detection = connection(house, 1, Priority.VISION);
            watched.open(PATIENCE);
            detection.open(PATIENCE);
            pictures(detection, 2);
            var ended = CompletableFuture.runAsync(() -> {
                assertThatExceptionOfType(PullFailure.class)
                        .isThrownBy(() -> pictures(detection, 1_000))
                        .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.PREEMPTED));
                detection.close();
            });
            PushedConnection emergency = connection(house, 2, Priority.SOS);
            emergency.open(PATIENCE);
            ended.join();
            pictures(emergency, 2);
            pictures(watched, 2);
            assertThat(device.streams()).isEqualTo(2);
            assertThat(house.server.streamsPreempted()).isEqualTo(1);
            PushedConnection again = connection(house, 1, Priority.VISION);
            var back = CompletableFuture.runAsync(() -> {
                try {
                    again.open(PATIENCE);
                    pictures(again, 2);
                } catch (PullFailure e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> house.server.streamsWaiting().containsKey(Priority.VISION));
            emergency.close();
            back.join();
            again.close();
            watched.close();
        }
    }

    private static PushedConnection connection(House house, int camera, Priority wanted) {
        return new PushedConnection(
                house.server.live(DEVICE, House.cameras(3).get(camera), false, RtpTransport.UDP, () -> wanted));
    }

    private static void pictures(PushedConnection connection, int number) throws PullFailure {
        long last = -1;
        for (int i = 0; i < number; i++) {
            MediaUnit unit = connection.read(PATIENCE);
            assertThat(unit.decodeTime()).isGreaterThan(last);
            last = unit.decodeTime();
        }
    }
}
