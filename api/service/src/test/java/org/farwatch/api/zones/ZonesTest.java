package org.farwatch.api.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a picture to a lead: a zone over a stream of drawn pictures, in the whole service. */
class ZonesTest {
    private static final List<List<Double>> PAVEMENT =
            List.of(List.of(0.1, 0.4), List.of(0.9, 0.4), List.of(0.9, 0.95), List.of(0.1, 0.95));

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static People people;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of("farwatch.video.file-roots", folder.toString()));
        people = new People(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @Proves(
            value = "R023",
            screen = "/alerts",
            api = "GET /alerts?kind=lead",
            missing = "from lead to rectified finding of the street")
    void aCartonLeftInAZoneIsOneLeadWithItsEvidenceAndSaysWhenItIsGone() throws Exception {
        Path file = Pavement.write(folder.resolve("carton.mp4"), 30, 14, 25);
        String stream = stream("file:" + file);
        Map<String, Object> wanted = Map.of("name", "东门人行道", "polygon", PAVEMENT, "rule", "clutter", "dwellSeconds", 3);
        Answer zone = service.call("POST", zones(stream), wanted);
        assertThat(zone.status()).as(zone.response().body()).isEqualTo(201);
        assertThat(zone.body().path("state").asString()).isEqualTo("trial");
        Instant begun = Instant.now();

        String path = "/api/v1/alerts?kind=lead&streamId=" + stream;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get(path).body().path("items").size() > 0);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode lead = service.get(path).body().path("items").get(0);
            assertThat(lead.path("evidence").path("clip").asString("")).isNotEmpty();
            assertThat(lead.path("overtaken").path("text").asString("")).isEqualTo("现场已清除");
        });
        JsonNode leads = service.get(path).body().path("items");
        assertThat(leads.size()).isEqualTo(1);
        JsonNode lead = leads.get(0);
        assertThat(lead.path("trial").asBoolean()).isTrue();
        assertThat(lead.path("zoneId").asString())
                .isEqualTo(zone.body().path("id").asString());
        assertThat(lead.path("code").asString()).isEqualTo("clutter");
        assertThat(Instant.parse(lead.path("raisedAt").asString())).isBetween(begun, begun.plusSeconds(30));
        // Where the carton is drawn, in shares of 640 x 480.
        assertThat(lead.path("box").get(0).asDouble()).isBetween(0.44, 0.50);
        assertThat(lead.path("box").get(1).asDouble()).isBetween(0.53, 0.60);
        assertThat(lead.path("box").get(2).asDouble()).isBetween(0.09, 0.15);
        assertThat(lead.path("box").get(3).asDouble()).isBetween(0.10, 0.19);

        for (String picture : List.of("snapshot", "before")) {
            HttpResponse<byte[]> file1 =
                    file(lead.path("evidence").path(picture).asString());
            assertThat(file1.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            assertThat(file1.body()).startsWith(0xFF, 0xD8);
        }
        Path clip = Files.write(
                folder.resolve("clip.mp4"),
                file(lead.path("evidence").path("clip").asString()).body());
        // From a key picture, one a second, at least 10 s before, to 5 s behind.
        assertThat(seconds(clip)).isBetween(14.9, 16.2);
        assertThat(service.get("/api/v1/view-log?limit=3").body().path("items").findValuesAsString("kind"))
                .contains("evidence");

        People.Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        String snapshot =
                "/api/v1/evidence/" + lead.path("evidence").path("snapshot").asString();
        assertThat(service.callAs(stranger.username(), People.PASSWORD, "GET", snapshot, null)
                        .status())
                .as("the camera is of no squad of his")
                .isEqualTo(404);

        JsonNode figures =
                service.get(zones(stream)).body().path("items").get(0).path("leads");
        assertThat(figures.path("raised").asInt()).isEqualTo(1);
        Answer dismissed = service.call(
                "POST",
                "/api/v1/alerts/" + lead.path("id").asString() + "/dismiss",
                Map.of("version", lead.path("version").asInt(), "reason", "roster-wrong"));
        assertThat(dismissed.status()).isEqualTo(400);
        assertThat(dismissed.body().path("detail").asString()).contains("mistaken", "permitted");
        Answer confirmed = service.call(
                "POST",
                "/api/v1/alerts/" + lead.path("id").asString() + "/confirm",
                Map.of("version", lead.path("version").asInt()));
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(service.get(zones(stream))
                        .body()
                        .path("items")
                        .get(0)
                        .path("leads")
                        .path("confirmed")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aZoneThatCannotBeWatchedIsRefusedAtItsField() {
        String stream = stream("file:" + Pavement.write(folder.resolve("short.mp4"), 1, 5, 6));
        Map<String, Object> faults = Map.of(
                "polygon",
                List.of(List.of(0.1, 0.1), List.of(0.9, 0.9), List.of(0.9, 0.1), List.of(0.1, 0.9)),
                "rule",
                "ghosts",
                "dwellSeconds",
                0.2,
                "hours",
                Map.of("days", List.of(8), "startTime", "07:00", "endTime", "22:00"),
                "state",
                "sleeping");
        faults.forEach((field, value) -> {
            Map<String, Object> body = zone();
            body.put(field, value);
            Answer refused = service.call("POST", zones(stream), body);
            assertThat(refused.status()).as(field).isEqualTo(400);
            assertThat(refused.body().path("errors").get(0).path("field").asString())
                    .startsWith(field);
        });
        for (List<List<Double>> polygon : List.of(
                List.of(List.of(0.1, 0.1), List.of(1.2, 0.1), List.of(0.5, 0.9)),
                List.of(List.of(0.1, 0.1), List.of(0.2, 0.2)),
                List.<List<Double>>of())) {
            Map<String, Object> body = zone();
            body.put("polygon", polygon);
            Answer refused = service.call("POST", zones(stream), body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("detail").asString()).startsWith("polygon");
        }
        Map<String, Object> deep = zone();
        deep.put("polygon", List.of(List.of(0.1), List.of(0.2, 0.2, 0.3)));
        assertThat(service.call("POST", zones(stream), deep).status()).isEqualTo(400);
        assertThat(service.get(zones(stream)).body().path("items").size()).isZero();
    }

    @Test
    void aZoneIsChangedByVersionAndRetired() {
        String stream = stream("file:" + Pavement.write(folder.resolve("still.mp4"), 1, 5, 6));
        String id =
                service.call("POST", zones(stream), zone()).body().path("id").asString();
        String path = zones(stream) + "/" + id;
        Answer live = service.call(
                "PATCH",
                path,
                Map.of(
                        "version",
                        1,
                        "state",
                        "live",
                        "hours",
                        Map.of("days", List.of(1, 2, 3), "startTime", "22:00", "endTime", "06:00")));
        assertThat(live.status()).as(live.response().body()).isEqualTo(200);
        assertThat(live.body().path("hours").path("startTime").asString()).isEqualTo("22:00");
        assertThat(live.body().path("polygon").size()).isEqualTo(4);
        Answer always = service.call(
                "PATCH",
                path,
                Map.of(
                        "version",
                        2,
                        "hours",
                        Map.of("days", List.of(1, 2, 3, 4, 5, 6, 7), "startTime", "00:00", "endTime", "00:00")));
        assertThat(always.body().has("hours")).isFalse();
        Answer late = service.call("PATCH", path, Map.of("version", 1, "name", "late"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("changedBy").asString()).isEqualTo("admin");
        assertThat(service.call("DELETE", path + "?version=3", null).status()).isEqualTo(204);
        JsonNode retired = service.get(zones(stream)).body().path("items").get(0);
        assertThat(retired.path("state").asString()).isEqualTo("retired");
    }

    private static Map<String, Object> zone() {
        return new java.util.HashMap<>(
                Map.of("name", "人行道", "polygon", PAVEMENT, "rule", "clutter", "dwellSeconds", 60));
    }

    private static String zones(String stream) {
        return "/api/v1/streams/" + stream + "/zones";
    }

    private static String stream(String url) {
        Answer created =
                service.call("POST", "/api/v1/streams", Map.of("name", People.unique("cam"), "sourceUrl", url));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static HttpResponse<byte[]> file(String id) throws IOException, InterruptedException {
        String login = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/evidence/" + id))
                            .header("Authorization", "Basic " + login)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response;
        }
    }

    private static double seconds(Path clip) throws IOException {
        List<Long> times = new ArrayList<>();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile())) {
            grabber.start();
            while (grabber.grabImage() != null) {
                times.add(grabber.getTimestamp());
            }
        }
        return (times.getLast() - times.getFirst()) / 1e6;
    }
}
