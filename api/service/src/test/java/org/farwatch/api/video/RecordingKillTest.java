package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.farwatch.api.coverage.CoverageRows;
import org.farwatch.api.database.Child;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 while streams are recorded: the service as a process of its own, cameras over real sockets that survive
 * it. Every fragment that lay in a file when the process died is there after the next start, indexed, plays, and stands
 * in an intact chain. {@code bin/kill-rounds} runs twenty rounds with ten streams.
 */
class RecordingKillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WATCH = Duration.ofMillis(2);
    /** Of recorded files: short, so that each round has some that were finished. */
    private static final String SEGMENT = "2s";
    /** The random moment of the kill lies within so many bytes of each stream, which come in some two seconds: about a file. */
    private static final int MOMENT = 100_000;

    private static final List<String> KINDS = List.of("h264", "h265", "bframes", "aac");

    @TempDir
    private Path home;

    @TempDir
    private Path elsewhere;

    private final Random random = new Random();
    private final Map<String, Instant> streams = new TreeMap<>();
    private long fragments;
    private long lost;
    private long cut;
    private long pictures;

    /** What dies: the service alone, its PostgreSQL living on; or PostgreSQL first, and the service while it records on. */
    private enum Victim {
        SERVICE,
        DATABASE_THEN_SERVICE
    }

    @Test
    void everyFragmentWrittenBeforeAKillIsIndexedAndPlaysInAnIntactChain() throws Exception {
        rounds(2, 1);
    }

    @Test
    @Tag("slow")
    void noFragmentOfTenStreamsIsLostInTwentyRounds() throws Exception {
        rounds(20, 2.5);
    }

    /** @param each how many cameras there are of each kind, about */
    private void rounds(int rounds, double each) throws Exception {
        long seed = System.nanoTime();
        random.setSeed(seed);
        System.out.printf("kill -9 while recording, seed %d%n", seed);
        List<String> names = IntStream.range(0, (int) (KINDS.size() * each))
                .mapToObj(number -> KINDS.get(number % KINDS.size()) + "-" + number)
                .toList();
        String[] cameras = names.stream()
                .map(name -> name + "=" + name.replaceFirst("-.*", ""))
                .toArray(String[]::new);
        try (RtspServer server = RtspServer.start(cameras);
                RecordingHouse house = new RecordingHouse(home, Map.of("FARWATCH_VIDEO_SEGMENT", SEGMENT))) {
            for (String name : names) {
                streams.put(house.record(name, server.url(name)), Instant.MAX);
            }
            awaitRecording(house, 0);
            streams.replaceAll((id, _) -> start(house.segments(id).getFirst()));
            streams.forEach(house::require);
            for (int round = 0; round < rounds; round++) {
                Victim victim = Victim.values()[round % 2];
                round(house, victim, round);
            }
            eachKillIsOneGap(house, rounds);
        }
        oneChangedByteIsNamed();
        System.out.printf(
                "kill -9 while recording: %d rounds, %d fragments written, %d of them lost, %d pictures played of the"
                        + " recovered files, %d bytes of broken writes cut%n",
                rounds, fragments, lost, pictures, cut);
    }

    private void round(RecordingHouse house, Victim victim, int round) throws Exception {
        if (victim == Victim.DATABASE_THEN_SERVICE) {
            house.killDatabase();
            Map<String, Long> sealed = sealed(house);
            await("recording goes on without the database")
                    .atMost(PATIENCE)
                    .until(() -> sealed(house).entrySet().stream()
                            .allMatch(now -> now.getValue() > sealed.get(now.getKey())));
        }
        long moment = house.written() + random.nextInt(MOMENT * streams.size());
        await().atMost(PATIENCE).pollInterval(WATCH).until(() -> house.written() >= moment);
        Map<Path, RecordedFile> seen = house.files();
        house.kill();
        Map<Path, RecordedFile> left = house.files();
        seen.forEach((path, file) -> assertThat(left.get(path).holds(file))
                .as("%s has what was seen in it before the kill", path)
                .isTrue());
        List<Path> unsealed = left.keySet().stream()
                .filter(path -> Files.notExists(RecordingHouse.sidecar(path)))
                .toList();
        assertThat(unsealed).as("files that were being written").hasSizeGreaterThanOrEqualTo(streams.size());
        Path torn = unsealed.get(random.nextInt(unsealed.size()));
        long before = cut;
        for (Path path : unsealed) {
            RecordedFile file = left.get(path);
            cut += file.bytes().length - file.whole().length;
        }
        long byTheKill = cut - before;
        if (left.get(torn).fragments() > 0 && byTheKill == 0) {
            // A kill seldom comes within a write; this is what one leaves.
            byte[] half = left.get(torn).half();
            Files.write(torn, half, StandardOpenOption.APPEND);
            cut += half.length;
        }

        house.begin();

        Map<String, Long> last = new TreeMap<>();
        for (String id : streams.keySet()) {
            last.put(id, recovered(house, id, left, unsealed));
        }
        awaitRecording(house, round + 1);
        for (String id : streams.keySet()) {
            goesOn(house, id, last.get(id), round + 1);
        }
        System.out.printf(
                "round %d (%s): %d files open, %d fragments on the disk%n",
                round + 1,
                victim,
                unsealed.size(),
                left.values().stream().mapToInt(RecordedFile::fragments).sum());
        fragments = left.values().stream().mapToLong(RecordedFile::fragments).sum();
    }

    /** Every fragment that the kill left is in the index and comes over the API. @return the last of these segments */
    private long recovered(RecordingHouse house, String id, Map<Path, RecordedFile> left, List<Path> unsealed)
            throws IOException {
        Path folder = house.videos().resolve(id);
        List<Path> files = left.keySet().stream()
                .filter(path -> path.startsWith(folder) && left.get(path).fragments() > 0)
                .toList();
        await().atMost(PATIENCE)
                .until(() -> byStart(house, id)
                        .keySet()
                        .containsAll(
                                files.stream().map(RecordingKillTest::startOf).toList()));
        Map<Instant, JsonNode> listed = byStart(house, id);
        long last = 0;
        for (Path path : files) {
            JsonNode segment = listed.get(startOf(path));
            long sequence = sequence(segment);
            last = Math.max(last, sequence);
            Path video =
                    path.resolveSibling(sequence + path.getFileName().toString().replaceFirst("^[0-9]+", ""));
            RecordedFile now = RecordedFile.read(video);
            RecordedFile then = left.get(path);
            if (!now.holds(then)) {
                lost += then.fragments();
            }
            assertThat(now.bytes())
                    .as("%s is cut to its whole fragments", video)
                    .isEqualTo(then.whole());
            if (unsealed.contains(path)) {
                assertThat(segment.path("state").asString()).isEqualTo("recovered");
                plays(house, id, sequence, video);
            }
        }
        return last;
    }

    private void plays(RecordingHouse house, String id, long sequence, Path video) throws IOException {
        Path fetched = Files.write(elsewhere.resolve("fetched.mp4"), house.file(id, sequence));
        Sidecar sidecar = Sidecar.read(RecordingHouse.sidecar(video));
        RecordedFile.Played played = RecordedFile.play(fetched);
        assertThat(played).isEqualTo(new RecordedFile.Played((int) sidecar.frames(), (int) sidecar.frames(), 0));
        assertThat(sidecar.state()).isEqualTo(Sidecar.State.RECOVERED);
        pictures += played.pictures();
    }

    /** Recording goes on behind the last segment that was recovered, the chain is whole and the playlist has all of it. */
    private void goesOn(RecordingHouse house, String id, long last, int kills) throws IOException {
        List<Long> sequences =
                house.segments(id).stream().map(RecordingKillTest::sequence).toList();
        assertThat(sequences).contains(last + 1);
        for (int i = 0; i < sequences.size(); i++) {
            assertThat(sequences.get(i)).as("sequences of stream %s", id).isEqualTo(i + 1);
        }
        String playlist = house.playlist(id, streams.get(id));
        assertThat(playlist.lines().filter(line -> line.startsWith("segments/")))
                .contains("segments/" + last + ".mp4", "segments/" + (last + 1) + ".mp4");
        assertThat(playlist.lines().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(kills);
        Recordings recordings = new Recordings(house.videos());
        Verification.Scope scope =
                Verification.Scope.whole(id).before(recordings.head(id).sequence() + 1);
        assertThat(new Verification(id, recordings.folder(id)).check(scope, _ -> {}))
                .isInstanceOf(Verdict.Intact.class);
    }

    /** From the last fragment before it to the first one after it, with one cause. */
    private void eachKillIsOneGap(RecordingHouse house, int kills) {
        for (Map.Entry<String, Instant> stream : streams.entrySet()) {
            String id = stream.getKey();
            List<JsonNode> segments = house.segments(id);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i + 1 < segments.size(); i++) {
                Instant end = Instant.parse(segments.get(i).path("end").asString());
                if (!end.equals(start(segments.get(i + 1)))) {
                    expected.add(end + " " + start(segments.get(i + 1)) + " service-down");
                }
            }
            assertThat(expected)
                    .as("times that no segment of stream %s covers", id)
                    .hasSize(kills);
            Instant lastGap = start(segments.getLast());
            await().atMost(PATIENCE)
                    .until(() -> Instant.parse(house.coverage(id, stream.getValue())
                                    .path("to")
                                    .asString())
                            .isAfter(lastGap));
            assertThat(CoverageRows.stretches(
                            house.coverage(id, stream.getValue()).path("gaps")))
                    .isEqualTo(expected);
        }
    }

    private void oneChangedByteIsNamed() throws IOException {
        Path videos = home.resolve("video");
        assertThat(verdicts(Child.run(0, home, Map.of(), "verify", videos.toString())))
                .as("one verdict for each stream")
                .hasSize(streams.size())
                .allMatch(line -> line.startsWith("intact "));
        List<Path> files;
        try (Stream<Path> all = Files.walk(videos)) {
            files = all.filter(path -> path.toString().endsWith(".mp4")).toList();
        }
        Path changed = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(changed);
        int place = random.nextInt(bytes.length);
        byte[] altered = bytes.clone();
        altered[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(changed, altered);

        String id = videos.relativize(changed).getName(0).toString();
        String sequence = changed.getFileName().toString().replaceFirst("-.*", "");
        assertThat(verdicts(Child.run(1, home, Map.of(), "verify", videos.toString())).stream()
                        .filter(line -> !line.startsWith("intact ")))
                .as("byte %d of %s", place, changed)
                .containsExactly("ALTERED    stream " + id + ", segment " + sequence + ": " + changed
                        + " its bytes are not those that were hashed");
    }

    /** What is said of each stream, without what is said of day roots: there are none so soon. */
    private static List<String> verdicts(String said) {
        return said.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .filter(line -> !line.startsWith("roots ") && !line.startsWith("not shown "))
                .toList();
    }

    /** Waits until each stream has one segment that is finished since the last start and one that is being written. */
    private void awaitRecording(RecordingHouse house, int kills) {
        await().atMost(PATIENCE)
                .until(() -> streams.keySet().stream().allMatch(id -> {
                    List<JsonNode> segments = house.segments(id);
                    long recovered = segments.stream()
                            .filter(one -> state(one).equals("recovered"))
                            .count();
                    return segments.size() > 1
                            && recovered >= kills
                            && state(segments.getLast()).equals("open")
                            && state(segments.get(segments.size() - 2)).equals("closed");
                }));
    }

    /** How many segments of each stream have their sidecar. */
    private Map<String, Long> sealed(RecordingHouse house) throws IOException {
        Map<String, Long> sealed = new TreeMap<>();
        for (String id : streams.keySet()) {
            sealed.put(id, new Recordings(house.videos()).head(id).sequence());
        }
        return sealed;
    }

    private static Map<Instant, JsonNode> byStart(RecordingHouse house, String id) {
        Map<Instant, JsonNode> listed = new TreeMap<>();
        house.segments(id).stream()
                .filter(segment -> !state(segment).equals("open"))
                .forEach(segment -> listed.put(start(segment), segment));
        return listed;
    }

    private static Instant startOf(Path video) {
        String name = video.getFileName().toString();
        return Instant.ofEpochMilli(Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.'))));
    }

    private static Instant start(JsonNode segment) {
        return Instant.parse(segment.path("start").asString());
    }

    private static String state(JsonNode segment) {
        return segment.path("state").asString();
    }

    private static long sequence(JsonNode segment) {
        String id = segment.path("id").asString();
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
