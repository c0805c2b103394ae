package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.farwatch.ingest.media.BoxTree;
import org.farwatch.ingest.record.Recovery.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path root;

    private Place place;

    /** A recorder that was killed in its third file. @return that file's bytes */
    private byte[] killed() throws IOException {
        place = new Place(root).recorded(3);
        Files.delete(place.json(3));
        return Files.readAllBytes(place.video(3));
    }

    private Recovery.Report recover() throws IOException {
        return new Recovery(place.recordings).recover(Place.STREAM);
    }

    @Test
    void aWholeFileIsFoundToBeWhatTheRecorderKnewOfIt() throws IOException {
        place = new Place(root).recorded(3);
        Sidecar known = place.sidecar(3);
        Files.delete(place.json(3));

        Recovery.Report report = recover();

        Sidecar found = place.sidecar(3);
        assertThat(report.outcomes()).containsExactly(new Outcome.Recovered(found, place.video(3), 0));
        assertThat(report.head()).isEqualTo(found.point());
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("chain", "state")
                .isEqualTo(known);
        assertThat(found.state()).isEqualTo(Sidecar.State.RECOVERED);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void whereNoSidecarIsLeftTheChainGoesOnAtThePlaceThatIsKnown() throws IOException {
        place = new Place(root).recorded(3);
        ChainPoint second = place.sidecar(2).point();
        for (int sequence : new int[] {3, 2, 1}) {
            Path video = place.video(sequence);
            Files.delete(place.json(sequence));
            if (sequence < 3) {
                Files.delete(video);
            }
        }

        Recovery.Report report = new Recovery(place.recordings).recover(Place.STREAM, Recordings.EVERY_DAY, second);

        Sidecar found = place.sidecars().getFirst();
        assertThat(report.head()).isEqualTo(found.point());
        assertThat(found.sequence()).isEqualTo(3);
        assertThat(found.previous()).isEqualTo(second.chain());
    }

    @Test
    void aFileCutAtAnyPlaceKeepsItsWholeFragments() throws IOException {
        byte[] file = killed();
        Path video = place.video(3);
        List<Integer> borders = borders(file);
        assertThat(borders).hasSize(11);
        List<Integer> cuts = new ArrayList<>();
        for (int border : borders) {
            for (int cut = border - 12; cut <= border + 48; cut++) {
                if (cut >= 0 && cut <= file.length) {
                    cuts.add(cut);
                }
            }
        }
        // And every single place of one fragment and of the header.
        for (int cut = 0; cut <= borders.get(1); cut++) {
            cuts.add(cut);
        }
        for (int cut : cuts) {
            Files.write(video, Arrays.copyOf(file, cut));
            Files.deleteIfExists(SegmentName.sidecarOf(video));
            int whole = borders.stream().filter(border -> border <= cut).reduce(0, Math::max);
            int fragments = borders.indexOf(whole);

            Recovery.Report report = recover();

            if (fragments < 1) {
                assertThat(report.outcomes()).as("cut at %d", cut).containsExactly(new Outcome.Removed(video, cut));
                assertThat(video).doesNotExist();
                assertThat(report.head()).isEqualTo(place.sidecar(2).point());
            } else {
                Sidecar sidecar = place.sidecar(3);
                assertThat(report.outcomes())
                        .as("cut at %d", cut)
                        .containsExactly(new Outcome.Recovered(sidecar, video, cut - whole));
                assertThat(sidecar.bytes()).isEqualTo(whole);
                assertThat(sidecar.frames()).isEqualTo(fragments * 5L);
                assertThat(sidecar.end()).isEqualTo(sidecar.start() + fragments * 200L);
                assertThat(sidecar.run()).isEqualTo(Feed.START);
                assertThat(Files.readAllBytes(video)).isEqualTo(Arrays.copyOf(file, whole));
            }
        }
    }

    @Test
    void doingItAgainChangesNothing() throws IOException {
        byte[] file = killed();
        Files.write(place.video(3), Arrays.copyOf(file, file.length - 100));
        Recovery.Report first = recover();
        byte[] sidecar = Files.readAllBytes(place.json(3));

        Recovery.Report second = recover();

        assertThat(second.outcomes()).isEmpty();
        assertThat(second.head()).isEqualTo(first.head());
        assertThat(Files.readAllBytes(place.json(3))).isEqualTo(sidecar);
    }

    /** Killed in recovery: the file is cut, the sidecar half written under its other name. */
    @Test
    void aRecoveryThatWasKilledIsDoneAgain() throws IOException {
        killed();
        Path half = Files.writeString(place.video(3).resolveSibling("3-1800000004000.json.tmp"), "{\"stream\":");

        recover();

        assertThat(half).doesNotExist();
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void zerosAndGarbageBehindTheLastFragmentAreCutOff() throws IOException {
        byte[] file = killed();
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            byte[] tail = new byte[1 + random.nextInt(5_000)];
            if (round > 3) {
                random.nextBytes(tail);
            }
            byte[] both = Arrays.copyOf(file, file.length + tail.length);
            System.arraycopy(tail, 0, both, file.length, tail.length);
            Files.write(place.video(3), both);
            Files.deleteIfExists(SegmentName.sidecarOf(place.video(3)));

            recover();

            assertThat(Files.readAllBytes(place.video(3))).isEqualTo(file);
        }
    }

    @Test
    void aFragmentWhoseDataAreNotAsLongAsDescribedIsCutOff() throws IOException {
        byte[] file = killed();
        List<BoxTree> boxes = BoxTree.read(file);
        BoxTree last = boxes.getLast();
        byte[] longer = Arrays.copyOf(file, file.length + 10);
        ByteBuffer.wrap(longer).putInt(last.offset(), last.size() + 10);
        Files.write(place.video(3), longer);

        recover();

        assertThat(place.sidecar(3).bytes())
                .isEqualTo(boxes.get(boxes.size() - 4).offset()
                        + boxes.get(boxes.size() - 4).size());
    }

    @Test
    void damagedBytesAnywhereNeverStopARecovery() throws IOException {
        byte[] file = killed();
        Path video = place.video(3);
        Random random = new Random(13);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i <= round % 4; i++) {
                damaged[random.nextInt(round % 2 == 0 ? 900 : file.length)] = (byte) random.nextInt();
            }
            Files.write(video, damaged);
            Files.deleteIfExists(SegmentName.sidecarOf(video));

            Recovery.Report report = recover();

            assertThat(report.outcomes()).hasSize(1);
            assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
        }
    }

    @Test
    void severalFilesWithoutSidecarAreChainedInTheirOrder() throws IOException {
        place = new Place(root).recorded(5);
        for (int sequence = 3; sequence <= 5; sequence++) {
            Files.delete(place.json(sequence));
        }

        assertThat(recover().outcomes()).hasSize(3);

        assertThat(place.sidecars()).extracting(Sidecar::run).containsOnly(Feed.START);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    /** Killed between the end of a file and its sidecar. */
    @Test
    void aRunThatWentOnFromOneFileToTheNextGoesOnAlsoWhereTheNetworkHeldPicturesUp() throws IOException {
        place = new Place(root);
        place.settings = new RecorderSettings(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ZERO);
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder)
                    .seconds(2)
                    .clockSet(130)
                    .seconds(2)
                    .clockSet(-90)
                    .seconds(2)
                    .silence(5_000)
                    .seconds(2)
                    .end();
        }
        List<Sidecar> known = place.sidecars();
        assertThat(known)
                .extracting(Sidecar::run)
                .containsExactly(Feed.START, Feed.START, Feed.START, Feed.START + 11_040);
        for (int sequence = 1; sequence <= 4; sequence++) {
            Files.delete(place.json(sequence));
        }

        recover();

        assertThat(place.sidecars())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("previous", "chain", "state")
                .isEqualTo(known);
    }

    @Test
    void aFileThatWasLostWholeGivesItsSequenceToTheNext() throws IOException {
        place = new Place(root).recorded(5);
        for (int sequence = 4; sequence <= 5; sequence++) {
            Files.delete(place.json(sequence));
        }
        Files.write(place.video(4), new byte[0]);

        Recovery.Report report = recover();

        assertThat(report.outcomes().getFirst()).isInstanceOf(Outcome.Removed.class);
        assertThat(place.sidecar(4).start()).isEqualTo(Feed.START + 8_000);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aFileWhoseSidecarSomebodyTookAwayIsNotSignedAnew() throws IOException {
        place = new Place(root).recorded(4);
        Path video = place.video(2);
        Files.delete(place.json(2));

        assertThat(recover().outcomes()).containsExactly(new Outcome.Left(video));

        assertThat(place.verify()).isEqualTo(new Verdict.Missing(2, Verdict.Missing.Part.SIDECAR));
    }

    @Test
    void recordingGoesOnBehindWhatWasRecovered() throws IOException {
        byte[] file = killed();
        Files.write(place.video(3), Arrays.copyOf(file, file.length - 1));
        ChainPoint head = recover().head();

        try (Recorder recorder = place.recorder()) {
            Feed feed = Feed.into(recorder);
            feed.silence(100_000).seconds(4);
        }

        assertThat(place.sidecar(4).previous()).isEqualTo(head.chain());
        assertThat(place.sidecar(4).run()).isEqualTo(Feed.START + 100_000);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aStreamWithoutAFolderBeginsItsChain() throws IOException {
        place = new Place(root);

        Recovery.Report report = recover();

        assertThat(report.head()).isEqualTo(ChainPoint.beginning(Place.STREAM));
        assertThat(report.outcomes()).isEmpty();
    }

    /** No file of this size fits into the memory that the walk may take. */
    @Test
    void aFileOfManyGigabytesOfNothingIsWalkedWithoutReadingIt() throws IOException {
        byte[] file = killed();
        try (RandomAccessFile sparse = new RandomAccessFile(place.video(3).toFile(), "rw")) {
            sparse.setLength(8L << 30);
        }

        assertThat(recover().outcomes())
                .containsExactly(new Outcome.Recovered(place.sidecar(3), place.video(3), (8L << 30) - file.length));
    }

    @Test
    void aProcessKilledInTheMiddleLosesNothingThatItsRecorderWasGiven() throws Exception {
        place = new Place(root);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Recording.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long given = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 57; i++) {
                given = Long.parseLong(lines.readLine());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(given).isGreaterThan(10_000);

        Recovery.Report report = recover();

        assertThat(report.outcomes().getLast()).isInstanceOf(Outcome.Recovered.class);
        assertThat(place.sidecars().stream().mapToLong(Sidecar::bytes).sum()).isGreaterThanOrEqualTo(given);
        assertThat(place.verify()).isInstanceOf(Verdict.Intact.class);
    }

    /** What the killed process runs: says after each fragment how many bytes its recorder was given. */
    static final class Recording {
        private Recording() {}

        public static void main(String[] arguments) throws IOException {
            Place place = new Place(Path.of(arguments[0]));
            Recorder recorder = place.recorder();
            Feed feed = Feed.into(recorder);
            while (true) {
                feed.pictures(5);
                System.out.println(recorder.open().map(OpenSegment::bytes).orElse(0L));
                System.out.flush();
            }
        }
    }

    /** Ends of the header and of each fragment. */
    private static List<Integer> borders(byte[] file) {
        List<Integer> borders = new ArrayList<>();
        for (BoxTree box : BoxTree.read(file)) {
            if (box.type().equals("moov") || box.type().equals("mdat")) {
                borders.add(box.offset() + box.size());
            }
        }
        return borders;
    }
}
