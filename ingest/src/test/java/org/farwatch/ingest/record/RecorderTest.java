package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.farwatch.ingest.media.BoxTree;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.TestFormats;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir
    Path root;

    private Place place;

    @BeforeEach
    void begin() {
        place = new Place(root);
    }

    @Test
    void aStreamOfThreeMinutesIsCutAtKeyPicturesEachMinute() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(181).end();
        }

        List<Sidecar> sidecars = place.sidecars();
        assertThat(sidecars).extracting(Sidecar::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sidecars)
                .extracting(sidecar -> sidecar.end() - sidecar.start())
                .containsExactly(60_000L, 60_000L, 60_000L, 1_000L);
        assertThat(sidecars).extracting(Sidecar::frames).containsExactly(1_500L, 1_500L, 1_500L, 25L);
        assertThat(sidecars).allSatisfy(sidecar -> {
            assertThat(sidecar.run()).isEqualTo(Feed.START);
            assertThat(sidecar.state()).isEqualTo(Sidecar.State.CLOSED);
            assertThat(sidecar.codec()).isEqualTo("video/mp4; codecs=\"avc1.42c00d\"");
            assertThat(sidecar.width()).isEqualTo(320);
            assertThat(sidecar.height()).isEqualTo(240);
        });
        for (int i = 1; i < 4; i++) {
            assertThat(sidecars.get(i).start()).isEqualTo(sidecars.get(i - 1).end());
        }
        assertThat(place.video(1)).isEqualTo(root.resolve("cam-1/20270115/1-1800000000000.mp4"));
        assertThat(place.told.words)
                .containsExactly(
                        "run 0",
                        "opened 1",
                        "closed 1",
                        "opened 2",
                        "closed 2",
                        "opened 3",
                        "closed 3",
                        "opened 4",
                        "closed 4",
                        "ended 181000 stream-ended");
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void eachFileStandsAloneAndDecodeTimesRunOnThroughTheRun() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(125).end();
        }

        long time = 0;
        for (Sidecar sidecar : place.sidecars()) {
            byte[] file = Files.readAllBytes(place.recordings.video(sidecar));
            assertThat(file).hasSize((int) sidecar.bytes());
            byte[] init = Arrays.copyOf(file, (int) sidecar.initBytes());
            assertThat(BoxTree.read(init)).extracting(BoxTree::type).containsExactly("ftyp", "moov");
            List<BoxTree> boxes = BoxTree.read(file);
            assertThat(boxes.subList(2, boxes.size())).extracting(BoxTree::type).containsOnly("prft", "moof", "mdat");
            int from = (int) sidecar.initBytes();
            boolean first = true;
            for (int i = 2; i < boxes.size(); i += 3) {
                int to = boxes.get(i + 2).offset() + boxes.get(i + 2).size();
                for (BoxTree.Sample sample : BoxTree.samples(Arrays.copyOfRange(file, from, to), 1)) {
                    assertThat(sample.decodeTime()).isEqualTo(time);
                    assertThat(first && !sample.sync()).isFalse();
                    first = false;
                    time += 3_600;
                }
                from = to;
            }
        }
        assertThat(time).isEqualTo(125 * 90_000);
    }

    @Test
    void aFileEndsWhereTheNextBeginsAlsoWhenTheNetworkHeldItBack() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder)
                    .seconds(60)
                    .clockSet(700)
                    .seconds(60)
                    .clockSet(-300)
                    .seconds(10)
                    .end();
        }

        assertThat(place.sidecars()).extracting(Sidecar::run).containsOnly(Feed.START);
        assertThat(place.sidecars())
                .extracting(sidecar -> sidecar.end() - Feed.START)
                .containsExactly(60_700L, 120_400L, 130_400L);
        assertThat(place.sidecars())
                .extracting(sidecar -> sidecar.start() - Feed.START)
                .containsExactly(0L, 60_700L, 120_400L);
    }

    @Test
    void whatWasGivenIsInTheFileAtOnce() throws IOException {
        try (Recorder recorder = place.recorder()) {
            long[] given = {0};
            Feed.into(new Between(recorder) {
                        @Override
                        public void begin(MediaFormat format, byte[] init) {
                            given[0] += init.length;
                            super.begin(format, init);
                        }

                        @Override
                        public void fragment(Fragment fragment) {
                            super.fragment(fragment);
                            given[0] += fragment.bytes().length;
                            OpenSegment open = recorder.open().orElseThrow();
                            assertThat(open.file()).hasSize(given[0]);
                            assertThat(open.bytes()).isEqualTo(given[0]);
                            assertThat(open.end()).isEqualTo(fragment.receivedEnd());
                        }
                    })
                    .seconds(5);
            assertThat(given[0]).isPositive();
        }
        assertThat(place.sidecars()).hasSize(1);
    }

    @Test
    void aChangeOfFormatBeginsANewFileOfTheSameRun() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(10);
            feed.format(TestFormats.otherVideo());
            feed.seconds(10).end();
        }

        assertThat(place.sidecars()).extracting(Sidecar::run).containsExactly(Feed.START, Feed.START);
        assertThat(place.sidecar(1).end())
                .isEqualTo(Feed.START + 10_000)
                .isEqualTo(place.sidecar(2).start());
        byte[] first = Files.readAllBytes(place.video(1));
        byte[] second = Files.readAllBytes(place.video(2));
        assertThat(Arrays.copyOf(first, (int) place.sidecar(1).initBytes()))
                .isNotEqualTo(Arrays.copyOf(second, (int) place.sidecar(2).initBytes()));
    }

    @Test
    void aChangeOfCodecAndSizeBeginsANewFileWhoseSidecarSaysSo() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(10);
            feed.format(TestFormats.h265());
            feed.seconds(10);
            feed.format(TestFormats.withSound());
            feed.seconds(10).end();
        }

        assertThat(place.sidecars())
                .extracting(Sidecar::codec)
                .containsExactly(
                        "video/mp4; codecs=\"avc1.42c00d\"",
                        "video/mp4; codecs=\"hvc1.1.6.L93.90\"",
                        "video/mp4; codecs=\"avc1.42c00d,mp4a.40.2\"");
        assertThat(place.sidecars()).extracting(Sidecar::width).containsExactly(320, 1_280, 320);
        assertThat(place.sidecars()).extracting(Sidecar::run).containsOnly(Feed.START);
        for (Sidecar sidecar : place.sidecars()) {
            byte[] file = Files.readAllBytes(place.recordings.video(sidecar));
            List<BoxTree> boxes = BoxTree.read(Arrays.copyOf(file, (int) sidecar.initBytes()));
            assertThat(boxes).extracting(BoxTree::type).containsExactly("ftyp", "moov");
            byte[] first = Arrays.copyOfRange(file, (int) sidecar.initBytes(), file.length);
            assertThat(BoxTree.samples(first, 1).getFirst().sync()).isTrue();
        }
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aStreamThatBrokeOffAndCameBackIsAnotherRun() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(10);
            feed.end();
            assertThat(recorder.open()).isEmpty();
            feed.silence(20_000);
            feed.format(TestFormats.video());
            feed.seconds(10).end();
        }

        assertThat(place.told.words)
                .containsExactly(
                        "run 0",
                        "opened 1",
                        "closed 1",
                        "ended 10000 stream-ended",
                        "run 30000",
                        "opened 2",
                        "closed 2",
                        "ended 40000 stream-ended");
    }

    @Test
    void missingPicturesEndTheRunAndAKeyPictureBeginsTheNext() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(10.4).silence(8_000).seconds(10).end();
        }

        assertThat(place.told.words).contains("ended 10400 pictures-missing", "run 20000");
        assertThat(place.sidecar(1).end()).isEqualTo(Feed.START + 10_400);
    }

    @Test
    void picturesThatComeLateAndAllAtOnceAreNoGap() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder)
                    .seconds(10)
                    .clockSet(9_000)
                    .seconds(1)
                    .clockSet(-9_000)
                    .seconds(10)
                    .end();
        }

        assertThat(place.told.words).hasSize(4).first().isEqualTo("run 0");
    }

    @Test
    void anHourByWhichOurClockIsSetIsNotCountedAsRecorded() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder)
                    .seconds(10)
                    .clockSet(3_600_000)
                    .seconds(10)
                    .clockSet(-7_200_000)
                    .seconds(10)
                    .end();
        }

        assertThat(place.sidecars())
                .extracting(sidecar -> sidecar.end() - sidecar.start())
                .containsExactly(10_000L, 10_000L, 10_000L);
        assertThat(place.told.words)
                .filteredOn(word -> word.endsWith("clock-set"))
                .hasSize(2);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aClockSetBackBehindTheBeginningOfAFileEndsIt() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(1).clockSet(-10_000).seconds(9).end();
        }

        assertThat(place.told.words).contains("ended 1000 clock-set", "run -8000");
    }

    @Test
    void aStreamThatSendsNoMoreKeyPicturesMakesNoEndlessFile() throws IOException {
        place.settings = new RecorderSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO);
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(1).withoutKeys(70).end();
        }

        assertThat(place.sidecars())
                .extracting(sidecar -> sidecar.end() - sidecar.start())
                .containsExactly(30_000L, 30_000L, 11_000L);
    }

    @Test
    void aSinkThatThrowsDisturbsNothing() throws IOException {
        SegmentSink broken = new SegmentSink() {
            @Override
            public void runBegan(String stream, long run) {
                throw new IllegalStateException("away");
            }

            @Override
            public void opened(OpenSegment segment) {
                throw new IllegalStateException("away");
            }

            @Override
            public void closed(Sidecar sidecar) {
                throw new IllegalStateException("away");
            }

            @Override
            public void runEnded(String stream, long run, long end, GapCause cause) {
                throw new IllegalStateException("away");
            }

            @Override
            public void refused(String stream, long at, GapCause cause) {
                throw new IllegalStateException("away");
            }
        };
        try (Recorder recorder = new Recorder(
                place.recordings,
                Place.STREAM,
                ChainPoint.beginning(Place.STREAM),
                place.settings,
                place.disk,
                broken,
                Runnable::run)) {
            Feed.into(recorder).seconds(130).end();
        }

        assertThat(place.sidecars()).hasSize(3);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aCompleteSegmentIsSeenUntilSomebodyWasToldOfIt() throws IOException {
        List<Runnable> work = new ArrayList<>();
        List<Long> seenWhenTold = new ArrayList<>();
        AtomicReference<Recorder> recording = new AtomicReference<>();
        Told told = new Told() {
            @Override
            public synchronized void closed(Sidecar sidecar) {
                recording.get().sealed().forEach(one -> seenWhenTold.add(one.sequence()));
            }
        };
        try (Recorder recorder = new Recorder(
                place.recordings,
                Place.STREAM,
                ChainPoint.beginning(Place.STREAM),
                place.settings,
                place.disk,
                told,
                work::add)) {
            recording.set(recorder);
            Feed.into(recorder).seconds(70);

            assertThat(recorder.open().orElseThrow().sequence()).isEqualTo(2);
            assertThat(recorder.sealed()).extracting(Sidecar::sequence).containsExactly(1L);
            work.removeFirst().run();
            assertThat(recorder.sealed()).isEmpty();
            assertThat(seenWhenTold).containsExactly(1L);
            recorder.end();
            work.removeFirst().run();
        }
    }

    @Test
    void theNextRecorderGoesOnWithSequenceAndChain() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(10);
        }
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder);
            feed.silence(60_000).seconds(10);
        }

        assertThat(place.sidecar(2).sequence()).isEqualTo(2);
        assertThat(place.sidecar(2).previous()).isEqualTo(place.sidecar(1).chain());
        assertThat(place.told.words).contains("ended 10000 stopped", "ended 70000 stopped");
    }

    @Test
    void nothingIsRecordedAfterClosing() throws IOException {
        Recorder recorder = place.recorder();
        Feed feed = Feed.into(recorder).seconds(4);
        recorder.close();

        feed.seconds(10).end();
        recorder.close();

        assertThat(place.sidecars()).hasSize(1);
        assertThat(place.told.words).hasSize(4);
    }

    private static class Between implements FragmentSink {
        private final FragmentSink next;

        Between(FragmentSink next) {
            this.next = next;
        }

        @Override
        public void begin(MediaFormat format, byte[] init) {
            next.begin(format, init);
        }

        @Override
        public void fragment(Fragment fragment) {
            next.fragment(fragment);
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
