package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.coverage.CoverageRows;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.SegmentName;
import org.farwatch.ingest.record.Sidecar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A disk that fails: recording is tried again, the gap has its cause, somebody is told, the index goes on. */
class RecordingTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunningService SERVICE = RunningService.shared();

    @TempDir
    private Path folder;

    @Test
    void aRecordingThatCannotBeginIsAGapAnAlertAndIsTriedAgain() throws IOException {
        try (RtspServer server = RtspServer.start("plain=h264")) {
            String id = SERVICE.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of("name", People.unique("cam"), "sourceUrl", server.url("plain")))
                    .body()
                    .path("id")
                    .asString();
            // A sidecar that is a folder: nobody can read where this stream's chain ends.
            Path trouble = SERVICE.home().resolve("video/" + id + "/20260101/1-1767225600000.json");
            Files.createDirectories(trouble);
            assertThat(SERVICE.call("PATCH", "/api/v1/streams/" + id, Map.of("version", 1, "record", true))
                            .status())
                    .isEqualTo(200);

            await().atMost(PATIENCE)
                    .until(() -> rows(
                                    "select cause from stream_interruption"
                                            + " where stream_id = :id and origin = 'recorder' and ends is null",
                                    id)
                            .equals(List.of("disk-error")));
            rows(
                    "update stream_interruption set starts = starts - interval '5 minutes'"
                            + " where stream_id = :id and origin = 'recorder' returning cause",
                    id);
            JsonNode alert = await().atMost(Duration.ofSeconds(60))
                    .until(() -> alerts(id), found -> found.size() == 1)
                    .getFirst();
            assertThat(alert.path("kind").asString()).isEqualTo("recording-gap");
            assertThat(alert.path("code").asString()).isEqualTo("recording-failed");
            assertThat(alert.path("detail").path("args").path("cause").asString())
                    .isEqualTo("disk-error");
            assertThat(SERVICE.get("/api/v1/streams/" + id + "/segments").body().path("items"))
                    .isEmpty();

            Files.delete(trouble);
            await().atMost(PATIENCE)
                    .until(() -> SERVICE.get("/api/v1/streams/" + id + "/segments")
                                    .body()
                                    .path("items")
                                    .size()
                            == 1);
            await().atMost(PATIENCE)
                    .until(() -> alerts(id)
                            .getFirst()
                            .path("overtaken")
                            .path("text")
                            .asString("")
                            .contains("录像已于"));
            assertThat(rows("select cause from stream_interruption where stream_id = :id and ends is null", id))
                    .isEmpty();
            assertThat(SERVICE.call("DELETE", "/api/v1/streams/" + id + "?version=2", null)
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void aSwitchAsksForARecorderUntilItGetsOneAndNotAfterItWasTurnedOff() {
        AtomicInteger asked = new AtomicInteger();
        RecordingSwitch recording = new RecordingSwitch(() -> {
            asked.incrementAndGet();
            return Optional.empty();
        });

        recording.keep();
        assertThat(asked).as("nobody wants it recorded").hasValue(0);
        recording.set(true);
        recording.keep();
        recording.keep();
        assertThat(asked).hasValue(3);
        recording.set(false);
        recording.keep();
        assertThat(asked).hasValue(3);
        assertThat(recording.open()).isEmpty();
    }

    @Test
    void theIndexGoesRoundABrokenSidecarAndOverABatch() throws IOException {
        long stream = CoverageRows.of(SERVICE).number();
        Recordings recordings = new Recordings(folder);
        long start = 1_767_225_600_000L;
        int count = 620;
        for (int i = 1; i <= count; i++) {
            Sidecar sidecar = sidecar(stream, i, start + i * 60_000L);
            Path file = sidecar.name().sidecar(recordings.folder(sidecar.stream()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, i == 7 ? "{" : json(sidecar));
        }
        assertThat(Sidecar.read(new SegmentName(8, start + 8 * 60_000L).sidecar(recordings.folder("" + stream))))
                .as("what is written here can be read")
                .isEqualTo(sidecar(stream, 8, start + 8 * 60_000L));
        RecordingIndex index = new RecordingIndex(
                recordings,
                SERVICE.bean(SegmentTable.class),
                SERVICE.bean(FreshFolders.class),
                SERVICE.bean(Interruptions.class));
        try {
            index.changed("" + stream);
            await().atMost(PATIENCE)
                    .until(() -> SERVICE.bean(SegmentTable.class).last(stream) == count);
            // Told again, it finds nothing new, and what it is told of next it takes.
            Sidecar next = sidecar(stream, count + 1, start + (count + 1) * 60_000L);
            index.closed(next);
            await().atMost(PATIENCE)
                    .until(() -> SERVICE.bean(SegmentTable.class).last(stream) == count + 1);
        } finally {
            stop(index);
        }
        assertThat(rows("select count(*)::text from segment where stream_id = :id", "" + stream))
                .containsExactly(Integer.toString(count));
        assertThat(SERVICE.bean(SegmentTable.class).find(stream, 7)).isEmpty();
    }

    @Test
    void foldersOfWhichTheTableKnowsAllAreNotFresh() {
        long stream = CoverageRows.of(SERVICE).number();
        FreshFolders folders = SERVICE.bean(FreshFolders.class);
        assertThat(folders.of("" + stream).days().test(LocalDate.of(2020, 1, 1)))
                .isTrue();
        long day = Duration.ofDays(1).toMillis();
        long start = 1_767_225_600_000L;
        for (int i : List.of(0, 1, 3, 4, 5)) {
            SERVICE.bean(SegmentTable.class).insert(stream, List.of(sidecar(stream, i + 1, start + i * day)));
        }

        FreshFolders.Fresh fresh = folders.of("" + stream);

        assertThat(fresh.sequence()).isEqualTo(6);
        LocalDate first = LocalDate.of(2026, 1, 1);
        assertThat(IntStream.range(-1, 8)
                        .filter(i -> fresh.days().test(first.plusDays(i)))
                        .boxed())
                .as("days of which nothing is known, and from the day before the newest segment on")
                .containsExactly(-1, 2, 4, 5, 6, 7);
        assertThat(folders.of("no-number").days().test(first)).isTrue();
    }

    private static Sidecar sidecar(long stream, int sequence, long start) {
        String hash = HexFormat.of().withDelimiter("").formatHex(new byte[32]);
        return new Sidecar(
                "" + stream,
                sequence,
                start,
                start,
                start + 60_000,
                1_000,
                100,
                1_500,
                "video/mp4; codecs=\"avc1.64001f\"",
                640,
                360,
                hash,
                hash,
                hash,
                Sidecar.State.CLOSED);
    }

    private static String json(Sidecar sidecar) {
        ObjectNode node = JsonMapper.shared().valueToTree(sidecar);
        node.remove("upload");
        return node.put("state", sidecar.state().label()).toString();
    }

    private static void stop(RecordingIndex index) {
        try {
            index.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> rows(String sql, String id) {
        return SERVICE.bean(JdbcClient.class)
                .sql(sql)
                .param("id", Long.valueOf(id))
                .query(String.class)
                .list();
    }

    private static List<JsonNode> alerts(String id) {
        return SERVICE.get("/api/v1/alerts?kind=recording-gap&limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("streamId").asString("").equals(id))
                .toList();
    }
}
