package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.record.Verdict.Missing.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final Verification.Scope WHOLE = Verification.Scope.whole(Place.STREAM);

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private Place place;
    private ChainPoint kept;

    @BeforeEach
    void record() throws IOException {
        place = new Place(root).recorded(6);
        kept = place.sidecar(6).point();
    }

    @Test
    void whatNobodyTouchedIsIntactHereAndElsewhere() throws IOException {
        long bytes = place.sidecars().stream().mapToLong(Sidecar::bytes).sum();
        Verdict intact = new Verdict.Intact(ChainPoint.beginning(Place.STREAM), kept, 6, bytes);

        assertThat(place.verify()).isEqualTo(intact);
        assertThat(place.copiedTo(elsewhere).verify(WHOLE.reaching(kept))).isEqualTo(intact);
    }

    @Test
    void anAlteredByteIsNamedWhereverItIs() throws IOException {
        Path video = place.video(3);
        byte[] file = Files.readAllBytes(video);
        for (int at : new int[] {0, 5, 700, file.length / 2, file.length - 1}) {
            file[at] ^= 1;
            Files.write(video, file);
            assertThat(place.verify())
                    .isEqualTo(new Verdict.Altered(3, video, "its bytes are not those that were hashed"));
            file[at] ^= 1;
        }
        Files.write(video, file);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aFileThatBecameLongerOrShorterIsNamed() throws IOException {
        Path video = place.video(3);
        byte[] file = Files.readAllBytes(video);

        Files.write(video, java.util.Arrays.copyOf(file, file.length + 1));
        assertThat(place.verify())
                .isEqualTo(new Verdict.Altered(
                        3, video, "is " + (file.length + 1) + " bytes long and was " + file.length));
        Files.write(video, java.util.Arrays.copyOf(file, 0));
        assertThat(place.verify()).isEqualTo(new Verdict.Altered(3, video, "is 0 bytes long and was " + file.length));
    }

    @Test
    void deletedFilesAreNamed() throws IOException {
        Files.delete(place.video(2));
        assertThat(place.verify()).isEqualTo(new Verdict.Missing(2, Part.VIDEO));

        Files.delete(place.json(2));
        assertThat(place.verify()).isEqualTo(new Verdict.Missing(2, Part.BOTH));

        Files.delete(place.json(1));
        assertThat(place.verify()).isEqualTo(new Verdict.Missing(1, Part.SIDECAR));
    }

    @Test
    void aDeletedEndIsNamedByWhatWasKeptElsewhere() throws IOException {
        for (int sequence = 5; sequence <= 6; sequence++) {
            Files.delete(place.video(sequence));
            Files.delete(place.json(sequence));
            if (sequence == 5) {
                assertThat(place.verify()).isEqualTo(new Verdict.Missing(5, Part.BOTH));
            }
        }

        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(place.verify(WHOLE.reaching(kept))).isEqualTo(new Verdict.Missing(5, Part.BOTH));
    }

    @Test
    void aDeletedLastSidecarIsNamed() throws IOException {
        Path video = place.video(6);
        Files.delete(place.json(6));

        assertThat(place.verify()).isEqualTo(new Verdict.Added(video, "has no sidecar"));
        assertThat(place.verify(WHOLE.reaching(kept))).isEqualTo(new Verdict.Missing(6, Part.SIDECAR));
    }

    @Test
    void swappedFilesAreNamedAndWhatTheyAre() throws IOException {
        swap(place.video(2), place.video(5));
        assertThat(place.verify()).isEqualTo(new Verdict.Reordered(2, place.video(2), 5));

        swap(place.json(2), place.json(5));
        assertThat(place.verify()).isEqualTo(new Verdict.Reordered(2, place.json(2), 5));

        swap(place.video(2), place.video(5));
        assertThat(place.verify()).isEqualTo(new Verdict.Reordered(2, place.json(2), 5));
    }

    @Test
    void aSegmentInTheFolderOfAnotherDayIsNamed() throws IOException {
        Path day = Files.createDirectory(place.folder().resolve("20270116"));
        Path json = place.json(4);
        Files.move(place.video(4), day.resolve(place.video(4).getFileName()));
        Files.move(json, day.resolve(json.getFileName()));

        assertThat(place.verify()).isEqualTo(new Verdict.Reordered(4, day.resolve(json.getFileName()), 4));
    }

    @Test
    void anEditedSidecarIsNamedWhicheverFactItIs() throws IOException {
        Path json = place.json(3);
        String text = Files.readString(json);
        String[][] edits = {
            {"\"end\" : 1800000006000", "\"end\" : 1800000009000"},
            {"\"run\" : 1800000000000", "\"run\" : 1800000000001"},
            {"\"frames\" : 50", "\"frames\" : 51"},
            {"\"state\" : \"closed\"", "\"state\" : \"recovered\""},
            {"\"width\" : 320", "\"width\" : 640"},
            {"avc1.42c00d", "avc1.42c00e"},
            {place.sidecar(3).sha256(), place.sidecar(4).sha256()},
            {place.sidecar(3).chain(), place.sidecar(4).chain()},
            {place.sidecar(3).previous(), place.sidecar(4).chain()},
        };
        for (String[] edit : edits) {
            assertThat(text).contains(edit[0]);
            Files.writeString(json, text.replace(edit[0], edit[1]));
            assertThat(place.verify())
                    .as("%s", edit[0])
                    .isEqualTo(new Verdict.Altered(3, json, "its facts do not give its chain value"));
        }
        Files.writeString(json, "{");
        assertThat(place.verify()).isInstanceOfSatisfying(Verdict.Altered.class, altered -> {
            assertThat(altered.sequence()).isEqualTo(3);
            assertThat(altered.reason()).startsWith("is no JSON");
        });
    }

    @Test
    void aSidecarThatWasChainedAnewIsNamedByTheOneBehindIt() throws IOException {
        Path json = place.json(3);
        rewrite(3, place.sidecar(2).point(), 1_000);

        assertThat(place.verify())
                .isEqualTo(
                        new Verdict.Altered(3, json, "its chain value is not the one that segment 4 was chained to"));
    }

    @Test
    void aFirstSidecarThatDoesNotBeginTheChainIsNamed() throws IOException {
        Path json = place.json(1);
        rewrite(1, new ChainPoint(0, "0".repeat(64)), 0);

        assertThat(place.verify())
                .isEqualTo(new Verdict.Altered(1, json, "previous is not the chain value it must follow"));
    }

    @Test
    void aChainMadeNewToItsEndIsShownByWhatWasKeptElsewhere() throws IOException {
        ChainPoint before = place.sidecar(2).point();
        for (int sequence = 3; sequence <= 6; sequence++) {
            rewrite(sequence, before, 1);
            before = place.sidecar(sequence).point();
        }

        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(place.verify(WHOLE.reaching(kept)))
                .isEqualTo(new Verdict.Rewritten(place.sidecar(6).point(), kept));
    }

    @Test
    void addedFilesAreNamed() throws IOException {
        Path day = place.video(1).getParent();
        Path second = Files.copy(place.video(2), day.resolve("4-1800000006001.mp4"));
        assertThat(place.verify()).isEqualTo(new Verdict.Added(second, "is a second segment 4"));
        Files.delete(second);

        Path behind = Files.copy(place.video(2), day.resolve("7-1800000012000.mp4"));
        assertThat(place.verify()).isEqualTo(new Verdict.Added(behind, "has no sidecar"));
        Files.delete(behind);

        Path foreign = Files.copy(place.video(2), day.resolve("clip.mp4"));
        assertThat(place.verify()).isEqualTo(new Verdict.Added(foreign, "is named like no segment"));
        Files.delete(foreign);

        Path copy = Files.createDirectory(place.folder().resolve("20270116")).resolve("3-1800000004000.json");
        Files.copy(place.json(3), copy);
        assertThat(place.verify()).isEqualTo(new Verdict.Added(copy, "is a second segment 3"));
    }

    @Test
    void aSegmentOfAnotherStreamIsNamed() throws IOException {
        Verdict verdict = new Verification("cam-2", place.folder()).check(Verification.Scope.whole("cam-2"), _ -> {});

        assertThat(verdict).isEqualTo(new Verdict.Added(place.json(1), "is of stream cam-1"));
    }

    @Test
    void whatRetentionDeletedIsNotMissingAndTheRestIsChecked() throws IOException {
        Deletion first = deletion(null, 1, 2, place.sidecar(2).chain());
        Deletion second = deletion(first, 4, 4, place.sidecar(4).chain());
        for (int sequence : new int[] {4, 2, 1}) {
            delete(sequence);
        }
        Verification.Scope retired =
                WHOLE.without(Deletions.checked(Place.STREAM, List.of(first, second), Set.of(), null));

        assertThat(place.verify()).isEqualTo(new Verdict.Missing(1, Part.BOTH));
        assertThat(place.verify(retired.reaching(kept))).isInstanceOf(Verdict.Intact.class);
        byte[] file = Files.readAllBytes(root.resolve("cam-1/20270115/5-1800000008000.mp4"));
        file[1_000] ^= 1;
        Files.write(root.resolve("cam-1/20270115/5-1800000008000.mp4"), file);
        assertThat(place.verify(retired))
                .isInstanceOfSatisfying(
                        Verdict.Altered.class,
                        altered -> assertThat(altered.sequence()).isEqualTo(5));
    }

    @Test
    void aPartOfAChainIsCheckedFromAPlaceThatIsKnown() throws IOException {
        ChainPoint from = place.sidecar(3).point();
        for (int sequence : new int[] {3, 2, 1}) {
            delete(sequence);
        }

        Verdict verdict = place.verify(new Verification.Scope(from, kept, Deletions.NONE, Long.MAX_VALUE));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.segments()).isEqualTo(3));
    }

    @Test
    void whatIsBeingWrittenIsNotLookedAt() throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder);
            feed.silence(60_000).seconds(1);
            long open = recorder.open().orElseThrow().sequence();

            assertThat(place.verify(WHOLE.before(open)))
                    .isInstanceOfSatisfying(
                            Verdict.Intact.class,
                            intact -> assertThat(intact.to()).isEqualTo(kept));
        }
    }

    @Test
    void anInterruptEndsItWithoutAVerdict() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> place.verify());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void progressCountsTheBytesThatWereRead() throws IOException {
        long[] read = {0};
        new Verification(Place.STREAM, place.folder()).check(WHOLE, bytes -> read[0] += bytes);

        assertThat(read[0])
                .isEqualTo(place.sidecars().stream().mapToLong(Sidecar::bytes).sum());
    }

    private void delete(int sequence) throws IOException {
        for (Recordings.Entry entry : place.recordings.entries(Place.STREAM, sequence - 1)) {
            if (entry.name().sequence() == sequence) {
                Files.delete(entry.video());
                Files.delete(entry.sidecar());
            }
        }
    }

    /** Writes a sidecar that is right by itself, with another end. */
    private void rewrite(int sequence, ChainPoint before, long later) throws IOException {
        Sidecar old = place.sidecar(sequence);
        Sidecar made = Sidecar.chained(
                before,
                old.stream(),
                new Sidecar.Facts(
                        old.run(),
                        old.start(),
                        old.end() + later,
                        old.bytes(),
                        old.initBytes(),
                        old.frames(),
                        old.codec(),
                        old.width(),
                        old.height(),
                        old.sha256()),
                old.state());
        SidecarJson.write(place.json(sequence), made);
    }

    private void swap(Path one, Path other) throws IOException {
        byte[] kept = Files.readAllBytes(one);
        Files.write(one, Files.readAllBytes(other));
        Files.write(other, kept);
    }

    private static Deletion deletion(Deletion before, long first, long last, String chain) {
        Deletion.Facts facts = new Deletion.Facts(
                Deletion.Part.SIDECARS, first, last, last - first + 1, 0, 0, 1, Deletion.Reason.AGE, 30);
        return Deletion.following(before, Place.STREAM, facts, chain, Instant.EPOCH, new HouseKey());
    }
}
