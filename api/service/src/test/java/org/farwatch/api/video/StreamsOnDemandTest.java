package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A camera that is fetched only while somebody needs it, from a real RTSP server over a real socket. */
class StreamsOnDemandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aStreamOnDemandIsFetchedWhileItIsWatchedOrRecordedAndIdleOtherwise() {
        try (RtspServer camera = RtspServer.start("camera=h264");
                RunningService service = RunningService.start(Map.of("farwatch.video.linger", "1s"))) {
            JsonNode made = service.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of(
                                    "name",
                                    People.unique("shared"),
                                    "sourceUrl",
                                    camera.url("camera"),
                                    "fetch",
                                    "on-demand"))
                    .body();
            String id = made.path("id").asString();
            assertThat(made.path("fetch").asString()).isEqualTo("on-demand");
            assertThat(state(service, id)).isEqualTo("idle");

            try (PicturePeer first = watch(service, id);
                    PicturePeer second = watch(service, id)) {
                await().atMost(PATIENCE)
                        .until(() ->
                                first.pieces().size() > 3 && second.pieces().size() > 3);
                assertThat(state(service, id)).isEqualTo("live");
            }
            await().atMost(PATIENCE).until(() -> state(service, id).equals("idle"));

            try (PicturePeer again = watch(service, id)) {
                await().atMost(PATIENCE).until(() -> again.pieces().size() > 3);
            }
            JsonNode recorded = change(service, id, "record", true);
            await().atMost(PATIENCE)
                    .until(() -> !service.get("/api/v1/streams/" + id + "/segments")
                            .body()
                            .path("items")
                            .isEmpty());
            assertThat(state(service, id)).isEqualTo("live");
            assertThat(recorded.path("record").asBoolean()).isTrue();

            change(service, id, "record", false);
            await().atMost(PATIENCE).until(() -> state(service, id).equals("idle"));
            change(service, id, "fetch", "always");
            await().atMost(PATIENCE).until(() -> state(service, id).equals("live"));
            assertThat(service.get("/api/v1/alerts?kind=camera-health").body().path("items"))
                    .as("that nobody needed it is no fault of the camera")
                    .isEmpty();
        }
    }

    @Test
    void whoComesWhileAStreamIsBeingLetGoIsNotToldThatItIsOver() {
        try (RtspServer camera = RtspServer.start("camera=h264");
                RunningService service = RunningService.start(Map.of("farwatch.video.linger", "0s"))) {
            String id = service.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of(
                                    "name",
                                    People.unique("shared"),
                                    "sourceUrl",
                                    camera.url("camera"),
                                    "fetch",
                                    "on-demand"))
                    .body()
                    .path("id")
                    .asString();
            StreamSession session =
                    service.bean(Streams.class).session(Long.parseLong(id)).orElseThrow();
            for (int round = 0; round < 3; round++) {
                try (PicturePeer first = watch(service, id)) {
                    await().atMost(PATIENCE).until(() -> first.pieces().size() > 3);
                }
                await().atMost(PATIENCE).until(() -> session.viewers().isEmpty());
                session.keep();
                try (PicturePeer next = watch(service, id)) {
                    await().atMost(PATIENCE)
                            .until(() -> next.pieces().size() > 3
                                    && state(service, id).equals("live"));
                    assertThat(next.texts())
                            .as("round %d: %s", round, next.texts())
                            .noneMatch(text -> text.path("state").asString("").equals("offline"));
                }
            }
            assertThat(service.get("/api/v1/alerts?kind=camera-health").body().path("items"))
                    .isEmpty();
        }
    }

    @Test
    void anUnknownWayOfFetchingIsRefusedNamingBoth() {
        RunningService.Answer answer = RunningService.shared()
                .call(
                        "POST",
                        "/api/v1/streams",
                        Map.of("name", "camera", "sourceUrl", "rtsp://127.0.0.1/x", "fetch", "now"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).contains("fetch").contains("always, on-demand");
    }

    private static PicturePeer watch(RunningService service, String id) {
        return new PicturePeer(service, id, "admin", RunningService.ADMIN_PASSWORD, "test");
    }

    private static String state(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id).body().path("state").asString();
    }

    private static JsonNode change(RunningService service, String id, String field, Object value) {
        int version =
                service.get("/api/v1/streams/" + id).body().path("version").asInt();
        RunningService.Answer answer =
                service.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, field, value));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body();
    }
}
