package org.farwatch.api.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.RtspServer;
import org.farwatch.ingest.simulator.camera.CameraServer;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A camera whose picture goes bad is one alert, which says when it is over: from a real stream, through a restart. */
class CameraHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> SETTINGS = Map.of("farwatch.cameras.look", "250ms");

    @TempDir
    private Path home;

    @Test
    void whatHappensToACamerasPictureIsOneAlertEach() throws InterruptedException {
        try (RtspServer camera = RtspServer.start("scene=scene");
                CameraServer ahead =
                        new CameraServer(CameraServer.Settings.loopback().withClockAhead(Duration.ofSeconds(90)))) {
            ahead.add("ahead", StreetScene.quiet(1), 400_000);
            String watched;
            try (RunningService service = RunningService.startOn(home, SETTINGS)) {
                quick(service);
                People people = new People(service);
                String squad = people.squad();
                String wrong = create(service, ahead.url("ahead"), people.squad());
                String id = create(service, camera.url("scene"), squad);
                awaitState(service, id, "good");
                JsonNode well = detail(service, id);
                assertThat(well.path("faults").size()).isZero();
                assertThat(well.path("references").path("day").path("enough").asBoolean())
                        .isTrue();
                // What completed the learning was not yet compared with it.
                await().atMost(PATIENCE).until(() -> kept(service, id) > 0.7);
                assertThat(well.path("judged").size()).isEqualTo(6);

                itsClockIsWrong(service, wrong);
                happens(service, camera, id, "frozen", "camera-frozen", "画面静止不变", 1);
                happens(service, camera, id, "covered", "camera-covered", "镜头被遮挡", 2);
                seen(service, people, id, squad);
                whileTheDatabaseIsHeldUp(service, camera, id);

                camera.show("scene", "moved");
                JsonNode moved = awaitAlerts(service, id, 4).getFirst();
                assertThat(moved.path("code").asString()).isEqualTo("camera-moved");
                watched = id;
            }
            try (RunningService service = RunningService.startOn(home, SETTINGS)) {
                String id = watched;
                await().atMost(PATIENCE)
                        .until(() -> detail(service, id).path("samples").size() >= 8);
                assertThat(alerts(service, id))
                        .as("the fault lasts, it is no other")
                        .hasSize(4);
                JsonNode detail = detail(service, id);
                assertThat(detail.path("state").asString()).isEqualTo("faulty");
                assertThat(detail.path("faults").get(0).has("until")).isFalse();

                learnAgain(service, id, detail.path("version").asInt());
            }
        }
    }

    /** The time of the sender reports of RTSP; how long it is off does not matter. */
    private static void itsClockIsWrong(RunningService service, String id) {
        JsonNode alert = awaitAlerts(service, id, 1).getFirst();
        assertThat(alert.path("code").asString()).isEqualTo("camera-clock");
        assertThat(alert.path("title").asString()).endsWith("：摄像机时钟不准");
        assertThat(service.get("/api/v1/streams/" + id)
                        .body()
                        .path("clockOffset")
                        .asDouble())
                .isBetween(80.0, 91.0);
        Answer learned = service.call(
                "POST",
                "/api/v1/cameras/" + id + "/learn",
                Map.of("version", detail(service, id).path("version").asInt()));
        assertThat(learned.body().path("faults").get(0).path("kind").asString()).isEqualTo("clock");
        assertThat(learned.body().path("faults").get(0).has("until"))
                .as("another view makes no clock right")
                .isFalse();
        int version =
                service.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(service.call("DELETE", "/api/v1/streams/" + id + "?version=" + version, null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aClockIsWrongBeyondTheLimitAndRightAgainWellWithinIt() {
        assertThat(ClockRound.judge(30_000, 30_000, false)).isEmpty();
        assertThat(ClockRound.judge(-30_001, 30_000, false)).hasValue(true);
        assertThat(ClockRound.judge(29_000, 30_000, true)).isEmpty();
        assertThat(ClockRound.judge(-24_000, 30_000, true)).hasValue(false);
        assertThat(ClockRound.judge(-24_000, 30_000, false)).isEmpty();
    }

    private static void happens(
            RunningService service, RtspServer camera, String id, String what, String code, String title, int alerts) {
        Instant before = Instant.now();
        camera.show("scene", what);
        JsonNode alert = awaitAlerts(service, id, alerts).getFirst();
        assertThat(alert.path("kind").asString()).isEqualTo("camera-health");
        assertThat(alert.path("code").asString()).isEqualTo(code);
        assertThat(alert.path("title").asString()).endsWith("：" + title);
        assertThat(Instant.parse(alert.path("since").asString()))
                .isBetween(before.minusSeconds(2), before.plusSeconds(30));
        assertThat(alert.path("overtaken").isNull()).isTrue();
        assertThat(state(service, id)).isEqualTo("faulty");
        camera.show("scene", "live");
        awaitOver(service, id, "恢复正常");
        awaitState(service, id, "good");
        assertThat(alerts(service, id)).hasSize(alerts);
    }

    /** Faults that begin while their table is locked are written when it is free again: one alert, of the right time. */
    private static void whileTheDatabaseIsHeldUp(RunningService service, RtspServer camera, String id)
            throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .start(() -> service.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
                    service.bean(JdbcClient.class)
                            .sql("lock table camera_fault in access exclusive mode")
                            .update();
                    held.countDown();
                    try {
                        assertThat(free.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                                .isTrue();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        Instant before = Instant.now();
        camera.show("scene", "black");
        Cameras cameras = service.bean(Cameras.class);
        await().atMost(PATIENCE)
                .until(() -> cameras.known(Long.parseLong(id)).orElseThrow().samples().stream()
                                .filter(sample -> sample.atMillis() > before.toEpochMilli() && sample.brightness() < 30)
                                .count()
                        >= 10);
        free.countDown();
        holder.join();
        JsonNode alert = awaitAlerts(service, id, 3).getFirst();
        assertThat(alert.path("code").asString()).isEqualTo("camera-black");
        assertThat(alert.path("title").asString()).endsWith("：画面全黑");
        assertThat(Instant.parse(alert.path("since").asString()))
                .isBetween(before.minusSeconds(2), before.plusSeconds(30));
        camera.show("scene", "live");
        awaitOver(service, id, "恢复正常");
        awaitState(service, id, "good");
    }

    private static void seen(RunningService service, People people, String id, String squad) {
        People.Person own = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        People.Person other = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        People.Person officer = people.with(Set.of(Role.OFFICER), Set.of(squad));
        assertThat(people.get(own, "/api/v1/cameras/health")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(people.get(other, "/api/v1/cameras/health")
                        .body()
                        .path("items")
                        .size())
                .isZero();
        for (String path : List.of("/health", "/reference?light=day")) {
            assertThat(people.get(own, "/api/v1/cameras/" + id + path)
                            .response()
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(people.get(other, "/api/v1/cameras/" + id + path).status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(people.get(officer, "/api/v1/cameras/" + id + path).status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(people.call(own, "POST", "/api/v1/cameras/" + id + "/learn", Map.of("version", 1))
                        .status())
                .isEqualTo(403);
        Answer wrong = service.get("/api/v1/cameras/" + id + "/reference?light=dusk");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("detail").asString()).contains("light", "dusk", "day or night");
    }

    private static void learnAgain(RunningService service, String id, int version) {
        String path = "/api/v1/cameras/" + id + "/learn";
        Answer late = service.call("POST", path, Map.of("version", version + 1));
        assertThat(late.status()).isEqualTo(409);
        Answer learned = service.call("POST", path, Map.of("version", version));
        assertThat(learned.status()).as(learned.response().body()).isEqualTo(200);
        assertThat(learned.body().path("version").asInt()).isEqualTo(version + 1);
        assertThat(learned.body().path("faults").get(0).path("relearnedBy").asString())
                .isEqualTo("admin");
        service.bean(Cameras.class).refresh();
        awaitOver(service, id, "admin");
        awaitState(service, id, "good");
        assertThat(alerts(service, id)).hasSize(4);
        assertThat(service.get("/api/v1/audit?limit=20").body().path("items").findValuesAsString("action"))
                .contains("learn");
    }

    private static void quick(RunningService service) {
        Answer changed = service.call("PATCH", "/api/v1/rules/camera.fault-seconds", Map.of("value", 1, "version", 1));
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    }

    private static String create(RunningService service, String url, String squad) {
        Answer created = service.call(
                "POST", "/api/v1/streams", Map.of("name", People.unique("cam"), "sourceUrl", url, "squadId", squad));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void awaitState(RunningService service, String id, String state) {
        await().atMost(PATIENCE).until(() -> state(service, id), state::equals);
    }

    private static void awaitOver(RunningService service, String id, String text) {
        await().atMost(PATIENCE)
                .until(
                        () -> toldNow(service, id)
                                .getFirst()
                                .path("overtaken")
                                .path("text")
                                .asString(""),
                        said -> said.contains(text));
    }

    private static List<JsonNode> awaitAlerts(RunningService service, String id, int count) {
        return await().atMost(PATIENCE).until(() -> toldNow(service, id), found -> found.size() == count);
    }

    /** What was found is told now and not when it is time. */
    private static List<JsonNode> toldNow(RunningService service, String id) {
        service.bean(CameraAlerts.class).look();
        return alerts(service, id);
    }

    private static String state(RunningService service, String id) {
        return service.get("/api/v1/cameras/health")
                .body()
                .path("items")
                .valueStream()
                .filter(camera -> camera.path("streamId").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .path("state")
                .asString();
    }

    /** Of the newest look, 0 where it could not be measured. */
    private static double kept(RunningService service, String id) {
        JsonNode samples = detail(service, id).path("samples");
        return samples.get(samples.size() - 1).path("kept").asDouble(0);
    }

    private static JsonNode detail(RunningService service, String id) {
        return service.get("/api/v1/cameras/" + id + "/health").body();
    }

    /** Newest first. */
    private static List<JsonNode> alerts(RunningService service, String id) {
        return service.get("/api/v1/alerts?kind=camera-health&limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("streamId").asString("").equals(id))
                .toList();
    }
}
