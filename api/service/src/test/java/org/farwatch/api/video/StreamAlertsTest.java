package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A camera that is gone for long is an alert, once, and it says so when the camera is back. */
class StreamAlertsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunningService SERVICE = RunningService.shared();
    private static RtspServer server;

    @BeforeAll
    static void start() {
        server = RtspServer.start("plain=h264", "cut=h264");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aCameraThatIsGoneForLongIsOneAlertUntilItIsBackAndTheNextOutageIsAnother() {
        String squad = new People(SERVICE).squad();
        String id = create(Map.of(
                "sourceUrl", server.url("cut"),
                "squadId", squad,
                "location", Map.of("longitude", 121.5, "latitude", 31.2)));
        awaitState(id, "live");
        server.remove("cut");
        awaitState(id, "offline");
        look();
        assertThat(alerts(id)).as("it has not lasted long enough").isEmpty();
        await().atMost(PATIENCE)
                .until(() -> SERVICE.get("/api/v1/streams/" + id)
                        .body()
                        .path("cause")
                        .asString("")
                        .equals("not-found"));

        Instant since = began(id, 600);
        JsonNode alert = await().atMost(PATIENCE)
                .until(() -> alerts(id), found -> !found.isEmpty())
                .getFirst();
        assertThat(alert.path("kind").asString()).isEqualTo("camera-health");
        assertThat(alert.path("code").asString()).isEqualTo("stream-offline");
        assertThat(alert.path("severity").asString()).isEqualTo("warning");
        assertThat(alert.path("unitId").asString()).isEqualTo(squad);
        assertThat(alert.path("location").path("latitude").asDouble()).isEqualTo(31.2);
        JsonNode args = alert.path("detail").path("args");
        assertThat(Instant.parse(args.path("since").asString())).isEqualTo(since);
        assertThat(args.path("minutes").asInt()).isEqualTo(10);
        assertThat(args.path("cause").asString()).isEqualTo("not-found");
        assertThat(alert.path("title").asString()).isEqualTo(args.path("place").asString() + "：视频中断");
        assertThat(alert.path("overtaken").isNull()).isTrue();

        server.add("cut=h264");
        JsonNode over = await().atMost(Duration.ofSeconds(60))
                .until(() -> alerts(id).getFirst(), one -> one.path("overtaken").has("text"));
        assertThat(over.path("overtaken").path("text").asString()).contains("恢复", "共中断 10 分钟");
        assertThat(over.path("state").asString()).as("a person decides").isEqualTo("new");

        server.remove("cut");
        awaitState(id, "offline");
        began(id, 400);
        await().atMost(PATIENCE).until(() -> alerts(id).size() == 2);
        retire(id);
        await().atMost(PATIENCE)
                .until(
                        () -> alerts(id)
                                .getFirst()
                                .path("overtaken")
                                .path("text")
                                .asString(""),
                        text -> text.contains("已停用"));
        look();
        assertThat(alerts(id)).hasSize(2);
    }

    @Test
    void theThresholdIsTheAdministrators() {
        String id = create(Map.of("sourceUrl", server.url("nothing")));
        awaitState(id, "offline");
        JsonNode rule = rule("stream.offline-alert-seconds");
        set(rule, 3_600);
        try {
            began(id, 1_200);
            look();
            assertThat(alerts(id)).isEmpty();
        } finally {
            set(rule("stream.offline-alert-seconds"), rule.path("default").asDouble());
        }
        await().atMost(PATIENCE).until(() -> alerts(id).size() == 1);
        retire(id);
    }

    @Test
    void aRestartMakesNoCameraFailThatWasFetchedUntilThen() {
        String id = create(Map.of("sourceUrl", server.url("nothing")));
        awaitState(id, "offline");
        // As the end of the service leaves it: nobody knows since when the camera fails.
        SERVICE.bean(JdbcClient.class)
                .sql("update stream_interruption set cause = 'stopped', starts = starts - interval '1 hour'"
                        + " where stream_id = :id")
                .param("id", Long.valueOf(id))
                .update();
        look();
        assertThat(alerts(id)).isEmpty();
        // Its next failure is what counts.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SERVICE.bean(JdbcClient.class)
                        .sql("select string_agg(cause, ' ' order by id) from stream_interruption where stream_id = :id")
                        .param("id", Long.valueOf(id))
                        .query(String.class)
                        .single()
                        .equals("stopped not-found"));
        look();
        assertThat(alerts(id)).isEmpty();
        retire(id);
    }

    private static String create(Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("name", People.unique("cam"));
        RunningService.Answer created = SERVICE.call("POST", "/api/v1/streams", wanted);
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void retire(String id) {
        int version =
                SERVICE.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(SERVICE.call("DELETE", "/api/v1/streams/" + id + "?version=" + version, null)
                        .status())
                .isEqualTo(204);
    }

    private static void look() {
        SERVICE.bean(StreamAlerts.class).look();
    }

    /** Lets the interruption that lasts have begun earlier. @return when */
    private static Instant began(String id, int seconds) {
        return await().atMost(PATIENCE)
                .until(
                        () -> SERVICE.bean(JdbcClient.class)
                                .sql("update stream_interruption set starts = starts - make_interval(secs => :seconds)"
                                        + " where stream_id = :id and ends is null returning starts")
                                .param("id", Long.valueOf(id))
                                .param("seconds", seconds)
                                .query((row, _) -> row.getTimestamp(1).toInstant())
                                .list(),
                        rows -> rows.size() == 1)
                .getFirst();
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SERVICE.get("/api/v1/streams/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals(state));
    }

    private static JsonNode rule(String key) {
        return SERVICE.get("/api/v1/rules")
                .body()
                .path("items")
                .valueStream()
                .filter(rule -> rule.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static void set(JsonNode rule, double value) {
        RunningService.Answer changed = SERVICE.call(
                "PATCH",
                "/api/v1/rules/" + rule.path("key").asString(),
                Map.of("value", value, "version", rule.path("version").asInt()));
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    }

    /** Newest first. */
    private static List<JsonNode> alerts(String id) {
        return SERVICE.get("/api/v1/alerts?limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("streamId").asString("").equals(id))
                .toList();
    }
}
