package org.farwatch.api.zones;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Zones go into the feed and out of it by what people decide of their leads. */
class ZoneTrustTest {
    private static final int NEEDED = 10;

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static String stream;
    private static int made;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of("farwatch.video.file-roots", folder.toString()));
        Path film = Pavement.write(folder.resolve("still.mp4"), 1, 5, 6);
        stream = service.call("POST", "/api/v1/streams", Map.of("name", "东门", "sourceUrl", "file:" + film))
                .body()
                .path("id")
                .asString();
        assertThat(service.call("PATCH", "/api/v1/rules/zone.decisions", Map.of("value", NEEDED, "version", 1))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void nineOfTenTrueLeadsBringAZoneIntoTheFeedAndTwoOfTenFalseOnesTakeItOutAgain() {
        String zone = zone();
        decide(zone, 1, "mistaken");
        decide(zone, 8, null);
        assertThat(shown(zone).path("state").asString()).isEqualTo("trial");
        assertThat(shown(zone).path("standing").path("decided").asInt()).isEqualTo(9);
        decide(zone, 1, null);
        assertThat(shown(zone).path("state").asString()).isEqualTo("live");
        assertThat(shown(zone).path("standing").path("decided").asInt())
                .as("counted anew")
                .isZero();

        decide(zone, 2, "permitted");
        decide(zone, 7, null);
        assertThat(shown(zone).path("state").asString()).isEqualTo("live");
        decide(zone, 1, null);
        assertThat(shown(zone).path("state").asString()).isEqualTo("trial");
        assertThat(actions(zone)).containsSubsequence("fall-back", "promote", "create");
    }

    @Test
    void anUnclearPictureSaysNothingAndASettledThingWasThere() {
        String zone = zone();
        decide(zone, 9, "settled");
        decide(zone, 3, "unclear-picture");
        assertThat(shown(zone).path("standing").path("decided").asInt()).isEqualTo(9);
        assertThat(shown(zone).path("state").asString()).isEqualTo("trial");
        decide(zone, 1, "settled");
        assertThat(shown(zone).path("state").asString()).isEqualTo("live");
    }

    @Test
    void aZoneThatIsDrawnAnewIsJudgedAnew() {
        String zone = zone();
        decide(zone, 9, null);
        Map<String, Object> change = new HashMap<>();
        change.put("version", shown(zone).path("version").asInt());
        change.put("polygon", List.of(List.of(0.2, 0.4), List.of(0.9, 0.4), List.of(0.9, 0.95)));
        assertThat(service.call("PATCH", zones() + "/" + zone, change).status()).isEqualTo(200);
        decide(zone, 1, null);
        assertThat(shown(zone).path("state").asString()).isEqualTo("trial");
        assertThat(shown(zone).path("standing").path("decided").asInt()).isEqualTo(1);

        Map<String, Object> name = Map.of("version", shown(zone).path("version").asInt(), "name", "又名");
        assertThat(service.call("PATCH", zones() + "/" + zone, name).status()).isEqualTo(200);
        assertThat(shown(zone).path("standing").path("decided").asInt())
                .as("a name changes nothing of what it sees")
                .isEqualTo(1);
    }

    /** Leads such as a watcher raises, each decided by a person: dismissed for the reason, confirmed without one. */
    private static void decide(String zone, int leads, String reason) {
        for (int i = 0; i < leads; i++) {
            Instant now = Instant.now();
            long id = service.bean(Alerts.class).raise(lead(zone, now), now).orElseThrow();
            Map<String, Object> body = new HashMap<>(Map.of("version", 1));
            if (reason != null) {
                body.put("reason", reason);
            }
            String action = reason == null ? "confirm" : "dismiss";
            assertThat(service.call("POST", "/api/v1/alerts/" + id + "/" + action, body)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static NewAlert lead(String zone, Instant now) {
        NewAlert.Sighting sighting =
                new NewAlert.Sighting(Long.parseLong(zone), new Alert.Box(0.1, 0.1, 0.2, 0.2), null, null, true);
        return new NewAlert(
                LeadDesk.KIND,
                "clutter",
                "warning",
                now,
                "lead:test:" + made++,
                "疑似占道堆物",
                Map.of(),
                0,
                0,
                0,
                0,
                0,
                Long.parseLong(stream),
                sighting,
                null,
                null);
    }

    private static String zone() {
        Map<String, Object> wanted = Map.of(
                "name",
                "人行道",
                "polygon",
                List.of(List.of(0.1, 0.4), List.of(0.9, 0.4), List.of(0.9, 0.95)),
                "rule",
                "clutter",
                "dwellSeconds",
                3000);
        return service.call("POST", zones(), wanted).body().path("id").asString();
    }

    private static JsonNode shown(String zone) {
        for (JsonNode each : service.get(zones()).body().path("items")) {
            if (each.path("id").asString().equals(zone)) {
                return each;
            }
        }
        throw new AssertionError("no zone " + zone);
    }

    private static List<String> actions(String zone) {
        return service.get("/api/v1/audit?limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(row -> row.path("subject").asString().equals("zone")
                        && row.path("subjectId").asString().equals(zone))
                .map(row -> row.path("action").asString())
                .toList();
    }

    private static String zones() {
        return "/api/v1/streams/" + stream + "/zones";
    }
}
