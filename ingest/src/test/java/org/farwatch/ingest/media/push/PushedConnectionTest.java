package org.farwatch.ingest.media.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.TestSound;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFrames;
import org.farwatch.ingest.media.pull.PullFailure;
import org.junit.jupiter.api.Test;

class PushedConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final SourceSound G711 = new SourceSound(SoundCodec.PCM_ALAW, 8_000, 1, 0);

    private final Pictures pictures = new Pictures(60);

    /** A device that has been asked; what it sends a test puts into {@link #feed}. */
    private static final class Device implements Upstream {
        private Feed feed;
        private int ends;

        @Override
        public void begin(Feed asked, Duration limit) {
            feed = asked;
        }

        @Override
        public void end() {
            ends++;
        }
    }

    /** As a device sends them. */
    private static final class Pictures implements MediaSink {
        private final List<MediaUnit> units = new ArrayList<>();
        private MediaFormat format;

        Pictures(int count) {
            Clip.send(this, count, 1_700_000_000_000L);
        }

        @Override
        public void format(MediaFormat is) {
            format = is;
        }

        @Override
        public void unit(MediaUnit unit) {
            units.add(unit);
        }

        @Override
        public void end() {}

        void send(Feed feed, int number) {
            MediaUnit unit = units.get(number);
            feed.video(
                    VideoCodec.H264,
                    unit.decodeTime() + 5_000_000,
                    unit.presentationTime() + 5_000_000,
                    unit.receiveTime(),
                    VideoFrames.byteStream(format.video(), unit));
        }

        /** The first key picture behind the first picture of all. */
        int secondKey() {
            return IntStream.range(1, units.size())
                    .filter(i -> units.get(i).key())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Whoever fetches for himself is asked once for the first picture, and not again to see whether sound comes. */
    @Test
    void theFirstPictureWaitsForNoSoundWhereNoneMayCome() throws PullFailure {
        AtomicInteger fetched = new AtomicInteger();
        Upstream silent = new Upstream() {
            private Feed feed;

            @Override
            public void begin(Feed asked, Duration limit) {
                feed = asked;
            }

            @Override
            public boolean mayBeHeard() {
                return false;
            }

            @Override
            public boolean fetch(long nanos) {
                pictures.send(feed, fetched.getAndIncrement());
                return true;
            }

            @Override
            public void end() {
                // Nothing is to be told to anybody.
            }
        };
        try (PushedConnection connection = new PushedConnection(silent)) {
            connection.open(LIMIT);
            for (int i = 1; i < 10; i++) {
                assertThat(connection.read(LIMIT).isVideo()).isTrue();
                assertThat(fetched).hasValue(i);
            }
        }
    }

    @Test
    void picturesAreGivenOutAsTheyWereSent() throws PullFailure {
        Device device = new Device();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            for (int i = 0; i < 60; i++) {
                pictures.send(device.feed, i);
            }
            for (int i = 0; i < 60; i++) {
                MediaUnit sent = pictures.units.get(i);
                MediaUnit got = connection.read(LIMIT);
                assertThat(got.payload()).isEqualTo(sent.payload());
                assertThat(got.key()).isEqualTo(sent.key());
                assertThat(got.decodeTime()).isEqualTo(sent.decodeTime());
                assertThat(got.receiveTime()).isEqualTo(sent.receiveTime());
                assertThat(connection.format()).isEqualTo(pictures.format);
            }
        }
        assertThat(device.ends).isOne();
    }

    @Test
    void soundThatComesBesideTheFirstPicturesBelongsToTheFormatFromTheBeginning() throws PullFailure {
        Device device = new Device();
        List<byte[]> pieces = TestSound.coded(G711, 120, at -> Math.sin(at / 10.0) / 2);
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            for (int i = 0; i < 60; i++) {
                pictures.send(device.feed, i);
                for (int piece = 2 * i; piece < 2 * i + 2; piece++) {
                    long stamp = 5_000_000 + piece * 20_000L;
                    device.feed.sound(G711, stamp, 1_700_000_000_000L + piece * 20L, pieces.get(piece));
                }
            }
            MediaUnit first = connection.read(LIMIT);
            assertThat(first.key()).isTrue();
            assertThat(connection.format().audio().original()).isEqualTo("pcm_alaw");
            MediaFormat format = connection.format();
            int heard = 0;
            for (int seen = 1; seen < 60; ) {
                MediaUnit unit = connection.read(LIMIT);
                seen += unit.isVideo() ? 1 : 0;
                heard += unit.track() == Track.AUDIO ? 1 : 0;
                assertThat(connection.format()).isEqualTo(format);
            }
            assertThat(heard).isGreaterThan(20);
        }
    }

    @Test
    void afterALossPicturesAreLeftOutUpToTheNextKeyPicture() throws PullFailure {
        Device device = new Device();
        int key = pictures.secondKey();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            pictures.send(device.feed, 0);
            device.feed.lost();
            for (int i = 2; i <= key; i++) {
                pictures.send(device.feed, i);
            }
            assertThat(connection.read(LIMIT).payload())
                    .isEqualTo(pictures.units.getFirst().payload());
            assertThat(connection.read(LIMIT).payload())
                    .isEqualTo(pictures.units.get(key).payload());
        }
    }

    @Test
    void whatTheStreamsThreadDoesNotKeepUpWithIsDroppedAndCounted() throws PullFailure {
        Device device = new Device();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            int sent = FrameQueue.MAX_FRAMES + 60;
            for (int i = 0; i < sent; i++) {
                pictures.send(device.feed, i % 60);
            }
            device.feed.failed(OfflineCause.ENDED, "is over");
            List<MediaUnit> got = new ArrayList<>();
            assertThatThrownBy(() -> {
                        while (true) {
                            got.add(connection.read(LIMIT));
                        }
                    })
                    .hasMessage("is over");
            assertThat(got.getFirst().key()).isTrue();
            assertThat(connection.dropped()).isGreaterThanOrEqualTo(FrameQueue.MAX_FRAMES);
            assertThat(got.size() + connection.dropped()).isLessThanOrEqualTo(sent);
        }
    }

    @Test
    void aDeviceThatSendsSoundAloneOrNothingIsSilent() throws PullFailure {
        Device device = new Device();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            assertThatThrownBy(() -> connection.read(SHORT))
                    .asInstanceOf(type(PullFailure.class))
                    .extracting(PullFailure::offlineCause)
                    .isEqualTo(OfflineCause.TIMEOUT);
        }
    }

    @Test
    void aDeviceWithoutKeyPicturesIsNamed() throws PullFailure {
        Device device = new Device();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            for (int i = 0; i < 1_600; i++) {
                pictures.send(device.feed, 1);
            }
            assertThatThrownBy(() -> connection.read(LIMIT))
                    .asInstanceOf(type(PullFailure.class))
                    .extracting(PullFailure::offlineCause)
                    .isEqualTo(OfflineCause.NO_KEY_PICTURE);
        }
    }

    @Test
    void aBrokenPictureIsLeftOut() throws PullFailure {
        Device device = new Device();
        try (PushedConnection connection = new PushedConnection(device)) {
            connection.open(LIMIT);
            pictures.send(device.feed, 0);
            device.feed.video(VideoCodec.H264, 5_040_000, 5_040_000, 1_700_000_000_040L, new byte[] {1, 2, 3});
            pictures.send(device.feed, pictures.secondKey());
            connection.read(LIMIT);
            assertThat(connection.read(LIMIT).payload())
                    .isEqualTo(pictures.units.get(pictures.secondKey()).payload());
        }
    }

    @Test
    void closingEndsAWaitForTheDevicesAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        List<String> calls = new ArrayList<>();
        PushedConnection connection = new PushedConnection(new Upstream() {
            @Override
            public void begin(Feed feed, Duration limit) throws InterruptedException {
                asked.countDown();
                new CountDownLatch(1).await();
            }

            @Override
            public void end() {
                calls.add("end");
            }
        });
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> opening = threads.submit(() -> {
                connection.open(LIMIT);
                return null;
            });
            asked.await();
            connection.interrupt();
            assertThatThrownBy(opening::get)
                    .cause()
                    .asInstanceOf(type(PullFailure.class))
                    .extracting(PullFailure::offlineCause)
                    .isEqualTo(OfflineCause.STOPPED);
        }
        connection.close();
        assertThat(calls).containsExactly("end");
    }
}
