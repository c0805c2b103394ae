package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.farwatch.ingest.media.pull.PullFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real recording of a camera is brought days later, beside a recorder that goes on. */
class UploadTest {
    private static final Path FILE =
            Path.of(System.getProperty("farwatch.shared", "/nowhere"), "data/media/720p25_6s.mp4");
    private static final long DAYS_AGO = Feed.START - Duration.ofDays(3).toMillis();
    private static final Upload UPLOAD =
            new Upload(Feed.START, DAYS_AGO + 90_000, 90_000, true, "1234567_110001_20270112.mp4", "a".repeat(64));

    @TempDir
    Path home;

    private Remux.Remuxed remux(Arriving arriving, Place place, String id) throws Exception {
        assumeTrue(Files.exists(FILE), "skipped: no recordings at farwatch.shared");
        return Remux.of(FILE, arriving.folder(Place.STREAM, id), DAYS_AGO, HashAlgorithm.SHA_256, place.settings);
    }

    private Arriving arriving(Place place) {
        return new Arriving(home.resolve("arriving"), place.recordings);
    }

    @Test
    void aSidecarTellsOfAnUploadAndIsAsBeforeWithoutOne() throws Exception {
        Sidecar.Facts facts =
                new Sidecar.Facts(1, 1, 2, 200, 100, 1, "video/mp4; codecs=\"avc1.64001f\"", 2, 2, "b".repeat(64));
        ChainPoint beginning = ChainPoint.beginning("7");
        Sidecar plain = Sidecar.chained(beginning, "7", facts, Sidecar.State.CLOSED);
        Sidecar brought = Sidecar.chained(beginning, "7", facts, Sidecar.State.CLOSED, UPLOAD);
        assertThat(new String(SidecarJson.bytes(plain), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("upload");
        assertThat(brought.chain()).isNotEqualTo(plain.chain());
        Path file = home.resolve("1-1.json");
        Files.write(file, SidecarJson.bytes(brought));
        assertThat(Sidecar.read(file)).isEqualTo(brought);
        assertThat(Sidecar.read(file).computedChain()).isEqualTo(brought.chain());
        for (String fact : List.of("\"late\" : true", "\"clockOffsetMillis\" : 90000")) {
            Files.writeString(
                    file,
                    new String(SidecarJson.bytes(brought), java.nio.charset.StandardCharsets.UTF_8)
                            .replace(fact, fact.replace("true", "false").replace("90000", "1")));
            assertThat(Sidecar.read(file).computedChain()).as(fact).isNotEqualTo(brought.chain());
        }
        assertThatThrownBy(() -> new Upload(1, 1, 0, false, "a\nstate=closed", "a".repeat(64)))
                .hasMessageContaining("upload.name must be");
    }

    @Test
    void aFileBecomesSegmentsWithItsOwnPicturesAndTimes() throws Exception {
        Place place = new Place(home.resolve("video"));
        place.settings = new RecorderSettings(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ZERO);
        Remux.Remuxed made = remux(arriving(place), place, "u1");
        assertThat(made.start()).isEqualTo(DAYS_AGO);
        assertThat(made.end() - made.start()).isBetween(5_800L, 6_300L);
        assertThat(made.pieces()).hasSizeGreaterThan(1).allSatisfy(piece -> {
            assertThat(piece.facts().run()).isEqualTo(DAYS_AGO);
            assertThat(piece.facts().sha256())
                    .isEqualTo(Hashes.ofFile(HashAlgorithm.SHA_256, piece.file(), new byte[Hashes.READ_BYTES])
                            .hash());
        });
        for (int i = 1; i < made.pieces().size(); i++) {
            assertThat(made.pieces().get(i).facts().start())
                    .isEqualTo(made.pieces().get(i - 1).facts().end());
        }
        assertThat(made.pieces().stream()
                        .mapToLong(piece -> piece.facts().frames())
                        .sum())
                .isBetween(145L, 151L);
    }

    @Test
    void whatIsNoVideoIsRefusedAndSaysWhy() throws Exception {
        Place place = new Place(home.resolve("video"));
        Path text = home.resolve("a.mp4");
        Files.writeString(text, "no video at all, whatever its name says");
        assertThatThrownBy(() -> Remux.of(text, home.resolve("x/y"), 0, HashAlgorithm.SHA_256, place.settings))
                .isInstanceOf(PullFailure.class);
    }

    @Test
    void aLateUploadWaitsForTheOpenFileAndIsChainedBehindIt() throws Exception {
        Place place = new Place(home.resolve("video"));
        place.settings = new RecorderSettings(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ZERO);
        Arriving arriving = arriving(place);
        Remux.Remuxed made = remux(arriving, place, "u1");
        List<CompletableFuture<Sidecar>> told;
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder).seconds(1);
            told = recorder.adopt(made.pieces(), UPLOAD).orElseThrow();
            assertThat(told).as("a file is open").noneMatch(CompletableFuture::isDone);
            feed.seconds(3);
            assertThat(told).allMatch(CompletableFuture::isDone);
            feed.seconds(2).end();
        }
        List<Sidecar> all = place.sidecars();
        assertThat(all.getFirst().upload()).isNull();
        assertThat(all.subList(1, 1 + told.size()))
                .allSatisfy(one -> assertThat(one.upload()).isEqualTo(UPLOAD));
        assertThat(all.get(1).start()).isEqualTo(DAYS_AGO);
        Sidecar after = all.get(1 + told.size());
        assertThat(after.run()).as("the run goes on").isEqualTo(all.getFirst().run());
        assertThat(after.start()).isEqualTo(all.getFirst().end());
        assertThat(new Verification(Place.STREAM, place.folder())
                        .check(Verification.Scope.whole(Place.STREAM), _ -> {}))
                .isInstanceOf(Verdict.Intact.class);
        for (Remux.Piece piece : made.pieces()) {
            assertThat(arriving.chained(Place.STREAM, piece)).isPresent();
        }
        assertThat(arriving.days(Place.STREAM))
                .contains(LocalDate.ofInstant(Instant.ofEpochMilli(DAYS_AGO), ZoneOffset.UTC));
        arriving.drop(Place.STREAM, "u1");
        assertThat(arriving.days(Place.STREAM)).isEmpty();
        assertThat(place.recordings.video(all.get(1))).exists();
    }

