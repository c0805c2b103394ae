package org.farwatch.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Days, holds and the forecast over the API; who may, who sees what, and what is refused. */
class StorageTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

    private static RunningService service;
    private static People people;
    private static String stream;
    private static String squad;

    @BeforeAll
    static void aStreamOfASquad() {
        service = RunningService.shared();
        people = new People(service);
        squad = people.squad();
        stream = service.call(
                        "POST",
                        "/api/v1/streams",
                        Map.of(
                                "name",
                                People.unique("cam"),
                                "sourceUrl",
                                "rtsp://127.0.0.1:9/none",
                                "squadId",
                                squad,
                                "record",
                                false))
                .body()
                .path("id")
                .asString();
    }

    @Test
    void aStreamHasDaysOfItsOwnUntilTheyAreTakenBack() {
        String path = "/api/v1/storage/streams/" + stream;
        assertThat(patch(path, Map.of("version", 0, "days", 29, "reason", "x")).status())
                .isEqualTo(400);
        assertThat(patch(path, Map.of("version", 0, "days", 90)).body().toString())
                .contains("reason");
        JsonNode own =
                patch(path, Map.of("version", 0, "days", 90, "reason", "专项行动")).body();
        assertThat(own.path("days").asInt()).isEqualTo(90);
        assertThat(own.path("version").asInt()).isEqualTo(1);
        RunningService.Answer second = patch(path, Map.of("version", 0, "days", 60, "reason", "x"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("changedBy").asString()).isEqualTo("admin");

        assertThat(service.get(path).body()).isEqualTo(own);
        assertThat(service.get("/api/v1/storage/streams/999999999").status()).isEqualTo(404);

        JsonNode back = patch(path, Map.of("version", 1)).body();

        assertThat(back.has("ownDays")).isFalse();
        assertThat(back.path("code").asString()).isEqualTo("camera");
        assertThat(patch("/api/v1/storage/streams/999999999", Map.of("version", 0))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theClassFollowsTheKindOfTheDevice() {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        for (String[] each : new String[][] {
            {"body-camera", "body-camera"},
            {"collection-station", "body-camera"},
            {"vehicle-terminal", "mobile"},
            {"ptz-dome", "camera"}
        }) {
            assertThat(jdbc.sql("select retention_class_of(:kind)")
                            .param("kind", each[0])
                            .query(String.class)
                            .single())
                    .as(each[0])
                    .isEqualTo(each[1]);
        }
        assertThat(jdbc.sql("select days from retention_class where code = 'body-camera'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(180);
    }

    @Test
    void aHoldIsSeenAndReleasedByThoseWhoSeeItsStream() {
        People.Person mine = people.with(Set.of(Role.LEGAL_REVIEWER), Set.of(squad));
        People.Person other = people.with(Set.of(Role.LEGAL_REVIEWER), Set.of(people.squad()));
        Map<String, Object> wanted =
                Map.of("streamId", stream, "from", NOON, "to", NOON.plusSeconds(60), "reason", "信访 17 号");
        assertThat(people.call(other, "POST", "/api/v1/holds", wanted).status()).isEqualTo(400);
        assertThat(people.call(
                                mine,
                                "POST",
                                "/api/v1/holds",
                                Map.of("streamId", stream, "from", NOON, "to", NOON, "reason", "x"))
                        .status())
                .isEqualTo(400);
        RunningService.Answer made = people.call(mine, "POST", "/api/v1/holds", wanted);
        assertThat(made.status()).isEqualTo(201);
        String id = made.body().path("id").asString();

        assertThat(ids(mine, "")).contains(id);
        assertThat(ids(other, "")).doesNotContain(id);
        Map<String, Object> release = Map.of("version", 1, "why", "办结");
        assertThat(people.call(other, "POST", "/api/v1/holds/" + id + "/release", release)
                        .status())
                .isEqualTo(404);
        String kept = "/api/v1/streams/" + stream + "/kept?from=" + NOON + "&to=" + NOON.plusSeconds(10);
        assertThat(people.get(mine, kept)
                        .body()
                        .path("held")
                        .get(0)
                        .path("holdId")
                        .asString())
                .isEqualTo(id);
        assertThat(people.get(other, kept).status()).isEqualTo(404);
        assertThat(people.call(mine, "POST", "/api/v1/holds/" + id + "/release", release)
                        .status())
                .isEqualTo(200);
        assertThat(people.call(mine, "POST", "/api/v1/holds/" + id + "/release", Map.of("version", 2, "why", "x"))
                        .status())
                .as("once")
                .isEqualTo(409);
        assertThat(ids(mine, "")).doesNotContain(id);
        assertThat(ids(mine, "?released=true&streamId=" + stream)).contains(id);
        assertThat(people.get(mine, kept).body().path("held")).isEmpty();
    }

    @Test
    void whatASupervisionLeadShowsIsHeld() {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        long alert = jdbc.sql("""
                        insert into alert (kind, code, state, severity, raised_at, since, dedupe, title, stream_id)
                        values ('lead', 'clutter', 'confirmed', 'warning', now(), (:since)::timestamptz, :dedupe, 't', :stream)
                        returning id""")
                .param("since", "2026-10-01T04:00:00Z")
                .param("dedupe", People.unique("held"))
                .param("stream", Long.parseLong(stream))
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into supervision_lead (squad_id, alert_id, what, state, made_by)
                        values (:squad, :alert, 'w', 'new', (select min(id) from app_user))""")
                .param("squad", Long.parseLong(squad))
                .param("alert", alert)
                .update();

        JsonNode held = service.get(
                        "/api/v1/streams/" + stream + "/kept?from=2026-10-01T03:56:00Z&to=2026-10-01T04:00:00Z")
                .body()
                .path("held");

        assertThat(held).hasSize(1);
        assertThat(held.get(0).path("source").asString()).isEqualTo("finding");
        assertThat(held.get(0).path("to").asString()).isEqualTo("2026-10-01T04:10:00Z");
    }

    @Test
    void theDiskIsToldToThoseWhoSeeEverything() {
        JsonNode overview = service.get("/api/v1/storage").body();
        assertThat(overview.path("total").asLong())
                .isGreaterThan(overview.path("usable").asLong());
        assertThat(overview.path("classes")
                        .valueStream()
                        .map(each -> each.path("code").asString()))
                .containsExactly("camera", "body-camera", "mobile");

        People.Person limited = people.with(Set.of(Role.INSPECTOR), Set.of(squad));
        assertThat(people.get(limited, "/api/v1/storage").status()).isEqualTo(403);
        assertThat(people.get(limited, "/api/v1/storage/streams")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("streamId").asString()))
                .containsExactly(stream);
    }

    @Test
    void nothingIsForeseenBeforeADayWasRecorded() throws Exception {
        Instant began = Instant.parse("2026-01-05T15:00:00Z");
        service.bean(JdbcClient.class)
                .sql("""
                        insert into segment (stream_id, sequence, run, starts, ends, bytes, init_bytes, frames, mime, width,
                            height, sha256, chain, state)
                        values (:stream, 1, 1, :starts::timestamptz, :starts::timestamptz + interval '1 hour', 3600000, 1, 1,
                            'm', 1, 1, 's', 'c', 'closed') on conflict do nothing""")
                .param("stream", Long.parseLong(stream))
                .param("starts", began.toString())
                .update();
        DiskOutlook outlook = service.bean(DiskOutlook.class);
        Instant from = outlook.read(began, 1).from();

        // Another test's recordings may lie before it.
        assertThat(from).isBeforeOrEqualTo(began.plus(DiskOutlook.LEAST_RECORDED));
        assertThat(outlook.read(from.minusMillis(1), 1).forecast()).isNull();
        assertThat(withAnOldUpload(() -> outlook.read(began, 1).from()))
                .as("what a body camera brings of days before says nothing")
                .isEqualTo(from);
        assertThat(outlook.read(from, 1).forecast().points()).hasSize(DiskForecast.HORIZON + 1);
        // It began at 23:00 by the bureau's clock: an hour of that day, at a kilobyte a second, is not its whole day.
        assertThat(outlook.read(Instant.parse("2026-01-06T04:00:00Z"), 1)
                        .streams()
                        .get(Long.parseLong(stream))
                        .bytesPerDay())
                .isEqualTo(24 * 3_600_000L);
        outlook.forget();
        JsonNode overview = service.get("/api/v1/storage").body();
        assertThat(overview.path("forecast").path("points")).hasSize(DiskForecast.HORIZON + 1);
        assertThat(overview.path("forecastFrom").asString()).isEqualTo(from.toString());
    }

    /** What it is while a recording of 2020 stands in a stream, which was brought in 2026. */
    private static Instant withAnOldUpload(Callable<Instant> read) throws Exception {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        long brought = Long.parseLong(
                service.call("POST", "/api/v1/streams", Map.of("name", "记录仪", "sourceUrl", "rtsp://127.0.0.1:9/none"))
                        .body()
                        .path("id")
                        .asString());
        jdbc.sql("""
                        insert into segment (stream_id, sequence, run, starts, ends, bytes, init_bytes, frames, mime, width,
                            height, sha256, chain, state)
                        values (:stream, 1, 1, '2020-01-01T00:00:00Z', '2020-01-01T00:01:00Z', 60000, 1, 1, 'm', 1, 1, 's',
                            'c', 'closed')""").param("stream", brought).update();
        jdbc.sql("""
                        insert into upload (id, source, brought_by, name, length, told, state, made_at, touched_at,
                            received_at, stream_id, starts, ends, first_sequence, last_sequence)
                        values (repeat('a', 32), 'http', 'station', 'old.mp4', 1, '{}', 'arrived', :at::timestamptz,
                            :at::timestamptz, :at::timestamptz, :stream, '2020-01-01T00:00:00Z', '2020-01-01T00:01:00Z', 1, 1)""")
                .param("stream", brought)
                .param("at", "2026-03-01T00:00:00Z")
                .update();
        try {
            return read.call();
        } finally {
            jdbc.sql("delete from upload where id = repeat('a', 32)").update();
            jdbc.sql("delete from segment where stream_id = :stream")
                    .param("stream", brought)
                    .update();
        }
    }

    @Test
    void theCalculatorRefusesWhatTheLawDoes() {
        Map<String, Object> line =
                Map.of("code", "camera", "streams", 2, "kilobitsPerSecond", 2_000, "hoursPerDay", 24, "days", 30);
        JsonNode sizing = service.call("POST", "/api/v1/storage/sizing", Map.of("lines", List.of(line)))
                .body();
        assertThat(sizing.path("disk").asLong())
                .isEqualTo(sizing.path("recordings").asLong() + 20L * 1024 * 1024 * 1024);
        assertThat(service.call("POST", "/api/v1/storage/sizing", Map.of("lines", List.of()))
                        .status())
                .isEqualTo(400);
        Map<String, Object> shorter = new TreeMap<>(line);
        shorter.put("days", 29);
        assertThat(service.call("POST", "/api/v1/storage/sizing", Map.of("lines", List.of(shorter)))
                        .body()
                        .toString())
                .contains("days");
    }

    @Test
    void anAlertIsRaisedOnceWhileTheDiskWillBeFullSoonAndSaysWhenThatIsOver() {
        DiskOutlook outlook = service.bean(DiskOutlook.class);
        Instant now = Instant.now();
        LocalDate today = LocalDate.of(2026, 11, 22);
        DiskForecast.Kept kept = new DiskForecast.Kept(StorageClass.CAMERA, 30, 10, 0, new TreeMap<>());
        DiskForecast soon = DiskForecast.of(List.of(kept), today, 50);
        DiskForecast later = DiskForecast.of(List.of(kept), today, 100);
        outlook.raise(later, now);
        int before = alerts().size();

        outlook.raise(soon, now);
        outlook.raise(soon, now.plusSeconds(600));

        assertThat(alerts()).hasSize(before + 1);
        JsonNode alert = alerts().getFirst();
        assertThat(alert.path("title").asString()).contains("6 天后用尽");
        assertThat(alert.path("severity").asString()).isEqualTo("warning");
        assertThat(standing()).isEqualTo(1);
        outlook.raise(later, now.plusSeconds(1_200));
        assertThat(standing()).isZero();
        assertThat(alerts()).hasSize(before + 1);
    }

    private static int standing() {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from alert where code = 'disk-filling' and overtaken_at is null")
                .query(Integer.class)
                .single();
    }

    private static List<JsonNode> alerts() {
        return service.get("/api/v1/alerts?kind=recording-gap&limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("title").asString().startsWith("录像存储"))
                .toList();
    }

    private static RunningService.Answer patch(String path, Object body) {
        return service.call("PATCH", path, body);
    }

    private static List<String> ids(People.Person person, String query) {
        return people.get(person, "/api/v1/holds" + query)
                .body()
                .path("items")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }
}
