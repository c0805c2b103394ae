package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.Recordings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A real stream recorded; its day is closed, and the root is taken out of the house. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DayRootsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static LocalDate today;
    private static RtspServer server;
    private static RunningService service;
    private static String stream;
    private static String key;
    private static Path document;
    private static Path sheet;
    private static Path zip;

    /** What a command said, and its exit code. */
    private record Said(int code, String words) {}

    @BeforeAll
    static void aDayIsRecordedAndClosed() throws Exception {
        today = LocalDate.now(BureauTime.ZONE);
        server = RtspServer.start("plain=h264");
        service = RunningService.start(Map.of());
        stream = service.call(
                        "POST",
                        "/api/v1/streams",
                        Map.of("name", People.unique("cam"), "sourceUrl", server.url("plain"), "record", true))
                .body()
                .path("id")
                .asString();
        Said before = verify(video());
        assertThat(before.code()).isZero();
        assertThat(before.words()).doesNotContain("1 to 0");
        recordedUntilClosed(1);
        record(true);
        recordedUntilClosed(2);
        key = service.bean(SigningKey.class).fingerprint();

        assertThat(service.bean(DayClosing.class).close(after(today))).hasSize(1);

        document = Files.write(
                folder.resolve("kept.json"),
                read("/api/v1/roots/" + today + "/document").body());
        sheet = Files.write(
                folder.resolve("kept.txt"),
                read("/api/v1/roots/" + today + "/sheet").body());
        zip = Files.write(
                folder.resolve("export.zip"),
                read("/api/v1/streams/" + stream + "/export?from="
                                + Instant.now().minusSeconds(600) + "&to="
                                + Instant.now().plusSeconds(60))
                        .body());
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void aDayIsListedOnceWithWhatItIsSignedWith() throws IOException {
        assertThat(service.bean(DayClosing.class).close(after(today))).isEmpty();

        JsonNode items = service.get("/api/v1/roots").body().path("items");
        assertThat(items).hasSize(1);
        JsonNode root = items.get(0);
        DayRoot signed = DayRoot.read(document);
        assertThat(root.path("day").asString()).isEqualTo(today.toString());
        assertThat(root.path("root").asString()).isEqualTo(signed.root());
        assertThat(root.path("previous").asString()).isEqualTo(DayRoot.BEGINNING);
        assertThat(root.path("signature").asString()).isEqualTo(signed.signature());
        assertThat(root.path("signedBy").asString()).isEqualTo(key);
        assertThat(root.path("segments").asInt()).isEqualTo(2);
        assertThat(signed.fault()).isEmpty();
        assertThat(signed.stream(stream).orElseThrow().last()).isEqualTo(2);
        assertThat(Files.readString(sheet))
                .contains("day        " + today, "short      " + signed.root().substring(0, 4));
    }

    @Test
    @Order(2)
    void theListIsCutByDaysAndParts() {
        assertThat(days("?to=" + today)).isEmpty();
        assertThat(days("?from=" + today + "&to=" + today.plusDays(1))).containsExactly(today.toString());
        assertThat(days("?from=" + today.plusDays(1))).isEmpty();
        assertThat(service.get("/api/v1/roots?from=today").status()).isEqualTo(400);
        assertThat(service.get("/api/v1/roots/" + today.minusDays(9) + "/document")
                        .status())
                .isEqualTo(404);
        assertThat(service.get("/api/v1/roots/0/sheet").status()).isEqualTo(400);
    }

    @Test
    @Order(3)
    void recordingsAgreeWithRootsKeptElsewhere() {
        Said alone = verify(video());
        assertThat(alone.code()).as(alone.words()).isZero();
        assertThat(alone.words())
                .contains("an unbroken chain of 1,")
                .contains(key)
                .contains("not shown");

        for (Path kept : List.of(document, sheet)) {
            Said compared = verify(video(), "--roots", kept.toString(), "--key", key);
            assertThat(compared.code()).as(compared.words()).isZero();
            assertThat(compared.words()).contains("kept ").doesNotContain("not shown");
        }
        assertThat(verify(video(), "--key", "0".repeat(64)).code()).isEqualTo(1);
        assertThat(verify(video(), "--stream", "999").code()).isEqualTo(2);
        assertThat(verify(video(), "--roots", folder.resolve("none").toString()).code())
                .isEqualTo(2);
    }

    @Test
    @Order(4)
    void aDeletedEndAndAnAlteredRootAreNamed() throws IOException {
        Path copy = copy("deleted");
        for (Recordings.Entry entry : new Recordings(copy).entries(stream, 1)) {
            Files.delete(entry.video());
            Files.delete(entry.sidecar());
        }
        Said deleted = verify(copy);
        assertThat(deleted.code()).isEqualTo(1);
        assertThat(deleted.words()).contains("MISSING    stream " + stream + ", segment 2");

        Path altered = copy("altered");
        Path root = new Recordings(altered).roots().file(today);
        Files.writeString(root, Files.readString(root).replace("\"last\" : 2", "\"last\" : 1"));
        Said said = verify(altered);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.words()).contains("ALTERED    day root " + today);

        Path gone = copy("gone");
        Files.delete(new Recordings(gone).roots().file(today));
        assertThat(verify(gone).words()).contains("roots      none");
        Said compared = verify(gone, "--roots", sheet.toString());
        assertThat(compared.code()).as(compared.words()).isEqualTo(2);
        assertThat(verify(gone, "--roots", document.toString()).code()).isZero();
    }

    @Test
    @Order(5)
    void anExportLeadsToTheRootThatWasKeptElsewhere() throws IOException {
        Said compared = verify(zip, "--roots", document.toString(), "--key", key);
        assertThat(compared.code()).as(compared.words()).isZero();
        assertThat(compared.words())
                .contains("segments to 2 are under the root of " + today)
                .contains("kept       the root of " + today);

        String text = Files.readString(sheet);
        Path other =
                Files.writeString(folder.resolve("other.txt"), "day " + today + "\nroot " + "ab".repeat(32) + "\n");
        Said differs = verify(zip, "--roots", other.toString());
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.words()).contains("DIFFERS    day root " + today);

        Path stranger = Files.writeString(
                folder.resolve("stranger.txt"), text.replace("day        " + today, "day        2020-01-01"));
        Said nothing = verify(zip, "--roots", stranger.toString());
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.words()).contains("not shown  none of the day roots kept elsewhere");
    }

    /** What a restore from a backup without keys leaves: the tables, and neither recordings nor the signing key. */
    @Test
    @Order(6)
    void afterARestoreOldRootsStayVerifiableAndTheChainGoesOn() throws Exception {
        service.close();
        Path home = service.home();
        byte[] kept =
                Files.readAllBytes(new Recordings(home.resolve("video")).roots().file(today));
        delete(home.resolve("video"));
        Files.delete(home.resolve("keys/signing.key"));
        Files.delete(home.resolve("keys/signing.pub"));

        service = RunningService.startOn(home, Map.of());
        DayClosing closing = service.bean(DayClosing.class);
        assertThat(closing.close(Instant.now())).isEmpty();
        assertThat(service.bean(Recordings.class).roots().file(today)).hasBinaryContent(kept);
        record(true);
        recordedUntilClosed(3);
        assertThat(closing.close(after(today.plusDays(1)))).hasSize(1);

        String newKey = service.bean(SigningKey.class).fingerprint();
        DayRoot next = service.bean(Recordings.class).roots().read(today.plusDays(1));
        assertThat(newKey).isNotEqualTo(key);
        assertThat(next.fingerprint()).isEqualTo(newKey);
        assertThat(next.stream(stream).orElseThrow().first()).isEqualTo(3);
        Said said = verify(video(), "--roots", document.toString(), "--key", key, "--key", newKey);
        assertThat(said.words())
                .contains("an unbroken chain of 2,", key, newKey)
                .contains("kept ")
                .contains("not shown  what is behind " + today)
                .contains("MISSING    stream " + stream + ", segment 1");
        assertThat(said.code()).isEqualTo(1);
    }

    private static void recordedUntilClosed(int segments) {
        await().atMost(PATIENCE).until(() -> segments().size() >= 1 && !open().isMissingNode());
        Instant begun = Instant.parse(open().path("start").asString());
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(open().path("end").asString()).isAfter(begun.plusSeconds(1)));
        record(false);
        await().atMost(PATIENCE)
                .until(() -> open().isMissingNode()
                        && segments()
                                .get(segments().size() - 1)
                                .path("id")
                                .asString()
                                .equals(stream + "-" + segments));
    }

    /** The segment that is being written, missing when none is. */
    private static JsonNode open() {
        for (JsonNode segment : segments()) {
            if (segment.path("state").asString().equals("open")) {
                return segment;
            }
        }
        return segments().path("none");
    }

    private static JsonNode segments() {
        return service.get("/api/v1/streams/" + stream + "/segments").body().path("items");
    }

    private static void record(boolean wanted) {
        int version =
                service.get("/api/v1/streams/" + stream).body().path("version").asInt();
        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", version, "record", wanted))
                        .status())
                .isEqualTo(200);
    }

    private static List<String> days(String query) {
        JsonNode items = service.get("/api/v1/roots" + query).body().path("items");
        return items.valueStream().map(item -> item.path("day").asString()).toList();
    }

    /** One o'clock in the night after a day. */
    private static Instant after(LocalDate day) {
        return day.plusDays(1).atTime(1, 0).atZone(BureauTime.ZONE).toInstant();
    }

    private static Path video() {
        return service.home().resolve("video");
    }

    private static Path copy(String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(video())) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(video().relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    private static Said verify(Path path, String... options) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(words, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(Stream.of(path.toString()), Stream.of(options))
                    .toArray(String[]::new);
            int code = new CommandLine(new VerifyCommand()).execute(arguments);
            return new Said(code, words.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private static HttpResponse<byte[]> read(String path) throws IOException, InterruptedException {
        String pair = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Basic " + pair)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer;
        }
    }
}
