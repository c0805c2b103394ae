package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is heard of a real camera's recording: its test tone of 440 Hz. */
class SoundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RunningService SERVICE = RunningService.shared();
    private static RtspServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = RtspServer.start("plain=h264", "alaw=alaw", "mulaw=mulaw", "aac=aac", "opus=opus");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void g711IsRecordedAsAacWithTheOriginalNoted() throws Exception {
        for (String kind : new String[] {"alaw", "mulaw"}) {
            Recorded recorded = recorded(kind);
            assertThat(recorded.sound().path("original").asString()).isEqualTo("pcm_" + kind);
            assertThat(recorded.sound().path("codec").asString()).isEqualTo("mp4a.40.2");
            assertThat(recorded.heard().rate()).isEqualTo(16_000);
            assertThat(recorded.heard().frequency()).isCloseTo(440, within(3.0));
            assertThat(recorded.heard().longestHole()).isLessThan(0.001);
            assertThat(new String(recorded.file(), StandardCharsets.ISO_8859_1)).contains("sound, sent as pcm_" + kind);
        }
    }

    @Test
    void aacPassesAsItIs() throws Exception {
        Recorded recorded = recorded("aac");
        assertThat(recorded.sound().path("original").asString()).isEqualTo("aac");
        assertThat(recorded.heard().rate()).isEqualTo(44_100);
        assertThat(recorded.heard().frequency()).isCloseTo(440, within(3.0));
    }

    @Test
    void aSoundThatIsNotTakenIsNamedAndThePicturesAreRecorded() throws Exception {
        Recorded recorded = recorded("opus");
        assertThat(recorded.sound().path("original").asString()).isEqualTo("opus");
        assertThat(recorded.sound().has("codec")).isFalse();
        assertThat(recorded.heard()).isNull();
        assertThat(recorded("plain").sound().isMissingNode()).isTrue();
    }

    private record Recorded(JsonNode sound, byte[] file, Heard heard) {}

    /** Records some seconds. */
    private Recorded recorded(String kind) throws IOException, InterruptedException {
        String id = SERVICE.call(
                        "POST",
                        "/api/v1/streams",
                        Map.of("name", People.unique("cam"), "sourceUrl", server.url(kind), "record", true))
                .body()
                .path("id")
                .asString();
        await().atMost(PATIENCE).until(() -> seconds(segment(id)) > 3);
        JsonNode stream = SERVICE.get("/api/v1/streams/" + id).body();
        assertThat(SERVICE.call(
                                "PATCH",
                                "/api/v1/streams/" + id,
                                Map.of("version", stream.path("version").asInt(), "record", false))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> segment(id).path("state").asString("").equals("closed"));
        byte[] file = read(id, "/segments/1.mp4").body();
        return new Recorded(stream.path("sound"), file, Heard.of(file, folder.resolve(id + ".mp4")));
    }

    private static JsonNode segment(String id) {
        return SERVICE.get("/api/v1/streams/" + id + "/segments")
                .body()
                .path("items")
                .path(0);
    }

    private static double seconds(JsonNode segment) {
        return segment.isMissingNode()
                ? 0
                : Duration.between(
                                        Instant.parse(segment.path("start").asString()),
                                        Instant.parse(segment.path("end").asString()))
                                .toMillis()
                        / 1_000.0;
    }

    private static HttpResponse<byte[]> read(String id, String path) throws IOException, InterruptedException {
        String pair = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(SERVICE.url() + "/api/v1/streams/" + id + path))
                            .header("Authorization", "Basic " + pair)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
