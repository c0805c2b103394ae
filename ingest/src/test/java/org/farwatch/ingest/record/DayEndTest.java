package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayEndTest {
    private static final LocalDate DAY = Days.FIRST;

    @TempDir
    Path root;

    private Days days;

    @BeforeEach
    void place() {
        days = new Days(new Place(root));
    }

    @Test
    void aDaysRootIsOverItsSegmentsAndFollowsTheDayBefore() throws IOException {
        days.recorded(DAY, 3);
        DayRoot first = days.close(DAY).getFirst();
        days.recorded(DAY.plusDays(1), 2);
        DayRoot second = days.close(DAY.plusDays(1)).getFirst();

        List<String> chains = days.place.sidecars().stream().map(Sidecar::chain).toList();
        StreamRoot one = first.stream(Place.STREAM).orElseThrow();
        StreamRoot two = second.stream(Place.STREAM).orElseThrow();
        assertThat(one.tree()).isEqualTo(MerkleTree.of(HashAlgorithm.SHA_256, chains.subList(0, 3)));
        assertThat(two.tree()).isEqualTo(MerkleTree.of(HashAlgorithm.SHA_256, chains.subList(3, 5)));
        assertThat(two.first()).isEqualTo(4);
        assertThat(two.chain()).isEqualTo(chains.get(4));
        assertThat(two.previous()).isEqualTo(one.root());
        assertThat(first.previous()).isEqualTo(DayRoot.BEGINNING);
        assertThat(second.previous()).isEqualTo(first.root());
        assertThat(second.previousDay()).isEqualTo(DAY);
        assertThat(first.fault()).isEmpty();
        assertThat(second.fault()).isEmpty();
        assertThat(days.place.recordings.roots().read(DAY.plusDays(1))).isEqualTo(second);
    }

    @Test
    void aDayIsClosedOnceAndThereIsNoRootBeforeAnythingWasRecorded() throws IOException {
        assertThat(days.close(DAY)).isEmpty();
        days.recorded(DAY, 1);
        assertThat(days.close(DAY)).hasSize(1);
        byte[] document = Files.readAllBytes(days.place.recordings.roots().file(DAY));

        assertThat(days.close(DAY)).isEmpty();
        assertThat(days.place.recordings.roots().file(DAY)).hasBinaryContent(document);
    }

    @Test
    void missedDaysAreMadeUpEachWithItsSegments() throws IOException {
        days.recorded(DAY, 1);
        days.close(DAY);
        days.recorded(DAY.plusDays(1), 2).recorded(DAY.plusDays(3), 1);

        List<DayRoot> made = days.close(DAY.plusDays(4));

        assertThat(made)
                .extracting(DayRoot::day)
                .containsExactly(DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3), DAY.plusDays(4));
        assertThat(made).extracting(DayRoot::segments).containsExactly(2L, 0L, 1L, 0L);
        assertThat(days.root(DAY.plusDays(4)).chain())
                .as("a day without segments says where the chain stands")
                .isEqualTo(days.place.sidecar(4).chain());
    }

    @Test
    void whatBeginsAfterMidnightIsOfTheNextDay() throws IOException {
        // 16:00 and 8 hours: the first of four segments begins four seconds before midnight.
        days.recorded(DAY, Duration.ofHours(8).minusSeconds(4), 4);

        days.close(DAY);
        days.close(DAY.plusDays(1));

        assertThat(days.root(DAY).last()).isEqualTo(2);
        assertThat(days.root(DAY.plusDays(1)).first()).isEqualTo(3);
        assertThat(days.root(DAY.plusDays(1)).last()).isEqualTo(4);
    }

    @Test
    void aSegmentWhoseSidecarComesTooLateForItsDayIsInTheNextRoot() throws IOException {
        days.recorded(DAY, 3);
        Path late = days.place.json(3);
        byte[] sidecar = Files.readAllBytes(late);
        Files.delete(late);
        days.close(DAY);
        assertThat(days.root(DAY).last()).isEqualTo(2);

        Files.write(late, sidecar);
        days.recorded(DAY.plusDays(1), 1);
        days.close(DAY.plusDays(1));

        assertThat(days.root(DAY.plusDays(1)).first()).isEqualTo(3);
        assertThat(days.root(DAY.plusDays(1)).last()).isEqualTo(4);
        assertThat(days.root(DAY.plusDays(1)).absent()).isEmpty();
    }

    @Test
    void segmentsFromAClockThatWasAheadAreInTheNextRootToo() throws IOException {
        days.recorded(DAY.plusDays(300), 2).recorded(DAY, 1);
        days.close(DAY);
        assertThat(days.root(DAY).last()).isEqualTo(3);

        days.recorded(DAY.plusDays(300), 1);
        days.close(DAY.plusDays(1));
        assertThat(days.root(DAY.plusDays(1)).last()).isEqualTo(4);
    }

    @Test
    void aSidecarThatIsGoneOrBrokenBeforeTheDaysEndIsNamedInItsRoot() throws IOException {
        days.recorded(DAY, 4);
        Path second = days.place.json(2);
        Files.writeString(days.place.json(3), "{");
        Files.delete(second);

        days.close(DAY);

        assertThat(days.root(DAY).absent()).containsExactly(2L, 3L);
        assertThat(days.root(DAY).segments()).isEqualTo(2);
    }

    @Test
    void thereIsNoWayOnFromARootThatWasChanged() throws IOException {
        days.recorded(DAY, 1);
        days.close(DAY);
        Path file = days.place.recordings.roots().file(DAY);
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"last\" : 1", "\"last\" : 2"));

        assertThatExceptionOfType(DayRootFault.class)
                .isThrownBy(() -> days.close(DAY.plusDays(1)))
                .withMessageContaining("do not give its root");

        Files.writeString(file, text);
        assertThat(days.close(DAY.plusDays(1))).hasSize(1);
    }

    @Test
    void aClockThatWasYearsOffDoesNotMakeThousands() throws IOException {
        days.recorded(DAY, 1);
        days.close(DAY);

        assertThat(days.close(DAY.plusYears(5))).hasSize(DayEnd.MOST_DAYS + 1);
        assertThat(new RootVerification(days.place.recordings.roots()).documents(java.util.Set.of()))
                .isInstanceOf(RootVerdict.Intact.class);
    }

    @Test
    void theFolderOfRootsIsNoStream() throws IOException {
        days.recorded(DAY, 1);
        days.close(DAY);

        assertThat(days.place.recordings.streams()).containsExactly(Place.STREAM);
    }
}
