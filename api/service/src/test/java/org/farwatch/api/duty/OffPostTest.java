package org.farwatch.api.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** From stored positions to presence, from presence to an alert, from the alert to a decision. */
class OffPostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double LONGITUDE = 121.5;
    private static final double LATITUDE = 31.2;
    /** Degrees of latitude of 300 m. */
    private static final double AWAY = 0.0027;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RunningService service = RunningService.shared();
    private final String name = "离岗" + NUMBER.incrementAndGet();
    private final Instant now = Instant.now();

    @Test
    @Proves(value = "R040", screen = "/duty", api = "GET /duties/{id}/presence")
    void whoIsOffPostTooLongIsReportedOnceAndAPersonDecides() throws Exception {
        String officer = officer();
        String device = device(officer, now.minusSeconds(7200));
        String duty = duty(officer, post(), now.minusSeconds(1800), now.plusSeconds(3600));
        report(device, now.minusSeconds(1800), now.minusSeconds(780), 10, 0);
        report(device, now.minusSeconds(780), now, 10, AWAY);

        JsonNode alert = awaitAlert(duty);

        assertThat(alert.path("kind").asString()).isEqualTo("off-post");
        assertThat(alert.path("state").asString()).isEqualTo("new");
        assertThat(Duration.between(Instant.parse(alert.path("since").asString()), now.minusSeconds(780))
                        .abs())
                .isLessThan(Duration.ofSeconds(30));
        assertThat(states(duty)).containsExactly("on-post", "off-post");

        String path = "/api/v1/alerts/" + alert.path("id").asString();
        int version = alert.path("version").asInt();
        Answer withoutReason = service.call("POST", path + "/dismiss", Map.of("version", version));
        assertThat(withoutReason.status()).isEqualTo(400);
        assertThat(withoutReason.body().path("errors").get(0).path("field").asString())
                .isEqualTo("reason");

        Answer confirmed = service.call("POST", path + "/confirm", Map.of("version", version, "note", "已电话核实"));
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body().path("state").asString()).isEqualTo("confirmed");

        Answer tooLate =
                service.call("POST", path + "/dismiss", Map.of("version", version, "reason", "position-drift"));
        assertThat(tooLate.status()).isEqualTo(409);
        assertThat(tooLate.body().path("changedBy").asString()).isEqualTo("admin");

        JsonNode history = service.get(path).body().path("history");
        assertThat(history).extracting(event -> event.path("action").asString()).containsExactly("raise", "confirm");
        assertThat(history.get(1).path("by").asString()).isEqualTo("admin");
        assertThat(history.get(1).path("note").asString()).isEqualTo("已电话核实");
        assertThat(alerts(duty)).hasSize(1);
    }

    @Test
    void anAlertThatLatePositionsRefuteStaysAndSaysSo() throws Exception {
        String officer = officer();
        String device = device(officer, now.minusSeconds(7200));
        String duty = duty(officer, post(), now.minusSeconds(1800), now.plusSeconds(3600));
        report(device, now.minusSeconds(1800), now.minusSeconds(900), 10, 0);
        report(device, now.minusSeconds(900), now, 30, AWAY);
        String id = awaitAlert(duty).path("id").asString();

        report(device, now.minusSeconds(897), now, 5, 0);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.get("/api/v1/alerts/" + id)
                                .body()
                                .path("overtaken")
                                .path("at")
                                .isString())
                        .isTrue());
        JsonNode alert = service.get("/api/v1/alerts/" + id).body();
        assertThat(alert.path("state").asString()).isEqualTo("new");
        assertThat(alert.path("history"))
                .extracting(event -> event.path("action").asString())
                .contains("overtaken");
        assertThat(states(duty)).containsExactly("on-post");
    }

    @Test
    void whatAPersonSendsOffDutyIsSealedAndARosterEnteredLateReleasesIt() throws Exception {
        String officer = officer();
        String device = device(officer, now.minusSeconds(7200));
        report(device, now.minusSeconds(1800), now.minusSeconds(1200), 10, 0);

        assertThat(positions(device)).isEmpty();
        assertThat(sealed(device)).isEqualTo(60);

        String duty = duty(officer, post(), now.minusSeconds(1800), now.plusSeconds(600));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sealed(device)).isZero());
        assertThat(positions(device)).hasSize(60);
        assertThat(states(duty)).first().isEqualTo("on-post");
    }

    @Test
    void aDutyWithoutPositionsIsUnknownAndRaisesNothing() {
        String officer = officer();
        device(officer, now.minusSeconds(7200));
        String duty = duty(officer, post(), now.minusSeconds(1800), now.plusSeconds(600));

        assertThat(states(duty)).containsExactly("unknown");
        assertThat(alerts(duty)).isEmpty();
    }

    private JsonNode awaitAlert(String duty) {
        return await().atMost(PATIENCE)
                .until(() -> alerts(duty), found -> found.size() == 1)
                .getFirst();
    }

    private List<JsonNode> alerts(String duty) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode alert :
                service.get("/api/v1/alerts?kind=off-post&limit=1000").body().path("items")) {
            if (alert.path("dutyId").asString().equals(duty)) {
                found.add(alert);
            }
        }
        return found;
    }

    private JsonNode positions(String device) {
        Answer answer = service.get("/api/v1/devices/" + device + "/positions");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("items");
    }

    private List<String> states(String duty) {
        List<String> states = new ArrayList<>();
        service.get("/api/v1/duties/" + duty + "/presence")
                .body()
                .path("intervals")
                .forEach(interval -> states.add(interval.path("state").asString()));
        return states;
    }

    private String officer() {
        String squad = created("/api/v1/squads", Map.of("name", name + "中队"));
        return created("/api/v1/officers", Map.of("name", name, "number", name, "squadId", squad));
    }

    private String device(String officer, Instant from) {
        String device = created(
                "/api/v1/devices",
                Map.of(
                        "name",
                        name,
                        "kind",
                        "handset",
                        "protocol",
                        "mqtt",
                        "protocolId",
                        "off-post-" + NUMBER.get() + "-" + System.nanoTime()));
        created("/api/v1/devices/" + device + "/custody", Map.of("officerId", officer, "from", from.toString()));
        return device;
    }

    private String post() {
        double half = 0.0006;
        return created(
                "/api/v1/posts",
                Map.of(
                        "name",
                        name,
                        "geometry",
                        Map.of(
                                "type",
                                "Polygon",
                                "coordinates",
                                List.of(List.of(
                                        List.of(LONGITUDE - half, LATITUDE - half),
                                        List.of(LONGITUDE + half, LATITUDE - half),
                                        List.of(LONGITUDE + half, LATITUDE + half),
                                        List.of(LONGITUDE - half, LATITUDE + half),
                                        List.of(LONGITUDE - half, LATITUDE - half))))));
    }

    private String duty(String officer, String post, Instant start, Instant end) {
        return created(
                "/api/v1/duties",
                Map.of("officerId", officer, "postId", post, "start", start.toString(), "end", end.toString()));
    }

    private String created(String path, Object body) {
        Answer answer = service.call("POST", path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private long sealed(String device) {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from position_sealed join device on no = device_no where id = :id")
                .param("id", device)
                .query(Long.class)
                .single();
    }

    /** Stores a position every so many seconds, so many degrees north of the post's middle. */
    private void report(String device, Instant from, Instant to, int seconds, double north) throws Exception {
        int no = service.bean(DeviceRegister.class).byId(device).known().no();
        PositionBatch batch = new PositionBatch(1000);
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(seconds)) {
            int row = batch.append(
                    no, at.toEpochMilli(), System.currentTimeMillis(), at.toEpochMilli() + (long) (north * 1e6));
            batch.place(row, LONGITUDE, LATITUDE + north);
        }
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(batch, done::complete);
        done.get(20, TimeUnit.SECONDS);
    }
}
