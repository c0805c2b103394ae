package org.farwatch.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farwatch.api.Application;
import org.farwatch.api.RunningService;
import org.farwatch.api.video.LiveFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demonstration's cameras as streams of the service, over two starts on one home. */
class DemoCamerasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Object> DEMO = Map.of(Application.DEMO, "true");

    @Test
    void twoCamerasAreLiveAndRecordedAndFollowTheirPortAtTheNextStart(@TempDir Path folder) {
        Path home = folder.resolve("home");
        List<String> ids = new ArrayList<>();
        try (RunningService service = RunningService.startOn(home, DEMO)) {
            List<JsonNode> streams = awaitLive(service, 2);
            for (JsonNode stream : streams) {
                ids.add(stream.path("id").asString());
                assertThat(stream.path("name").asString()).endsWith("口枪机");
                assertThat(stream.path("record").asBoolean()).isTrue();
                assertThat(stream.path("squadId").asString()).isNotEmpty();
                assertThat(stream.path("location").path("longitude").asDouble()).isBetween(121.4, 121.5);
                assertThat(stream.path("heading").isNumber()).isTrue();
                assertThat(stream.path("fieldOfView").isNumber()).isTrue();
            }
            assertThat(streams.getFirst().path("squadId"))
                    .isNotEqualTo(streams.getLast().path("squadId"));
            String quiet = "/api/v1/streams/" + ids.getLast();
            int version = streams.getLast().path("version").asInt();
            assertThat(service.call("PATCH", quiet, Map.of("version", version, "name", "改名", "record", false))
                            .status())
                    .isEqualTo(200);
            await().atMost(PATIENCE).until(() -> recorded(home, ids.getFirst()) > 0);
        }
        long before = recorded(home, ids.getFirst());
        try (RunningService service = RunningService.startOn(home, DEMO)) {
            List<JsonNode> streams = awaitLive(service, 2);
            assertThat(streams)
                    .extracting(stream -> stream.path("id").asString())
                    .isEqualTo(ids);
            assertThat(streams.getLast().path("name").asString())
                    .as("what people changed")
                    .isEqualTo("改名");
            assertThat(streams.getLast().path("record").asBoolean()).isFalse();
            await().atMost(PATIENCE).until(() -> recorded(home, ids.getFirst()) > before);
            String quiet = "/api/v1/streams/" + ids.getLast();
            int version = streams.getLast().path("version").asInt();
            assertThat(service.call("DELETE", quiet + "?version=" + version, null)
                            .status())
                    .isEqualTo(204);
        }
        try (RunningService service = RunningService.startOn(home, DEMO)) {
            assertThat(awaitLive(service, 1))
                    .as("what is retired does not come again")
                    .hasSize(1);
        }
    }

    private static List<JsonNode> awaitLive(RunningService service, int count) {
        List<JsonNode> live = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            live.clear();
            service.get("/api/v1/streams")
                    .body()
                    .path("items")
                    .valueStream()
                    .filter(stream -> !stream.hasNonNull("deviceId"))
                    .forEach(live::add);
            assertThat(live)
                    .hasSize(count)
                    .allSatisfy(stream ->
                            assertThat(stream.path("state").asString()).isEqualTo("live"));
        });
        return live;
    }

    /** Bytes of a stream's recordings. */
    private static long recorded(Path home, String id) {
        return LiveFolder.files(home.resolve("video").resolve(id)).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }
}
