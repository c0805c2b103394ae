package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.BureauTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device's days, trips and map track over HTTP. */
class TripsTest {
    private final RunningService service = RunningService.shared();
    private final LocalDate day = LocalDate.now(BureauTime.ZONE).minusDays(2);
    private final String id = DayOfPositions.device(service, null);
    private final int device =
            service.bean(DeviceRegister.class).byId(id).known().no();

    @Test
    @Proves(value = "R065", screen = "/devices", api = "GET /devices/{id}/trips", missing = "areas and hours of use")
    void aDayIsTripsStopsAndGapsWithItsKilometres() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 8 * 3600)
                .go(400, 0)
                .go(600, 12)
                .silent(1800, 4_000)
                .go(300, 12)
                .go(400, 0);
        made.store(device, made.fixes);

        JsonNode trips = get("/trips" + ofDay()).path("items");
        assertThat(trips.valueStream().map(leg -> leg.path("kind").asString()))
                .containsExactly("stop", "trip", "gap", "trip", "stop");
        assertThat(trips.path(1).path("end").asString()).isEqualTo("gap");
        assertThat(trips.path(1).path("kilometres").asDouble()).isBetween(7.0, 7.5);
        assertThat(trips.path(2).path("seconds").asLong()).isEqualTo(1801);
        assertThat(trips.path(3).path("end").asString()).isEqualTo("stop");
        assertThat(trips.path(4).path("silentSeconds").asLong()).isZero();

        JsonNode days = get("/days?from=" + day + "&to=" + day.plusDays(1)).path("items");
        assertThat(days).hasSize(1);
        JsonNode only = days.path(0);
        assertThat(only.path("day").asString()).isEqualTo(day.toString());
        assertThat(only.path("points").asInt()).isEqualTo(1700);
        assertThat(only.path("source").asString()).isEqualTo("track");
        assertThat(only.path("kilometres").asDouble()).isBetween(10.5, 11.2);
        assertThat(only.path("movingMinutes").asLong()).isBetween(14L, 16L);
        assertThat(only.path("onlineMinutes").asLong()).isEqualTo(28);
        assertThat(only.path("largestGap").path("seconds").asLong()).isEqualTo(1801);
        assertThat(only.path("positionsKept").asBoolean()).isTrue();
    }

    @Test
    void bothComeAsCsv() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 8 * 3600).go(400, 0).go(600, 12);
        made.store(device, made.fixes);

        assertThat(csv("/days?from=" + day + "&to=" + day.plusDays(1)))
                .startsWith("deviceId,day,kilometres,")
                .contains(id + "," + day + ",7.");
        assertThat(csv("/trips" + ofDay())).startsWith("deviceId,kind,from,").contains(id + ",stop,", id + ",trip,");
    }

    @Test
    void aRangeThatIsMissingOrTooLongIsRefusedWithTheRule() {
        assertThat(service.get("/api/v1/devices/" + id + "/days?from=2026-01-01")
                        .body()
                        .path("detail")
                        .asString())
                .contains("to is missing");
        assertThat(service.get("/api/v1/devices/" + id + "/days?from=2026-01-01&to=2026-06-01")
                        .body()
                        .path("detail")
                        .asString())
                .contains("at most 92 days");
        assertThat(service.get("/api/v1/devices/" + id + "/track?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                        .body()
                        .path("detail")
                        .asString())
                .contains("at most 31 days");
        assertThat(service.get("/api/v1/devices/" + id + "/track?zoom=21&from=" + DeviceDays.start(day) + "&to="
                                + DeviceDays.start(day.plusDays(1)))
                        .body()
                        .path("detail")
                        .asString())
                .contains("zoom must lie within 0 and 20, was 21");
    }

    @Test
    void whoDoesNotSeeTheDeviceSeesNoDayOfItAndWhoDoesIsLogged() throws Exception {
        People people = new People(service);
        String squad = service.call("POST", "/api/v1/squads", Map.of("name", "行程" + System.nanoTime()))
                .body()
                .path("id")
                .asString();
        String theirs = DayOfPositions.device(service, squad);
        People.Person stranger = people.with(Role.SQUAD_LEADER);
        for (String path :
                new String[] {"/days?from=" + day + "&to=" + day.plusDays(1), "/trips" + ofDay(), "/track" + ofDay()}) {
            assertThat(people.get(stranger, "/api/v1/devices/" + theirs + path).status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(service.get("/api/v1/devices/" + theirs + path).status()).isEqualTo(200);
        }
        assertThat(service.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("select count(*) from view_log where kind = 'track' and subject_id = :id")
                        .param("id", theirs)
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void aDayOfOnePositionASecondOpensOnTheMapThinnedByItsZoom() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 0);
        for (int hour = 0; hour < 23; hour++) {
            made.go(1800, 9).go(1800, hour % 2 == 0 ? 0 : -9);
        }
        made.silent(1800, 5_000).go(1800, 9);
        made.store(device, made.fixes);
        get("/track" + ofDay() + "&zoom=11");
        long start = System.nanoTime();
        JsonNode near = get("/track" + ofDay() + "&zoom=11");
        System.out.printf(
                "%d positions on the map in %d ms, %d of them drawn%n",
                near.path("positions").asInt(),
                (System.nanoTime() - start) / 1_000_000,
                near.path("shown").asInt());

        JsonNode far = get("/track" + ofDay() + "&zoom=6");
        assertThat(near.path("positions").asInt()).isEqualTo(84_600);
        assertThat(near.path("cut").asBoolean()).isFalse();
        assertThat(far.path("shown").asInt()).isLessThan(near.path("shown").asInt());
        assertThat(near.path("shown").asInt()).isLessThan(30_000);
        for (JsonNode track : new JsonNode[] {near, far}) {
            assertThat(times(track, 0)).isEqualTo(made.fixes.getFirst().time());
            JsonNode segments = track.path("segments");
            JsonNode last = segments.path(segments.size() - 1);
            assertThat(segments.valueStream()
                            .filter(segment -> !segment.path("joined").asBoolean()))
                    .as("one before the gap and one behind it")
                    .hasSize(2);
            long end =
                    last.path("time").valueStream().mapToLong(JsonNode::asLong).sum();
            assertThat(end).isEqualTo(made.fixes.getLast().time());
            double east = last.path("longitude")
                            .valueStream()
                            .mapToLong(JsonNode::asLong)
                            .sum()
                    / 1e6;
            assertThat(Math.abs(east - made.fixes.getLast().longitude())).isLessThan(1e-6);
        }
    }

    private static long times(JsonNode track, int segment) {
        return track.path("segments").path(segment).path("time").path(0).asLong();
    }

    private String ofDay() {
        Instant from = DeviceDays.start(day);
        return "?from=" + from + "&to=" + DeviceDays.start(day.plusDays(1));
    }

    private JsonNode get(String path) {
        Answer answer = service.get("/api/v1/devices/" + id + path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private String csv(String path) throws Exception {
        java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(service.url() + "/api/v1/devices/" + id + path))
                .header("Accept", "text/csv")
                .header(
                        "Authorization",
                        "Basic "
                                + java.util.Base64.getEncoder()
                                        .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD)
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .build();
        try (java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
