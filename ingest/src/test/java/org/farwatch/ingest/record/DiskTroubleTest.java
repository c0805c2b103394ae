package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder does when its disk is full, away, broken or slow. */
class DiskTroubleTest {
    @TempDir
    Path root;

    private Place place;

    @BeforeEach
    void begin() {
        place = new Place(root);
    }

    @Test
    void aFullDiskEndsTheRunAndAKeyPictureBeginsTheNextWhenThereIsSpace() throws IOException {
        long[] free = {1_000};
        long[] clock = {0};
        place.disk = new DiskGuard(100, 200, () -> free[0], () -> clock[0] += 1_000_000_000L);
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(10);
            free[0] = 99;
            feed.seconds(10);
            free[0] = 199;
            feed.seconds(5);
            assertThat(recorder.open()).isEmpty();
            free[0] = 200;
            feed.seconds(5).end();
        }

        assertThat(place.told.words)
                .containsExactly(
                        "run 0",
                        "opened 1",
                        "closed 1",
                        "ended 10000 disk-full",
                        "run 26000",
                        "opened 2",
                        "closed 2",
                        "ended 30000 stream-ended");
    }

    @Test
    void aDiskThatIsFullFromTheBeginningIsSaidOnce() throws IOException {
        place.disk = new DiskGuard(100, 200, () -> 0, System::nanoTime);
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(10).end();
        }

        assertThat(place.told.words).containsExactly("refused disk-full");
        assertThat(place.recordings.streams()).isEmpty();
    }

    @Test
    void aFileWhereTheFolderShouldBeIsADiskErrorAndRecordingBeginsWhenItIsGone() throws IOException {
        Files.writeString(root.resolve("cam-1"), "in the way");
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(7);
            Files.delete(root.resolve("cam-1"));
            feed.seconds(5).end();
        }

        assertThat(place.told.words)
                .containsExactly("refused disk-error", "run 8000", "opened 1", "closed 1", "ended 12000 stream-ended");
    }

    @Test
    void aReadOnlyFolderIsADiskError() throws IOException {
        boolean root = System.getProperty("user.name").equals("root");
        if (root) {
            System.out.println("skipped: root writes into read-only folders");
        }
        Assumptions.assumeFalse(root, "skipped: root writes into read-only folders");
        Files.createDirectory(
                place.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder).seconds(7).end();
        }

        assertThat(place.told.words).containsExactly("refused disk-error");
    }

    @Test
    void aFailedDiskIsTriedAgainAfterAPauseOnly() throws IOException {
        Files.writeString(root.resolve("cam-1"), "in the way");
        place.settings = new RecorderSettings(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(3);
            Files.delete(root.resolve("cam-1"));
            feed.seconds(60).end();
        }

        assertThat(place.told.words).containsExactly("refused disk-error");
    }

    /** An interrupted thread's write fails like that of a broken disk: the channel is closed under it. */
    @Test
    void aWriteThatFailsEndsTheRunWithWhatWasWritten() throws IOException {
        long written;
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(10);
            written = recorder.open().orElseThrow().bytes();
            Thread.currentThread().interrupt();
            feed.pictures(5);
            assertThat(Thread.interrupted()).isTrue();
            feed.seconds(10).end();
        }

        assertThat(place.sidecar(1).bytes()).isEqualTo(written);
        assertThat(place.told.words).contains("ended 10000 disk-error", "ended 20200 stream-ended");
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aSidecarThatCannotBeWrittenHoldsUpTheNextFileUntilItCan() throws IOException {
        place.settings = new RecorderSettings(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ZERO);
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(9);
            Path inTheWay = root.resolve("cam-1/20270115/1-1800000000000.json.tmp");
            Files.createDirectory(inTheWay);
            feed.seconds(14);
            assertThat(place.sidecars()).isEmpty();
            Files.delete(inTheWay);
            feed.seconds(13).end();
        }

        assertThat(place.told.words).contains("ended 10000 disk-error", "closed 1", "closed 2");
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aDiskTooSlowToFinishFilesGetsNoFurtherOnes() throws IOException {
        Deque<Runnable> stuck = new ArrayDeque<>();
        place.settings = new RecorderSettings(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ZERO);
        Recorder recorder = new Recorder(
                place.recordings,
                Place.STREAM,
                ChainPoint.beginning(Place.STREAM),
                place.settings,
                place.disk,
                place.told,
                stuck::add);
        Feed feed = Feed.into(recorder).seconds(60);

        assertThat(place.told.words).contains("opened " + Finishing.MOST_WAITING, "ended 8000 disk-error");
        assertThat(place.told.words).doesNotContain("opened " + (Finishing.MOST_WAITING + 1));
        assertThat(stuck).hasSize(1);
        stuck.remove().run();
        feed.seconds(1.9).end();
        stuck.remove().run();
        recorder.close();
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }
}
