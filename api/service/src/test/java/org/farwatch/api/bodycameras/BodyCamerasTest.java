package org.farwatch.api.bodycameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.requirements.Proves;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.mqtt.DeviceReports;
import org.farwatch.ingest.mqtt.DeviceStatus;
import org.farwatch.ingest.mqtt.RecordingReport;
import org.farwatch.ingest.mqtt.RecordingReport.Event;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What cameras said last, and what it means for the shift. */
class BodyCamerasTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final People people = new People(SERVICE);
    private final JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
    private final String squad = people.squad();
    private final Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final AtomicInteger stored = new AtomicInteger();

    private KnownDevice camera() {
        String code = People.unique("cam");
        String id = SERVICE.call(
                        "POST",
                        "/api/v1/devices",
                        Map.of(
                                "name",
                                code,
                                "kind",
                                "body-camera",
                                "protocol",
                                "mqtt",
                                "protocolId",
                                code,
                                "squadId",
                                squad))
                .body()
                .path("id")
                .asString();
        return SERVICE.bean(DeviceRegister.class).byId(id).known();
    }

    private void says(KnownDevice camera, DeviceStatus status, Instant at) {
        int before = stored.get();
        SERVICE.bean(DeviceReports.class).status(camera, status, at, stored::incrementAndGet);
        await().atMost(PATIENCE).until(() -> stored.get() > before);
    }

    private void says(KnownDevice camera, Event event, Instant at) {
        int before = stored.get();
        SERVICE.bean(DeviceReports.class)
                .recording(camera, new RecordingReport(event, null, null), at, stored::incrementAndGet);
        await().atMost(PATIENCE).until(() -> stored.get() > before);
    }

    private JsonNode state(KnownDevice camera) {
        return people.get(leader, "/api/v1/body-cameras/" + camera.id()).body();
    }

    private String duty(String officer, Instant from) {
        long post = jdbc.sql("""
                        insert into post (name, squad_id, geometry) values ('岗', :squad, '{"type":"Polygon","coordinates":
                            [[[121.4,31.2],[121.5,31.2],[121.5,31.3],[121.4,31.2]]]}') returning id""")
                .param("squad", Long.valueOf(squad))
                .query(Long.class)
                .single();
        return jdbc.sql("""
                        insert into duty (officer_id, post_id, starts, ends)
                        values (:officer, :post, :from::timestamptz, :from::timestamptz + interval '8 hours') returning id::text""")
                .param("officer", Long.valueOf(officer))
                .param("post", post)
                .param("from", from.toString())
                .query(String.class)
                .single();
    }

    private void issue(KnownDevice camera, String officer) {
        assertThat(people.call(
                                leader,
                                "POST",
                                "/api/v1/devices/" + camera.id() + "/custody",
                                Map.of("officerId", officer, "from", now.minusSeconds(600)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void eachFactStandsWithTheTimeAtWhichItWasSaidLast() {
        KnownDevice camera = camera();
        assertThat(state(camera).path("battery").path("mark").asString()).isEqualTo("unknown");
        says(
                camera,
                new DeviceStatus(80, 50_000_000_000L, 64_000_000_000L, now.minusSeconds(600), true),
                now.minusSeconds(600));
        says(camera, new DeviceStatus(25, null, null, now.plusSeconds(60), null), now.minusSeconds(60));

        JsonNode state = state(camera);
        assertThat(state.path("battery").path("percent").asInt()).isEqualTo(25);
        assertThat(state.path("battery").path("at").asString())
                .isEqualTo(now.minusSeconds(60).toString());
        assertThat(state.path("battery").path("mark").asString()).isEqualTo("warning");
        assertThat(state.path("storage").path("free").asLong()).isEqualTo(50_000_000_000L);
        assertThat(state.path("storage").path("at").asString())
                .isEqualTo(now.minusSeconds(600).toString());
        assertThat(state.path("storage").path("mark").asString()).isEqualTo("good");
        assertThat(state.path("clock").path("millis").asLong()).isEqualTo(120_000);
        assertThat(state.path("clock").path("mark").asString()).isEqualTo("warning");
        assertThat(state.path("recording").path("now").asBoolean()).isTrue();
        assertThat(state.path("upload").path("mark").asString()).isEqualTo("unknown");

        says(camera, Event.STARTED, now.minusSeconds(50));
        says(camera, Event.STOPPED, now.minusSeconds(20));
        assertThat(state(camera).path("recording").path("now").asBoolean()).isFalse();
        assertThat(state(camera).path("upload").path("pending").asInt()).isEqualTo(1);
        assertThat(state(camera).path("upload").path("mark").asString()).isEqualTo("warning");
        says(camera, Event.UPLOADED, now.minusSeconds(10));
        assertThat(state(camera).path("upload").path("mark").asString()).isEqualTo("good");

        JsonNode readings = people.get(
                        leader,
                        "/api/v1/body-cameras/" + camera.id() + "/readings?from=" + now.minusSeconds(3_600) + "&to="
                                + now)
                .body()
                .path("items");
        assertThat(readings).hasSize(2);
        assertThat(readings.path(0).path("battery").asInt()).isEqualTo(25);
        assertThat(people.get(leader, "/api/v1/body-cameras").body().path("items"))
                .hasSize(1);
        Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        assertThat(people.get(stranger, "/api/v1/body-cameras").body().path("items"))
                .isEmpty();
        assertThat(people.get(stranger, "/api/v1/body-cameras/" + camera.id()).status())
                .isEqualTo(404);
    }

    @Test
    @Proves(
            value = "R067",
            screen = "/admin/body-cameras",
            api = "GET /body-cameras, /equipment-check",
            missing = "how many of all were online and recorded, day by day")
    void theCheckSaysOfEachOfficerOfTheShiftWhetherHeIsFitted() {
        String fit = people.officer(squad);
        String low = people.officer(squad);
        String silent = people.officer(squad);
        String empty = people.officer(squad);
        String tomorrow = people.officer(squad);
        duty(fit, now.minusSeconds(3_600));
        duty(low, now.plusSeconds(3_600));
        duty(silent, now.plusSeconds(3_600));
        duty(empty, now.plusSeconds(3_600));
        duty(tomorrow, now.plus(Duration.ofHours(20)));
        KnownDevice good = camera();
        KnownDevice weak = camera();
        issue(good, fit);
        issue(weak, low);
        issue(camera(), silent);
        says(
                good,
                new DeviceStatus(90, 50_000_000_000L, 64_000_000_000L, now.minusSeconds(30), false),
                now.minusSeconds(30));
        says(good, Event.STARTED, now.minusSeconds(300));
        says(good, Event.STOPPED, now.minusSeconds(200));
        says(good, Event.UPLOADED, now.minusSeconds(100));
        says(weak, new DeviceStatus(12, 50_000_000_000L, null, now.minusSeconds(30), false), now.minusSeconds(30));

        JsonNode items = people.get(leader, "/api/v1/equipment-check").body().path("items");

        assertThat(items.valueStream()
                        .map(one -> one.path("officerId").asString() + " "
                                + one.path("issued").asString() + " "
                                + one.path("mark").asString()))
                .containsExactlyInAnyOrder(
                        fit + " good good",
                        low + " good warning",
                        silent + " good unknown",
                        empty + " warning warning");
        JsonNode first = items.path(0);
        assertThat(first.path("officerId").asString())
                .as("by the beginning of the duty")
                .isEqualTo(fit);
        assertThat(first.path("cameras").path(0).path("onDuty").asBoolean()).isTrue();
    }
}
