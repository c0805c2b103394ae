package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.record.RootVerdict.Kind;
import org.farwatch.ingest.record.RootVerdict.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootVerificationTest {
    private static final LocalDate FIRST = Days.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private Days days;
    private DayRoots roots;

    @BeforeEach
    void threeDays() throws IOException {
        days = new Days(new Place(root));
        for (LocalDate day : List.of(FIRST, SECOND, THIRD)) {
            days.recorded(day, 3);
            days.close(day);
            Files.copy(roots().file(day), elsewhere.resolve("kept-" + day + ".json"));
        }
    }

    @Test
    void whatNobodyTouchedIsIntact() throws IOException {
        RootVerification verification = new RootVerification(roots);

        assertThat(verification.documents(Set.of(days.key.fingerprint())))
                .isEqualTo(new RootVerdict.Intact(FIRST, THIRD, 3, Set.of(days.key.fingerprint())));
        assertThat(verification.kept(KeptRoot.read(elsewhere))).isInstanceOf(RootVerdict.Intact.class);
        assertThat(verification.stream(Place.STREAM, days.place.folder())).isEmpty();
        assertThat(verification.head(Place.STREAM))
                .contains(days.place.sidecar(9).point());
    }

    @Test
    void anAlteredRootIsNamedWhicheverFactItIs() throws IOException {
        Path file = roots.file(SECOND);
        String text = Files.readString(file);
        StreamRoot stream = days.root(SECOND);
        String[][] edits = {
            {"\"first\" : 4", "\"first\" : 5"},
            {"\"last\" : 6", "\"last\" : 7"},
            {"\"absent\" : [ ]", "\"absent\" : [ 5 ]"},
            {stream.chain(), "0".repeat(64)},
            {stream.tree(), "0".repeat(64)},
            {"\"count\" : 1", "\"count\" : 2"},
            {"\"zone\" : \"Asia/Shanghai\"", "\"zone\" : \"UTC\""},
            {"\"day\" : \"" + SECOND, "\"day\" : \"" + THIRD},
            {"\"previousDay\" : \"" + FIRST, "\"previousDay\" : \"" + FIRST.minusDays(1)},
            {"\"signature\" : \"", "\"signature\" : \"AAAA"},
            {"{", "{ \"more\" : 1,"},
        };
        for (String[] edit : edits) {
            assertThat(text).contains(edit[0]);
            Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(edit[0]), edit[1]));
            assertThat(documents()).as(edit[0]).isInstanceOfSatisfying(Wrong.class, wrong -> {
                assertThat(wrong.kind()).isEqualTo(Kind.ALTERED);
                assertThat(wrong.day()).isEqualTo(SECOND);
            });
        }
        Files.writeString(file, text);
        assertThat(documents()).isInstanceOf(RootVerdict.Intact.class);
    }

    @Test
    void aMissingDayIsNamed() throws IOException {
        Files.delete(roots.file(SECOND));
        assertThat(documents())
                .isEqualTo(new Wrong(Kind.MISSING, SECOND, null, "the root of " + THIRD + " follows it"));

        Files.copy(elsewhere.resolve("kept-" + SECOND + ".json"), roots.file(SECOND));
        Files.delete(roots.file(FIRST));
        assertThat(documents())
                .isEqualTo(new Wrong(Kind.MISSING, FIRST, null, "the root of " + SECOND + " follows it"));
    }

    @Test
    void aMissingLastDayIsNamedByWhatWasKeptElsewhere() throws IOException {
        Files.delete(roots.file(THIRD));
        RootVerification verification = new RootVerification(roots);

        assertThat(verification.documents(Set.of())).isInstanceOf(RootVerdict.Intact.class);
        assertThat(verification.kept(KeptRoot.read(elsewhere)))
                .isEqualTo(new Wrong(Kind.MISSING, THIRD, null, "it was kept elsewhere and is not in the house"));
    }

    @Test
    void swappedDaysAreNamed() throws IOException {
        byte[] second = Files.readAllBytes(roots.file(SECOND));
        Files.write(roots.file(SECOND), Files.readAllBytes(roots.file(THIRD)));
        Files.write(roots.file(THIRD), second);

        assertThat(documents()).isInstanceOfSatisfying(Wrong.class, wrong -> {
            assertThat(wrong.day()).isEqualTo(SECOND);
            assertThat(wrong.reason()).endsWith("is the root of " + THIRD);
        });
    }

    @Test
    void aRootSignedAgainWithAnotherKeyIsNamed() throws IOException {
        HouseKey stranger = new HouseKey();
        DayRoot third = roots.read(THIRD);
        DayRoot forged = DayRoot.following(
                HashAlgorithm.SHA_256,
                roots.read(SECOND),
                THIRD,
                Days.ZONE,
                third.made(),
                third.streams(),
                null,
                stranger);
        Files.write(roots.file(THIRD), forged.document());
        assertThat(forged.root()).isEqualTo(third.root());
        RootVerification verification = new RootVerification(roots);

        assertThat(verification.documents(Set.of()))
                .isEqualTo(new RootVerdict.Intact(
                        FIRST, THIRD, 3, Set.of(days.key.fingerprint(), stranger.fingerprint())));
        assertThat(verification.kept(KeptRoot.read(elsewhere))).isInstanceOfSatisfying(Wrong.class, wrong -> {
            assertThat(wrong.kind()).isEqualTo(Kind.RESIGNED);
            assertThat(wrong.day()).isEqualTo(THIRD);
        });
        assertThat(new RootVerification(roots).documents(Set.of(days.key.fingerprint())))
                .isEqualTo(
                        new Wrong(Kind.RESIGNED, THIRD, null, "it is signed with the key " + stranger.fingerprint()));
    }

    @Test
    void everythingMadeAnewWithTheHousesOwnKeyIsShownByWhatWasKeptElsewhere() throws IOException {
        insider();
        RootVerification verification = new RootVerification(roots);

        assertThat(days.place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(verification.documents(Set.of(days.key.fingerprint()))).isInstanceOf(RootVerdict.Intact.class);
        assertThat(verification.stream(Place.STREAM, days.place.folder())).isEmpty();
        assertThat(verification.kept(KeptRoot.read(elsewhere))).isInstanceOfSatisfying(Wrong.class, wrong -> {
            assertThat(wrong.kind()).isEqualTo(Kind.DIFFERS);
            assertThat(wrong.day()).isEqualTo(SECOND);
            assertThat(wrong.stream()).isEqualTo(Place.STREAM);
        });
    }

    @Test
    void aChainMadeAnewIsShownByTheRootsAlone() throws IOException {
        rewriteFrom(5);
        RootVerification verification = new RootVerification(roots);

        assertThat(days.place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(verification.documents(Set.of())).isInstanceOf(RootVerdict.Intact.class);
        assertThat(verification.stream(Place.STREAM, days.place.folder()))
                .contains(new Wrong(
                        Kind.REWRITTEN, SECOND, Place.STREAM, "segments 4 to 6 are not those that were signed"));
    }

    @Test
    void aDeletedSidecarIsNamedWithItsDay() throws IOException {
        Files.delete(days.place.json(9));
        RootVerification verification = new RootVerification(roots);
        verification.documents(Set.of());

        assertThat(verification.stream(Place.STREAM, days.place.folder()))
                .contains(new Wrong(
                        Kind.REWRITTEN, THIRD, Place.STREAM, "segment 9 was signed and has no readable sidecar"));
    }

    @Test
    void aCopyWithoutRootsIsComparedWithThoseThatWereKept() throws IOException {
        for (LocalDate day : roots.days()) {
            Files.delete(roots.file(day));
        }
        Files.delete(elsewhere.resolve("kept-" + FIRST + ".json"));
        rewriteFrom(8);
        RootVerification verification = new RootVerification(roots);

        assertThat(verification.documents(Set.of())).isEqualTo(new RootVerdict.Intact(null, null, 0, Set.of()));
        assertThat(verification.kept(KeptRoot.read(elsewhere))).isInstanceOf(RootVerdict.Intact.class);
        assertThat(verification.stream(Place.STREAM, days.place.folder()))
                .hasValueSatisfying(wrong -> assertThat(wrong.day()).isEqualTo(THIRD));
    }

    @Test
    void aPrintedSheetIsReadAgainAndComparesLikeTheDocument() throws IOException {
        Path sheet = elsewhere.resolve("sheet.txt");
        Files.writeString(sheet, KeptRoot.sheet(roots.read(SECOND)));
        KeptRoot kept = KeptRoot.read(sheet).getFirst();
        assertThat(kept.root()).isEqualTo(roots.read(SECOND).root());
        assertThat(kept.day()).isEqualTo(SECOND);

        insider();
        RootVerification verification = new RootVerification(roots);
        verification.documents(Set.of());
        assertThat(verification.kept(List.of(kept))).isInstanceOfSatisfying(Wrong.class, wrong -> {
            assertThat(wrong.kind()).isEqualTo(Kind.DIFFERS);
            assertThat(wrong.day()).isEqualTo(SECOND);
        });
        Files.writeString(sheet, "day 2027-01-16\nroot 12 34\n");
        assertThatExceptionOfType(DayRootFault.class).isThrownBy(() -> KeptRoot.read(sheet));
    }

    @Test
    void aKeptDocumentThatWasDamagedIsRefused() throws IOException {
        Path file = elsewhere.resolve("kept-" + SECOND + ".json");
        Files.writeString(file, Files.readString(file).replace("\"last\" : 6", "\"last\" : 5"));

        assertThatExceptionOfType(DayRootFault.class)
                .isThrownBy(() -> KeptRoot.read(elsewhere))
                .withMessageContaining(file.toString());
    }

    @Test
    void aSegmentIsProvedToTheDaysRootAndNoOtherIs() throws IOException {
        DayRoot second = roots.read(SECOND);
        InclusionProof made = InclusionProof.of(days.place.recordings, second, Place.STREAM, 1, 5)
                .orElseThrow();
        InclusionProof proof = read(InclusionProof.document(List.of(made))).getFirst();

        assertThat(proof).isEqualTo(made);
        assertThat(proof.sequence()).isEqualTo(5);
        assertThat(proof.fault(Place.STREAM, days.place.sidecar(5).chain())).isEmpty();
        assertThat(proof.fault(Place.STREAM, days.place.sidecar(4).chain())).isPresent();
        assertThat(proof.fault("cam-2", days.place.sidecar(5).chain())).isPresent();
        assertThat(new InclusionProof(6, proof.path(), 0, proof.streamPath(), proof.day())
                        .fault(Place.STREAM, days.place.sidecar(5).chain()))
                .isPresent();
        assertThat(InclusionProof.of(days.place.recordings, second, Place.STREAM, 1, 3))
                .isEmpty();
        assertThat(InclusionProof.of(days.place.recordings, second, Place.STREAM, 7, 9))
                .isEmpty();
        assertThat(InclusionProof.of(days.place.recordings, second, Place.STREAM, 2, 9)
                        .orElseThrow()
                        .sequence())
                .isEqualTo(6);
    }

    private List<InclusionProof> read(byte[] document) throws IOException {
        return InclusionProof.read(Files.write(elsewhere.resolve("proofs"), document));
    }

    /** Alters a segment of the second day and makes all behind it new, with the house's key. */
    private void insider() throws IOException {
        rewriteFrom(5);
        for (LocalDate day : List.of(SECOND, THIRD)) {
            Files.delete(roots.file(day));
        }
        days.close(SECOND);
        days.close(THIRD);
        assertThat(new String(Files.readAllBytes(roots.file(THIRD)), StandardCharsets.UTF_8))
                .isNotEqualTo(Files.readString(elsewhere.resolve("kept-" + THIRD + ".json")));
    }

    private void rewriteFrom(int sequence) throws IOException {
        ChainPoint before = days.place.sidecar(sequence - 1).point();
        for (int i = sequence; i <= 9; i++) {
            Sidecar old = days.place.sidecar(i);
            Sidecar made = Sidecar.chained(
                    before,
                    old.stream(),
                    new Sidecar.Facts(
                            old.run(),
                            old.start(),
                            old.end() + 1,
                            old.bytes(),
                            old.initBytes(),
                            old.frames(),
                            old.codec(),
                            old.width(),
                            old.height(),
                            old.sha256()),
                    old.state());
            SidecarJson.write(days.place.json(i), made);
            before = made.point();
        }
    }

    private RootVerdict documents() throws IOException {
        return new RootVerification(roots).documents(Set.of());
    }

    private DayRoots roots() {
        roots = days.place.recordings.roots();
        return roots;
    }
}
