package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.documents.OfficeTools;
import org.farwatch.api.requirements.Proves;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A real stream recorded, listed, played back and verified. */
class RecordingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RunningService SERVICE = RunningService.shared();
    private static RtspServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = RtspServer.start("plain=h264");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Proves(value = "R134", screen = "/video", api = "GET /streams/{id}/segments")
    void whatIsRecordedIsListedPlayedBackAndVerified() throws Exception {
        String id = create(true);
        await().atMost(PATIENCE).until(() -> seconds(segments(id)) > 2);
        assertThat(segments(id).get(0).path("state").asString()).isEqualTo("open");

        record(id, false);
        await().atMost(PATIENCE)
                .until(() -> segments(id).get(0).path("state").asString("").equals("closed"));
        record(id, true);
        await().atMost(PATIENCE).until(() -> segments(id).size() == 2);
        record(id, false);
        await().atMost(PATIENCE)
                .until(() -> segments(id).get(1).path("state").asString("").equals("closed"));

        HttpResponse<byte[]> playlist =
                read("/api/v1/streams/" + id + "/playlist.m3u8?from=" + ago(600) + "&to=" + ago(-60), null);
        assertThat(playlist.statusCode()).isEqualTo(200);
        assertThat(playlist.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/vnd.apple.mpegurl");
        String text = new String(playlist.body(), StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("#EXTINF"))).hasSize(2);
        assertThat(text.lines().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(1);
        assertThat(text.lines().filter(line -> line.startsWith("#EXT-X-PROGRAM-DATE-TIME")))
                .hasSize(2);

        HttpResponse<byte[]> head = read("/api/v1/streams/" + id + "/segments/1.mp4", "bytes=0-7");
        assertThat(head.statusCode()).isEqualTo(206);
        assertThat(new String(head.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");

        Recordings recordings = SERVICE.bean(Recordings.class);
        Verdict verdict = new Verification(id, recordings.folder(id)).check(Verification.Scope.whole(id), _ -> {});
        assertThat(verdict).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void aFileThatSomebodyTookAwayIsNamedAndPlaybackGoesRoundIt() throws Exception {
        String id = create(true);
        for (int number = 1; number <= 2; number++) {
            int recorded = number;
            record(id, true);
            await().atMost(PATIENCE).until(() -> segments(id).size() == recorded && seconds(segments(id)) > recorded);
            record(id, false);
            await().atMost(PATIENCE)
                    .until(() -> segments(id)
                            .get(recorded - 1)
                            .path("state")
                            .asString("")
                            .equals("closed"));
        }
        String times = "?from=" + ago(600) + "&to=" + ago(-60);
        Recordings recordings = SERVICE.bean(Recordings.class);
        Recordings.Entry first = recordings.entries(id, 0).getFirst();
        Files.delete(first.video());

        String playlist = SERVICE.get("/api/v1/streams/" + id + "/playlist.m3u8" + times)
                .response()
                .body();
        assertThat(playlist.lines().filter(line -> line.startsWith("segments/")))
                .containsExactly("segments/2.mp4");
        assertThat(read("/api/v1/streams/" + id + "/segments/1.mp4", null).statusCode())
                .isEqualTo(404);
        assertThat(read("/api/v1/streams/" + id + "/segments/2.mp4", null).statusCode())
                .isEqualTo(200);
        assertThat(read("/api/v1/streams/" + id + "/export" + times, null).statusCode())
                .isEqualTo(409);
        assertThat(new Verification(id, recordings.folder(id)).check(Verification.Scope.whole(id), _ -> {}))
                .isEqualTo(new Verdict.Missing(1, Verdict.Missing.Part.VIDEO));

        Files.writeString(first.sidecar(), "{}");
        assertThat(read("/api/v1/streams/" + id + "/export" + times, null).statusCode())
                .isEqualTo(409);
        assertThat(new Verification(id, recordings.folder(id)).check(Verification.Scope.whole(id), _ -> {}))
                .isInstanceOfSatisfying(
                        Verdict.Altered.class,
                        altered -> assertThat(altered.file()).isEqualTo(first.sidecar()));
    }

    @Test
    void recordingGoesOnWhileTheStreamIsLookedAtAndWhenItIsNot() throws Exception {
        String id = create(true);
        await().atMost(PATIENCE).until(() -> seconds(segments(id)) > 1);
        double before = seconds(segments(id));
        try (PicturePeer viewer = new PicturePeer(SERVICE, id, "admin", RunningService.ADMIN_PASSWORD, "test")) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 5);
        }
        await().atMost(PATIENCE).until(() -> seconds(segments(id)) > before + 1);
        assertThat(segments(id)).hasSize(1);
        record(id, false);
    }

    @Test
    @Proves(value = "R019", screen = "/admin/roots", api = "GET /streams/{id}/export")
    void anExportVerifiesElsewhereAndOneChangedByteIsNamed() throws Exception {
        String id = create(true);
        await().atMost(PATIENCE).until(() -> seconds(segments(id)) > 1);
        record(id, false);
        await().atMost(PATIENCE)
                .until(() -> segments(id).get(0).path("state").asString("").equals("closed"));

        HttpResponse<byte[]> zip = read(
                "/api/v1/streams/" + id + "/export?from=" + ago(600) + "&to=" + ago(-60) + "&purpose=complaint", null);
        assertThat(zip.statusCode()).isEqualTo(200);
        Path file = Files.write(folder.resolve("export.zip"), zip.body());
        assertThat(verify(file.toString())).isZero();
        assertThat(verify(
                        file.toString(), "--key", SERVICE.bean(SigningKey.class).fingerprint()))
                .isZero();
        assertThat(verify(file.toString(), "--key", "0".repeat(64))).isEqualTo(1);

        try (FileSystem content = FileSystems.newFileSystem(file)) {
            String page = OfficeTools.textOfPdf(Files.readAllBytes(content.getPath("/extraction.pdf")), folder);
            assertThat(page)
                    .contains("电子数据提取说明", "（admin）", "投诉核查", "时段内没有领用记录", "链值")
                    .contains(SERVICE.bean(SigningKey.class).fingerprint())
                    .contains(segments(id).get(0).path("sha256").asString());
        }
        for (String name : List.of("extraction.pdf", "export.sig", "signing.pub", "export.json", ".mp4", ".json")) {
            Path one = Files.copy(file, folder.resolve("changed" + name.replace('.', '-') + ".zip"));
            String below = name.startsWith(".") ? "/" + id : "/";
            change(one, below, found -> found.endsWith(name));
            assertThat(verify(one.toString())).as(name).isEqualTo(1);
        }
        Path more = Files.copy(file, folder.resolve("more.zip"));
        try (FileSystem content = FileSystems.newFileSystem(more)) {
            Files.writeString(content.getPath("/other.txt"), "x");
        }
        assertThat(verify(more.toString())).isEqualTo(1);
        Path altered = Files.copy(file, folder.resolve("altered.zip"));
        change(altered, "/" + id, name -> name.endsWith(".mp4"));
        assertThat(verify(altered.toString())).isEqualTo(1);
        Path resigned = Files.copy(file, folder.resolve("manifest.zip"));
        change(resigned, "/", name -> name.endsWith("export.json"));
        assertThat(verify(resigned.toString())).isEqualTo(1);
        assertThat(verify(
                        Files.writeString(folder.resolve("text.zip"), "no zip").toString()))
                .isEqualTo(2);
    }

    @Test
    void theNewestPictureIsAJpegOfTheStreamsSize() throws Exception {
        String id = create(false);
        await().atMost(PATIENCE)
                .until(() -> read("/api/v1/streams/" + id + "/snapshot", null).statusCode() == 200);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(
                read("/api/v1/streams/" + id + "/snapshot", null).body()));
        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isEqualTo(360);
    }

    @Test
    void aStreamOfAnotherSquadHasNoSegmentsToShow() {
        People people = new People(SERVICE);
        People.Person leader = people.with(
                java.util.Set.of(org.farwatch.api.access.Role.SQUAD_LEADER), java.util.Set.of(people.squad()));
        String id = create(false);
        for (String path : new String[] {"/segments", "/segments/1.mp4"}) {
            assertThat(SERVICE.callAs(leader.username(), People.PASSWORD, "GET", "/api/v1/streams/" + id + path, null)
                            .status())
                    .isEqualTo(404);
        }
    }

    private static String create(boolean record) {
        RunningService.Answer created = SERVICE.call(
                "POST",
                "/api/v1/streams",
                Map.of("name", People.unique("cam"), "sourceUrl", server.url("plain"), "record", record));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void record(String id, boolean wanted) {
        int version =
                SERVICE.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(SERVICE.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, "record", wanted))
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode segments(String id) {
        return SERVICE.get("/api/v1/streams/" + id + "/segments").body().path("items");
    }

    private static double seconds(JsonNode segments) {
        double seconds = 0;
        for (JsonNode segment : segments) {
            Instant start = Instant.parse(segment.path("start").asString());
            seconds += Duration.between(start, Instant.parse(segment.path("end").asString()))
                            .toMillis()
                    / 1_000.0;
        }
        return seconds;
    }

    private static Instant ago(long seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private static int verify(String... arguments) {
        return new CommandLine(new VerifyCommand()).execute(arguments);
    }

    /** Changes the last byte but twenty of the first file that fits. */
    private static void change(Path zip, String below, Predicate<String> wanted) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> all = Files.walk(files.getPath(below))) {
            Path file =
                    all.filter(path -> wanted.test(path.toString())).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 20] ^= 1;
            Files.write(file, bytes);
        }
    }

    private static HttpResponse<byte[]> read(String path, String range) throws IOException, InterruptedException {
        String pair = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(SERVICE.url() + path)).header("Authorization", "Basic " + pair);
        if (range != null) {
            request.header("Range", range);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
