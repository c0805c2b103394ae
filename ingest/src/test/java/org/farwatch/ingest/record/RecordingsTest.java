package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    @TempDir
    Path root;

    @Test
    void anIndexThatWasAwayReadsTheSidecarsItDoesNotKnow() throws IOException {
        Place place = new Place(root).recorded(12);

        assertThat(place.recordings.streams()).containsExactly(Place.STREAM);
        assertThat(place.recordings.sidecars(Place.STREAM, 8, 100))
                .isEqualTo(place.told.sidecars.subList(8, 12))
                .extracting(Sidecar::sequence)
                .containsExactly(9L, 10L, 11L, 12L);
        assertThat(place.recordings.sidecars(Place.STREAM, 0, 3)).isEqualTo(place.told.sidecars.subList(0, 3));
        assertThat(place.recordings.sidecars("cam-2", 0, 3)).isEmpty();
        assertThat(place.recordings.video(place.sidecar(4)))
                .isEqualTo(place.video(4))
                .exists();
    }

    @Test
    void whoKnowsTheDaysFindsTheEndOfTheChainWithoutTheOtherFolders() throws IOException {
        Place place = new Place(root).recorded(3);
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(Feed.START), ZoneOffset.UTC);
        Sidecar third = place.sidecar(3);
        Path video = place.video(3);
        Path later = Files.createDirectories(place.folder().resolve("20990101"));
        Files.writeString(later.resolve("9-4070908800000.json"), "broken");

        assertThat(place.recordings.head(Place.STREAM).sequence()).isEqualTo(9);
        assertThat(place.recordings.head(Place.STREAM, day::equals)).isEqualTo(third.point());
        assertThat(place.recordings.entries(Place.STREAM, 1, day::equals)).hasSize(2);
        assertThat(place.recordings.head(Place.STREAM, _ -> false)).isEqualTo(ChainPoint.beginning(Place.STREAM));

        Path tail = Files.copy(video, video.resolveSibling("4-" + (Feed.START + 60_000) + ".mp4"));
        Recovery.Report report =
                new Recovery(place.recordings).recover(Place.STREAM, day::equals, ChainPoint.beginning(Place.STREAM));
        assertThat(report.head().sequence()).isEqualTo(4);
        assertThat(report.outcomes()).hasSize(1).first().isInstanceOf(Recovery.Outcome.Recovered.class);
        assertThat(tail).exists();
    }

    @Test
    void aFolderOfADayThatThereIsNotIsLookedIntoByEverybody() throws IOException {
        Place place = new Place(root);
        Path odd = Files.createDirectories(place.folder().resolve("20261399"));
        Files.createFile(odd.resolve("1-5.mp4"));

        assertThat(place.recordings.entries(Place.STREAM, 0, _ -> false)).hasSize(1);
    }

    @Test
    void foldersThatAreNoStreamsAreNotListed() throws IOException {
        Files.createDirectory(root.resolve(".lost"));
        Files.createDirectory(root.resolve("cam-9"));
        Files.createFile(root.resolve("notes"));

        assertThat(new Recordings(root).streams()).containsExactly("cam-9");
        assertThat(new Recordings(root.resolve("absent")).streams()).isEmpty();
    }

    @Test
    void recordingGoesOnBehindALastSidecarThatIsBrokenAndVerificationNamesIt() throws IOException {
        Place place = new Place(root).recorded(3);
        Path json = place.json(3);
        Files.writeString(json, "broken");

        assertThat(place.recordings.head(Place.STREAM).sequence()).isEqualTo(3);
        assertThat(new Recovery(place.recordings).recover(Place.STREAM).head())
                .isEqualTo(place.recordings.head(Place.STREAM));
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder);
            feed.silence(60_000).seconds(2);
        }

        assertThat(place.recordings.entries(Place.STREAM, 3)).hasSize(1);
        assertThat(place.verify()).isInstanceOfSatisfying(Verdict.Altered.class, altered -> {
            assertThat(altered.sequence()).isEqualTo(3);
            assertThat(altered.file()).isEqualTo(json);
        });
    }
}
