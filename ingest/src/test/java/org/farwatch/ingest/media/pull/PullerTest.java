package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.function.LongUnaryOperator;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.TestFormats;
import org.farwatch.ingest.media.rtp.RtpCounters;
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

    /** What is long in connecting, silent or without a key picture has not been live, however long it took. */
    @Test
    void aSourceIsAskedAtGrowingIntervalsUntilItHasBeenLiveForAMinute() {
        List<Try> tries = List.of(
                new Try(0, 0, false, 0, OfflineCause.UNREACHABLE, 1),
                new Try(10, 0, false, 0, OfflineCause.TIMEOUT, 2),
                new Try(0, 0, false, 0, OfflineCause.UNREACHABLE, 4),
                new Try(1, 6, true, 0, OfflineCause.BROKEN, 8),
                new Try(1, 60, true, 10, OfflineCause.TIMEOUT, 16),
                new Try(1, 70, false, 0, OfflineCause.BROKEN, 30),
                new Try(0, 0, false, 0, OfflineCause.UNREACHABLE, 30),
                new Try(10, 55, true, 10, OfflineCause.BROKEN, 30),
                new Try(1, 61, true, 0, OfflineCause.BROKEN, 1),
                new Try(0, 0, false, 0, OfflineCause.UNREACHABLE, 2),
                new Try(1, 2, true, 0, OfflineCause.BROKEN, 4),
                new Try(0, 0, false, 0, OfflineCause.STOPPED, 0));
        Played played = new Played(tries.iterator());
        try (Puller _ = new Puller("test", played, PullSettings.standard(), watched, watched, played)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> watched.causes().contains(OfflineCause.STOPPED));
        }
        assertThat(played.pauses)
                .containsExactlyElementsOf(tries.stream()
                        .filter(one -> one.end() != OfflineCause.STOPPED)
                        .map(Try::pause)
                        .toList());
        assertThat(watched.causes()).contains(OfflineCause.NO_KEY_PICTURE, OfflineCause.STALLED);
    }

    /**
     * What becomes of one connection, in seconds.
     *
     * @param pictures one a second
     * @param silence behind them
     * @param pause that is expected behind it
     */
    private record Try(int opening, int pictures, boolean key, int silence, OfflineCause end, int pause) {}

    /** A source with a clock of its own. Owned by the puller's thread. */
    private static final class Played implements StreamSource, Puller.Passing {
        private final Iterator<Try> tries;
        private final List<Integer> pauses = new ArrayList<>();
        private long now = 1;

        private Played(Iterator<Try> tries) {
            this.tries = tries;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public long await(Condition condition, long nanos) {
            pauses.add((int) Duration.ofNanos(nanos).toSeconds());
            now += nanos;
            return 0;
        }

        private void pass(int seconds) {
            now += Duration.ofSeconds(seconds).toNanos();
        }

        @Override
        public Connection connect() {
            Try now = tries.next();
            return new Connection() {
                private int given;

                @Override
                public void open(Duration limit) throws PullFailure {
                    pass(now.opening());
                    if (now.pictures() == 0) {
                        throw new PullFailure(now.end(), "is played so");
                    }
                }

                @Override
                public MediaUnit read(Duration limit) throws PullFailure {
                    if (given == now.pictures()) {
                        pass(now.silence());
                        throw new PullFailure(now.end(), "is played so");
                    }
                    pass(given == 0 ? 0 : 1);
                    long time = given * 1_000_000L;
                    boolean key = now.key() && given == 0;
                    given++;
                    return new MediaUnit(MediaUnit.Track.VIDEO, time, time, time / 1_000, key, new byte[5]);
                }

                @Override
                public MediaFormat format() {
                    return TestFormats.video();
                }

                @Override
                public String leftOutSound() {
                    return null;
                }

                @Override
                public void interrupt() {
                    // It never waits.
                }

                @Override
                public void close() {
                    // There is nothing to let go of.
                }
            };
        }
    }

    @Test
    void aCameraThatRefusesWhoComesRightBehindAnotherIsFetchedAllTheSame() {
        Scene scene = Scene.of(160, 120, 60);
        AtomicBoolean leaving = new AtomicBoolean();
        TestCamera.Answer answer = (method, _, headers) -> {
            if (!method.equals("DESCRIBE")) {
                return null;
            }
            boolean refused = leaving.getAndSet(false);
            leaving.set(!headers.getOrDefault("User-Agent", "").startsWith("Lavf"));
            return refused ? "RTSP/1.0 503 Service Unavailable\r\nCSeq: {cseq}\r\n\r\n" : null;
        };
        // Without parameter sets it is libavformat's.
        try (TestCamera camera = TestCamera.of(
                        TestCamera.h264(), answer, link -> scene.play(link, LongUnaryOperator.identity()));
                Puller puller = pull(camera.url())) {
            await().atMost(Duration.ofSeconds(10)).until(() -> puller.state() == StreamState.LIVE);
            assertThat(camera.requests()).filteredOn("DESCRIBE"::equals).hasSize(3);
        }
    }

    private Puller pull(String address) {
        return new Puller(
                "test", RtspSource.best(PullSource.parse(address), new RtpCounters()), QUICK, watched, watched);
    }
}
