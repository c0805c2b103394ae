package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.gb28181.House.CAMERA;
import static org.farwatch.ingest.gb28181.House.DEVICE;
import static org.farwatch.ingest.gb28181.House.PASSWORD;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.PlayOrder;
import org.farwatch.ingest.media.push.Playing;
import org.farwatch.ingest.media.push.PushedConnection;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory.Stretch;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a simulated device recorded, played and downloaded over real sockets. */
class PlaybackCallTest {
    private static final DeviceTraits RECORDER = DeviceTraits.proper(DEVICE, PASSWORD, House.cameras(1));
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NINE = Instant.parse("2026-11-20T01:00:00Z");
    private static final long START = NINE.toEpochMilli();

    private House house;
    private SimulatedDevice device;
    private Playing playing;
    private PushedConnection connection;

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    @BeforeEach
    void begin() throws IOException {
        house = new House();
        device = house.registered(RECORDER);
        device.remember(DeviceMemory.of(new Stretch(NINE, NINE.plusSeconds(600))));
    }

    @AfterEach
    void close() {
        if (connection != null) {
            connection.close();
            await().until(() -> device.streams() == 0);
            assertThat(house.server.streamsOpen()).isZero();
            assertThat(house.receivers.openSessions()).isZero();
        }
        house.close();
    }

    private void open(long from, long to, Duration shift, int downloadSpeed) throws PullFailure {
        playing = new Playing(
                house.server.recorded(
                        new RecordedStretch(DEVICE, CAMERA, from, to, shift, downloadSpeed), RtpTransport.TCP_PASSIVE),
                from,
                to);
        connection = new PushedConnection(playing);
        connection.open(PATIENCE);
    }

    private void tell(PlayOrder order) {
        assertThat(playing.order(order).toCompletableFuture().orTimeout(5, TimeUnit.SECONDS))
                .succeedsWithin(PATIENCE);
    }

    private MediaUnit read() throws PullFailure {
        return connection.read(PATIENCE);
    }

    /** Reads to the end. @return the time at which the last picture was recorded */
    private long drain() {
        long[] last = {0};
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> {
                    while (true) {
                        last[0] = read().receiveTime();
                    }
                })
                .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.ENDED));
        return last[0];
    }

    @Test
    void aStretchIsPlayedToItsEndWithTheTimesAtWhichItWasRecorded() throws PullFailure {
        open(START + 60_000, START + 62_000, Duration.ZERO, 0);
        MediaUnit first = read();
        assertThat(first.key()).isTrue();
        assertThat(first.receiveTime()).isEqualTo(START + 60_000);
        assertThat(drain()).isCloseTo(START + 62_000, within(200L));
        assertThat(playing.position()).isCloseTo(START + 62_000, within(200L));
    }

    @Test
    void aDownloadComesFasterThanItWasRecordedAndWhole() throws PullFailure {
        long began = System.nanoTime();
        open(START, START + 8_000, Duration.ZERO, 4);
        long first = read().receiveTime();
        assertThat(first).isEqualTo(START);
        assertThat(drain()).isCloseTo(START + 8_000, within(200L));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
    }

    @Test
    void itIsPausedMovedAndMadeFaster() throws PullFailure {
        open(START, START + 600_000, Duration.ZERO, 0);
        read();
        tell(new PlayOrder.Pause());
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> {
                    while (true) {
                        connection.read(Duration.ofSeconds(1));
                    }
                })
                .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.TIMEOUT));
        tell(new PlayOrder.Resume());
        long before = read().decodeTime();

        tell(new PlayOrder.Seek(START + 300_000));
        MediaUnit moved = read();
        while (moved.receiveTime() < START + 100_000) {
            assertThat(moved.decodeTime()).isGreaterThan(before);
            before = moved.decodeTime();
            moved = read();
        }
        assertThat(moved.receiveTime()).isEqualTo(START + 300_000);
        assertThat(moved.key()).isTrue();

        tell(new PlayOrder.Seek(START + 10_000));
        MediaUnit back = read();
        while (back.receiveTime() > START + 100_000) {
            back = read();
        }
        assertThat(back.receiveTime()).isEqualTo(START + 10_000);
        assertThat(back.decodeTime()).as("the stream's own clock runs on").isGreaterThan(moved.decodeTime());

        tell(new PlayOrder.Speed(8));
        long began = System.nanoTime();
        while (read().receiveTime() < START + 22_000) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        }
        assertThat(device.orders())
                .extracting(order -> List.of(order.split("\r\n")))
                .containsExactly(
                        List.of("PAUSE RTSP/1.0", "CSeq: 2", "PauseTime: now"),
                        List.of("PLAY RTSP/1.0", "CSeq: 3", "Scale: 1.000000", "Range: npt=now-"),
                        List.of("PLAY RTSP/1.0", "CSeq: 4", "Range: npt=300-"),
                        List.of("PLAY RTSP/1.0", "CSeq: 5", "Range: npt=10-"),
                        List.of("PLAY RTSP/1.0", "CSeq: 6", "Scale: 8.000000"));
    }

    @Test
    void aDeviceThatTakesTheTimesForLocalOnesIsAskedForOthers() throws PullFailure {
        device.remember(
                DeviceMemory.of(new Stretch(NINE, NINE.plusSeconds(600))).misreadingBy(Duration.ofHours(8)));
        open(START, START + 2_000, Duration.ofHours(8), 0);
        assertThat(read().receiveTime()).as("our times stay true").isEqualTo(START);
    }

    @Test
    void whatWasNotRecordedIsNotFound() {
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> open(START - 100_000, START - 90_000, Duration.ZERO, 0))
                .satisfies(e -> assertThat(e.offlineCause()).isEqualTo(OfflineCause.NOT_FOUND));
    }

    @Test
    void aDeviceThatHangsUpOrGoesAwayInTheMiddleEndsIt() throws PullFailure {
        open(START, START + 600_000, Duration.ZERO, 0);
        read();
        device.hangUp();
        assertThat(drain()).isLessThan(START + 60_000);
        connection.close();
        await().until(() -> house.server.streamsOpen() == 0);

        open(START, START + 600_000, Duration.ZERO, 0);
        read();
        device.close();
        assertThatExceptionOfType(PullFailure.class).isThrownBy(() -> {
            while (true) {
                connection.read(Duration.ofSeconds(2));
            }
        });
        connection.close();
        connection = null;
    }
}
