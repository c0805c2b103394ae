package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.record.Deletion.Part;
import org.farwatch.ingest.record.Deletion.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days of three segments each, with their roots; some of it is deleted, and all is verified from the files. */
class DeletingTest {
    private static final LocalDate SECOND = Days.FIRST.plusDays(1);
    private static final LocalDate THIRD = Days.FIRST.plusDays(2);
    private static final Instant NOW = Instant.parse("2027-02-20T00:00:00Z");

    @TempDir
    Path root;

    private Place place;
    private Days days;
    private Deleting deleting;

    @BeforeEach
    void threeDaysAreRecorded() throws IOException {
        place = new Place(root);
        days = new Days(place);
        for (LocalDate day : List.of(Days.FIRST, SECOND, THIRD)) {
            days.recorded(day, 3).close(day);
        }
        deleting = new Deleting(place.recordings, days.key);
    }

    @Test
    void deletedPicturesAreToldFromMissingOnes() throws IOException {
        Deletion made = pictures(1, 2, 3, 4).made().getFirst();

        assertThat(made.part()).isEqualTo(Part.PICTURES);
        assertThat(List.of(made.first(), made.last(), made.count())).containsExactly(1L, 4L, 4L);
        assertThat(made.bytes())
                .isEqualTo(place.sidecars().subList(0, 4).stream()
                        .mapToLong(Sidecar::bytes)
                        .sum());
        assertThat(Files.exists(place.video(1))).isFalse();
        assertThat(Files.exists(place.json(1))).isTrue();
        assertThat(check()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.segments()).isEqualTo(5);
            assertThat(intact.to().sequence()).isEqualTo(9);
        });
        assertThat(roots()).isEmpty();

        Files.delete(place.video(6));
        assertThat(check()).isEqualTo(new Verdict.Missing(6, Verdict.Missing.Part.VIDEO));
        assertThat(place.verify())
                .as("without the ledger")
                .isEqualTo(new Verdict.Missing(1, Verdict.Missing.Part.VIDEO));
    }

    @Test
    void aWholeRangeGoesAndTheChainGoesOnOverIt() throws IOException {
        assertThat(sidecars(SECOND)).as("their pictures are there").isEmpty();
        pictures(4, 5, 6);
        Deletion made = sidecars(SECOND).orElseThrow();

        assertThat(made.chain()).isEqualTo(days.root(SECOND).chain());
        assertThat(place.recordings.entries(Place.STREAM, 0)).hasSize(6);
        assertThat(place.recordings.streams()).as("the ledger is no stream").containsExactly(Place.STREAM);
        assertThat(check())
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.segments()).isEqualTo(6));
        assertThat(roots()).isEmpty();
        assertThat(new RootVerification(place.recordings.roots()).stream(Place.STREAM, place.folder()))
                .as("no roots were read")
                .isEmpty();

        pictures(1, 2, 3);
        assertThat(sidecars(Days.FIRST)).isPresent();
        assertThat(check())
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.segments()).isEqualTo(3));
        assertThat(roots()).isEmpty();
        days.recorded(THIRD.plusDays(1), 2).close(THIRD.plusDays(1));
        assertThat(check())
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.to().sequence()).isEqualTo(11));
        assertThat(roots()).isEmpty();
    }

    @Test
    void whatFollowsAWholeRangeMustBeChainedToItsEnd() throws IOException {
        pictures(4, 5, 6);
        assertThat(sidecars(SECOND)).isPresent();
        Sidecar seventh = place.sidecar(4);
        Path file = seventh.name().sidecar(place.folder());
        Sidecar other = Sidecar.chained(
                new ChainPoint(6, "0".repeat(63) + "1"),
                Place.STREAM,
                new Sidecar.Facts(
                        seventh.run(),
                        seventh.start(),
                        seventh.end(),
                        seventh.bytes(),
                        seventh.initBytes(),
                        seventh.frames(),
                        seventh.codec(),
                        seventh.width(),
                        seventh.height(),
                        seventh.sha256()),
                seventh.state());
        SidecarJson.write(file, other);

        assertThat(check()).isEqualTo(new Verdict.Altered(7, file, "previous is not the chain value it must follow"));
    }

    @Test
    void whatIsNotAsItWasRecordedIsLeftAndStillFound() throws IOException {
        Files.write(place.video(2), new byte[] {1}, StandardOpenOption.APPEND);
        Files.delete(place.video(5));

        Deleting.Outcome outcome = pictures(1, 2, 3, 4, 5, 6);

        assertThat(outcome.left()).extracting(SegmentName::sequence).containsExactly(2L, 5L);
        assertThat(outcome.made())
                .extracting(Deletion::first, Deletion::last)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 1L),
                        org.assertj.core.groups.Tuple.tuple(3L, 4L),
                        org.assertj.core.groups.Tuple.tuple(6L, 6L));
        assertThat(check())
                .isInstanceOfSatisfying(
                        Verdict.Altered.class,
                        altered -> assertThat(altered.sequence()).isEqualTo(2));
        assertThat(sidecars(SECOND)).as("one was not deleted by the ledger").isEmpty();
    }

    @Test
    void anAlteredForgedOrLeftOutLineIsNamed() throws IOException {
        pictures(1);
        pictures(2);
        pictures(3);
        Path file = place.recordings.deletions().file(Place.STREAM);
        List<String> lines = Files.readAllLines(file);
        for (String[] edit : new String[][] {
            {"\"days\":30", "\"days\":31"},
            {"\"last\":2", "\"last\":3"},
            {"\"reason\":\"age\"", "\"reason\":\"disk\""},
            {"{", "{\"more\":1,"},
        }) {
            assertThat(lines.get(1)).contains(edit[0]);
            Files.write(file, List.of(lines.get(0), lines.get(1).replace(edit[0], edit[1]), lines.get(2)));
            Deletions read = place.recordings.deletions().read(Place.STREAM);
            assertThat(read.fault().orElseThrow().line()).as(edit[1]).isEqualTo(2);
            assertThat(read.pictures(1)).isTrue();
            assertThat(read.pictures(3)).as("behind a fault nothing counts").isFalse();
        }
        Files.write(file, List.of(lines.get(0), lines.get(2)));
        assertThat(place.recordings.deletions().read(Place.STREAM).fault())
                .contains(new Deletions.Fault(2, "does not follow the one before"));

        Files.write(file, lines);
        HouseKey stranger = new HouseKey();
        new Deleting(place.recordings, stranger).pictures(Place.STREAM, names(4), Reason.AGE, 30, NOW);
        Deletions forged = place.recordings.deletions().read(Place.STREAM, Set.of(days.key.fingerprint()));
        assertThat(forged.fault()).contains(new Deletions.Fault(4, "is signed with the key " + stranger.fingerprint()));
        assertThat(new Verification(Place.STREAM, place.folder())
                        .check(Verification.Scope.whole(Place.STREAM).without(forged), _ -> {}))
                .isEqualTo(new Verdict.Missing(4, Verdict.Missing.Part.VIDEO));
    }

    @Test
    void aDeletionThatACrashBrokeOffIsFinished() throws IOException {
        byte[] kept = Files.readAllBytes(place.video(2));
        Deletion made = pictures(1, 2, 3).made().getFirst();
        Path video = place.json(2)
                .resolveSibling(names(2).getFirst().video(place.folder()).getFileName());
        Files.write(video, kept);
        assertThat(check()).as("still there, and whole").isInstanceOf(Verdict.Intact.class);

        deleting.finish(made);
        deleting.finish(made);

        assertThat(Files.exists(video)).isFalse();
        assertThat(check()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aFileThatCannotBeDeletedIsNamedAndTheOthersGo() throws IOException {
        Path second = place.video(2);
        Deletion made = pictures(1, 2, 3).made().getFirst();
        assertThat(deleting.takeStuck()).isEmpty();
        // A folder with something in it can be deleted by no one as a file, not even by root.
        Files.createDirectories(second.resolve("held"));
        Files.write(
                place.json(3)
                        .resolveSibling(
                                names(3).getFirst().video(place.folder()).getFileName()),
                new byte[9]);

        deleting.finish(made);

        assertThat(deleting.takeStuck()).containsOnlyKeys(second);
        assertThat(deleting.takeStuck()).isEmpty();
        assertThat(Files.exists(place.video(3))).isFalse();
        Files.delete(second.resolve("held"));
        deleting.finish(made);
        assertThat(Files.exists(second)).isFalse();
    }

    @Test
    void aLineThatACrashBrokeOffCountsNothingAndTheNextTakesItsPlace() throws IOException {
        pictures(1);
        Path file = place.recordings.deletions().file(Place.STREAM);
        byte[] whole = Files.readAllBytes(file);
        pictures(2);
        byte[] both = Files.readAllBytes(file);
        for (int length : new int[] {whole.length + 1, whole.length + 300, both.length - 1}) {
            Files.write(file, Arrays.copyOf(both, length));
            Deletions read = place.recordings.deletions().read(Place.STREAM);
            assertThat(read.fault()).isEmpty();
            assertThat(read.lines()).hasSize(1);
            assertThat(place.recordings
                            .deletions()
                            .last(Place.STREAM)
                            .orElseThrow()
                            .number())
                    .isEqualTo(1);
        }
        pictures(3);
        Deletions read = place.recordings.deletions().read(Place.STREAM);
        assertThat(read.fault()).isEmpty();
        assertThat(read.lines()).extracting(Deletion::first).containsExactly(1L, 3L);
    }

    @Test
    void nothingIsDeletedBehindALineThatIsNotAsItWasWritten() throws IOException {
        pictures(1);
        Path file = place.recordings.deletions().file(Place.STREAM);
        Files.writeString(file, Files.readString(file).replace("\"days\":30", "\"days\":20"));

        assertThatThrownBy(() -> pictures(2))
                .isInstanceOf(DeletionFault.class)
                .hasMessageContaining("its facts do not give its hash");
        assertThat(Files.exists(place.video(2))).isTrue();
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines())
                .hasSize(1);
    }

    private Deleting.Outcome pictures(int... sequences) throws IOException {
        return deleting.pictures(Place.STREAM, names(sequences), Reason.AGE, 30, NOW);
    }

    private List<SegmentName> names(int... sequences) throws IOException {
        List<SegmentName> all = place.recordings.entries(Place.STREAM, 0).stream()
                .map(Recordings.Entry::name)
                .toList();
        return all.stream()
                .filter(name -> Arrays.stream(sequences).anyMatch(each -> each == name.sequence()))
                .toList();
    }

    private java.util.Optional<Deletion> sidecars(LocalDate day) throws IOException {
        StreamRoot stream = days.root(day);
        long from = day.atStartOfDay(Days.ZONE).toInstant().toEpochMilli();
        long to = day.plusDays(1).atStartOfDay(Days.ZONE).toInstant().toEpochMilli();
        return deleting.sidecars(stream, from, to, Reason.AGE, 30, NOW);
    }

    private Verdict check() throws IOException {
        return place.verify(Verification.Scope.whole(Place.STREAM)
                .without(place.recordings.deletions().read(Place.STREAM)));
    }

    private java.util.Optional<RootVerdict.Wrong> roots() throws IOException {
        RootVerification verification = new RootVerification(place.recordings.roots());
        assertThat(verification.documents(Set.of())).isInstanceOf(RootVerdict.Intact.class);
        return verification.stream(
                Place.STREAM, place.folder(), place.recordings.deletions().read(Place.STREAM));
    }
}
