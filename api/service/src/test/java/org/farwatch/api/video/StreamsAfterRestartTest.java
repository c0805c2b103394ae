package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a start finds: an outage that lasts, a folder that fails, addresses in clear, a home without its keys. */
class StreamsAfterRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path home;

    @Test
    void aStartGoesOnWhereTheOneBeforeEnded() throws IOException {
        try (RtspServer server = RtspServer.start("plain=h264");
                RtspServer guarded = RtspServer.start("locked=secret")) {
            String gone;
            String locked;
            String broken;
            String behind;
            Instant since;
            try (RunningService first = RunningService.startOn(home, Map.of())) {
                gone = create(first, server.url("nothing"), false);
                locked = create(first, guarded.url("locked", "camera", "secret"), false);
                broken = create(first, server.url("plain"), false);
                behind = create(first, server.url("plain"), true);
                awaitState(first, gone, "offline");
                awaitState(first, locked, "live");
                awaitState(first, behind, "live");
                await().atMost(PATIENCE).until(() -> segments(first, behind) > 0);
                JdbcClient jdbc = first.bean(JdbcClient.class);
                since = jdbc.sql("update stream_interruption set starts = starts - interval '1 hour'"
                                + " where stream_id = :id and ends is null returning starts")
                        .param("id", Long.valueOf(gone))
                        .query(Timestamp.class)
                        .single()
                        .toInstant();
                // As an earlier release kept it.
                jdbc.sql("update stream set source_url = :url, source_sealed = null where id = :id")
                        .param("url", guarded.url("locked", "camera", "secret"))
                        .param("id", Long.valueOf(locked))
                        .update();
            }
            // A sidecar that is a folder: nobody can read where this stream's chain ends.
            Files.createDirectories(home.resolve("video/" + broken + "/20260101/1-1767225600000.json"));

            try (RunningService second = RunningService.startOn(home, Map.of())) {
                await().atMost(PATIENCE).until(() -> segments(second, behind) > 1);
                awaitState(second, locked, "live");
                String row = second.bean(JdbcClient.class)
                        .sql("select row_to_json(s)::text from stream s where id = :id")
                        .param("id", Long.valueOf(locked))
                        .query(String.class)
                        .single();
                assertThat(row).contains("camera:…@").doesNotContain(":secret");
                // At the latest now: its outage began before this start, and is its alert.
                JsonNode alert = await().atMost(PATIENCE)
                        .until(
                                () -> second.get("/api/v1/alerts?kind=camera-health")
                                        .body()
                                        .path("items"),
                                items -> items.size() == 1)
                        .get(0);
                assertThat(alert.path("streamId").asString()).isEqualTo(gone);
                assertThat(Instant.parse(alert.path("since").asString())).isEqualTo(since);
            }
            Files.delete(home.resolve("keys/stream-sources"));

            try (RunningService keyless = RunningService.startOn(home, Map.of())) {
                JsonNode stream = awaitState(keyless, locked, "offline");
                assertThat(stream.path("cause").asString()).isEqualTo("unauthorised");
                assertThat(stream.path("detail").asString()).contains("give the whole address again");
                assertThat(stream.path("sourceUrl").asString()).contains("camera:…@");
                change(keyless, locked, Map.of("sourceUrl", guarded.url("locked", "camera", "secret")));
                awaitState(keyless, locked, "live");
                awaitState(keyless, gone, "offline");
                keyless.bean(StreamAlerts.class).look();
                assertThat(keyless.get("/api/v1/alerts?kind=camera-health")
                                .body()
                                .path("items"))
                        .as("one outage, one alert, however often the service starts")
                        .hasSize(1);
            }
        }
    }

    private static String create(RunningService service, String url, boolean record) {
        RunningService.Answer created =
                service.call("POST", "/api/v1/streams", Map.of("name", "cam", "sourceUrl", url, "record", record));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void change(RunningService service, String id, Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(change);
        body.put(
                "version",
                service.get("/api/v1/streams/" + id).body().path("version").asInt());
        RunningService.Answer changed = service.call("PATCH", "/api/v1/streams/" + id, body);
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    }

    private static int segments(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id + "/segments")
                .body()
                .path("items")
                .size();
    }

    private static JsonNode awaitState(RunningService service, String id, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> service.get("/api/v1/streams/" + id).body(),
                        stream -> stream.path("state").asString().equals(state));
    }
}