    @Test
    void aClosedRecorderTakesNoneAndAnIdleOneAtOnce() throws Exception {
        Place place = new Place(home.resolve("video")).recorded(2);
        Remux.Remuxed made = remux(arriving(place), place, "u1");
        Recorder recorder = place.recorder();
        assertThat(recorder.adopt(made.pieces(), UPLOAD).orElseThrow()).allMatch(CompletableFuture::isDone);
        recorder.close();
        assertThat(recorder.settled()).isTrue();
        assertThat(recorder.adopt(made.pieces(), UPLOAD)).isEmpty();
    }

    @Test
    void whatACrashPutInItsPlaceWithoutASidecarIsTakenOutAndNotRecovered() throws Exception {
        Place place = new Place(home.resolve("video")).recorded(2);
        Arriving arriving = arriving(place);
        Remux.Piece piece = remux(arriving, place, "u1").pieces().getFirst();
        Path target = new SegmentName(3, DAYS_AGO).video(place.folder());
        Files.createDirectories(target.getParent());
        Files.createLink(target, piece.file());

        assertThat(arriving.undo(Place.STREAM)).containsExactly(target);
        Recovery.Report report = new Recovery(place.recordings).recover(Place.STREAM);
        assertThat(report.outcomes()).isEmpty();
        assertThat(report.head().sequence()).isEqualTo(2);
        assertThat(piece.file()).exists();
        assertThat(arriving.chained(Place.STREAM, piece)).isEmpty();
    }

    @Test
    void aDayRootTakesALateUploadOnceAndItsFolderStillVerifies() throws Exception {
        Place place = new Place(home.resolve("video")).recorded(2);
        HouseKey key = new HouseKey();
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(Feed.START), ZoneOffset.UTC);
        DayEnd end = new DayEnd(place.recordings, ZoneOffset.UTC, key);
        assertThat(end.makeUp(day, Instant.ofEpochMilli(Feed.START).plus(Duration.ofDays(1))))
                .hasSize(1);
        try (Recorder recorder = place.recorder()) {
            assertThat(recorder.adopt(remux(arriving(place), place, "u1").pieces(), UPLOAD))
                    .isPresent();
        }
        List<DayRoot> made =
                end.makeUp(day.plusDays(1), Instant.ofEpochMilli(Feed.START).plus(Duration.ofDays(2)));
        StreamRoot root = made.getFirst().stream(Place.STREAM).orElseThrow();
        assertThat(root.first()).isEqualTo(3);
        assertThat(root.last()).isEqualTo(place.sidecars().getLast().sequence());
        assertThat(new RootVerification(place.recordings.roots()).stream(Place.STREAM, place.folder()))
                .isEmpty();
    }
}
