package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    void aSmallerPictureIsFetchedOnceForAllWhoAskForItAndForNothingElse() {
        try (RtspServer camera = RtspServer.start("main=h264", "sub=h264");
                RunningService service = RunningService.start(Map.of("farwatch.video.linger", "1s"))) {
            // Threads are told by the stream's number, and other services in this process have a stream 1 too.
            service.bean(JdbcClient.class)
                    .sql("select setval(pg_get_serial_sequence('stream', 'id'), 7000000)")
                    .query(Long.class)
                    .single();
            Map<String, Object> wanted = Map.of(
                    "name",
                    People.unique("two"),
                    "sourceUrl",
                    camera.url("main"),
                    "subSourceUrl",
                    camera.url("sub", "viewer", "secret"),
                    "fetch",
                    "on-demand");
            JsonNode made = service.call("POST", "/api/v1/streams", wanted).body();
            String id = made.path("id").asString();
            assertThat(made.path("subSourceUrl").asString()).contains("viewer:").doesNotContain("secret");
            StreamSession session =
                    service.bean(Streams.class).session(Long.parseLong(id)).orElseThrow();

            try (PicturePeer first = PicturePeer.of(service, id, "sub");
                    PicturePeer second = PicturePeer.of(service, id, "sub")) {
                await().atMost(PATIENCE)
                        .until(() ->
                                first.pieces().size() > 3 && second.pieces().size() > 3);
                assertThat(first.quality()).isEqualTo("sub");
                assertThat(state(service, id)).isEqualTo("live");
                assertThat(threads("pull-" + id + "-sub")).isOne();
                assertThat(threads("pull-" + id))
                        .as("the main one is left alone")
                        .isZero();
                assertThat(service.call("GET", "/api/v1/streams/" + id + "/snapshot", null)
                                .status())
                        .isEqualTo(200);

                change(service, id, "record", true);
                try (PicturePeer whole = PicturePeer.of(service, id, "main")) {
                    await().atMost(PATIENCE).until(() -> whole.pieces().size() > 3);
                    assertThat(whole.quality()).isEqualTo("main");
                }
                await().atMost(PATIENCE).until(() -> session.recording().isPresent());
                assertThat(threads("pull-" + id + "-sub")).isOne();
            }
            await().atMost(PATIENCE).until(() -> threads("pull-" + id + "-sub") == 0);
            assertThat(session.recording()).as("what is recorded goes on").isPresent();
            assertThat(service.get("/api/v1/alerts?kind=camera-health").body().path("items"))
                    .isEmpty();

            change(service, id, "subSourceUrl", null);
            try (PicturePeer small = PicturePeer.of(service, id, "sub")) {
                await().atMost(PATIENCE).until(() -> small.pieces().size() > 3);
                assertThat(small.quality())
                        .as("where there is no smaller one, the main one comes")
                        .isEqualTo("main");
            }
        }
    }

    @Test
    void anAddressOfASmallerPictureIsCheckedLikeAnyOther() {
        RunningService service = RunningService.shared();
        String main = "rtsp://127.0.0.1:1/x";
        for (String bad : List.of("nonsense", "file:///etc/passwd", main)) {
            RunningService.Answer answer = service.call(
                    "POST",
                    "/api/v1/streams",
                    Map.of("name", "camera", "sourceUrl", main, "subSourceUrl", bad, "fetch", "on-demand"));
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.response().body()).contains("subSourceUrl");
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

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private static JsonNode change(RunningService service, String id, String field, Object value) {
        Map<String, Object> change = new HashMap<>();
        change.put(
                "version",
                service.get("/api/v1/streams/" + id).body().path("version").asInt());
        change.put(field, value);
        RunningService.Answer answer = service.call("PATCH", "/api/v1/streams/" + id, change);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body();
    }
}
