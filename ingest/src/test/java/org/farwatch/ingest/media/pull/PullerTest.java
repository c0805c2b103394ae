package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullerTest {
    private static final PullSettings QUICK = new PullSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(60));

    @TempDir
    private Path folder;

    private final Watched watched = new Watched();

    @Test
    void aFileIsReadOnceInRealTimeAndEveryFrameComes() {
        Path file = Clip.write(folder.resolve("clip.mp4"), 50);
        long before = System.nanoTime();
        try (Puller puller = pull("file:" + file)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> watched.causes().contains(OfflineCause.ENDED));
            assertThat(puller.state()).isEqualTo(StreamState.OFFLINE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(1_900));
        assertThat(watched.formats()).hasSize(1);
        assertThat(watched.formats().getFirst().video().width()).isEqualTo(Clip.WIDTH);
        assertThat(watched.formats().getFirst().video().height()).isEqualTo(Clip.HEIGHT);
        List<MediaUnit> units = watched.units();
        assertThat(units).hasSize(50);
        assertThat(units).extracting(MediaUnit::decodeTime).isSorted().doesNotHaveDuplicates();
        assertThat(units.stream().filter(MediaUnit::key)).hasSize(2);
        assertThat(watched.ends()).isEqualTo(1);
    }

    @Test
    void aLoopedFileGoesOnWithItsClockRunningForward() {
        Path file = Clip.write(folder.resolve("clip.mp4"), 25);
        try (Puller _ = pull("file:" + file + "?loop=true")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> watched.units().size() > 60);
        }
        assertThat(watched.units()).extracting(MediaUnit::decodeTime).isSorted().doesNotHaveDuplicates();
        assertThat(watched.formats()).hasSize(1);
        assertThat(watched.causes()).containsExactly(OfflineCause.STOPPED);
    }

    @Test
    void whatIsNoVideoIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(folder.resolve("text.mp4"), "not a video".repeat(1_000));
        try (Puller _ = pull("file:" + file)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> watched.causes().contains(OfflineCause.NOT_VIDEO));
        }
        assertThat(watched.formats()).isEmpty();
    }

    @Test
    void aMissingFileIsNotFound() {
        try (Puller _ = pull("file:" + folder.resolve("none.mp4"))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> watched.causes().contains(OfflineCause.NOT_FOUND));
        }
    }

    @Test
    void aPortThatNobodyListensOnIsUnreachableAndIsAskedAgain() throws IOException {
        try (Puller _ = pull("rtsp://127.0.0.1:" + SteadyPort.free() + "/live")) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> watched.causes().stream()
                                    .filter(OfflineCause.UNREACHABLE::equals)
                                    .count()
                            >= 3);
        }
    }

    @Test
    void aSourceThatAcceptsAndSaysNothingTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Puller _ = pull("rtsp://127.0.0.1:" + silent.getLocalPort() + "/live")) {
            await().atMost(Duration.ofSeconds(8)).until(() -> watched.causes().contains(OfflineCause.TIMEOUT));
        }
    }

    @Test
    void closingEndsAWaitInsideNativeCodeAtOnce() throws IOException {
        PullSettings patient = PullSettings.standard();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Puller puller = new Puller(
                    "patient",
                    PullSource.parse("rtsp://127.0.0.1:" + silent.getLocalPort() + "/live"),
                    patient,
                    watched,
                    watched);
            await().until(() -> !watched.changes().isEmpty());
            long before = System.nanoTime();
            puller.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(watched.causes()).containsExactly(OfflineCause.STOPPED);
    }

    private Puller pull(String address) {
        return new Puller("test", RtspSource.best(PullSource.parse(address)), QUICK, watched, watched);
    }
}
