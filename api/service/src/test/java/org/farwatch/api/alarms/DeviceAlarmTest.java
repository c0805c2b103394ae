package org.farwatch.api.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What becomes of the alarms that a terminal reports. */
class DeviceAlarmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SOS = LocationAlarm.SOS.mask();
    private static final int POWER_LOST = LocationAlarm.POWER_LOST.mask();

    private final RunningService service = RunningService.shared();
    /** Long enough ago that whatever ended is settled. */
    private final Instant start = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void anAlarmThatStaysOnIsOneAlertAndItsFallClosesIt() {
        Terminal terminal = new Terminal();
        terminal.reports(0, 0);
        for (int second = 10; second <= 100; second += 10) {
            terminal.reports(second, POWER_LOST);
        }
        terminal.noticedSecondsAgo(30);
        JsonNode alert = terminal.awaitAlerts(1).getFirst();
        assertThat(alert.path("kind").asString()).isEqualTo("device-alarm");
        assertThat(alert.path("severity").asString()).isEqualTo("warning");
        assertThat(alert.path("state").asString()).isEqualTo("new");
        assertThat(Instant.parse(alert.path("since").asString())).isEqualTo(start.plusSeconds(10));
        assertThat(alert.path("title").asString()).contains("主电源掉电");
        assertThat(alert.path("location").path("longitude").asDouble()).isEqualTo(121.47);

        terminal.reports(110, 0);

        await().atMost(PATIENCE)
                .until(() -> terminal.alerts().getFirst().path("state").asString(), "closed"::equals);
        assertThat(terminal.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.path("alarm").asString()).isEqualTo("power-lost");
            assertThat(Instant.parse(alarm.path("to").asString())).isEqualTo(start.plusSeconds(110));
            assertThat(alarm.path("alert").path("id").asString())
                    .isEqualTo(alert.path("id").asString());
            assertThat(alarm.path("alert").path("state").asString()).isEqualTo("closed");
            assertThat(alarm.path("alert").hasNonNull("by"))
                    .as("nobody decided")
                    .isFalse();
            assertThat(alarm.path("confirmable").asBoolean()).isFalse();
        });
    }

    @Test
    void anEmergencyIsRaisedOncePerPressAndStaysUntilAPersonDecides() {
        Terminal terminal = new Terminal();
        terminal.reports(0, 0);
        terminal.reports(10, SOS);
        // The periodic report of the same second, and the first one sent again.
        terminal.reports(10, 0);
        terminal.sendsAgain();
        terminal.reports(20, 0);
        terminal.reports(30, SOS);
        terminal.reports(40, 0);

        List<JsonNode> alerts = terminal.awaitAlerts(2);
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.path("kind").asString()).isEqualTo("sos");
            assertThat(alert.path("severity").asString()).isEqualTo("critical");
        });
        await().atMost(PATIENCE).until(() -> terminal.alarms().stream().allMatch(alarm -> alarm.hasNonNull("to")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(terminal.unsettled()).isZero());
        assertThat(terminal.alerts())
                .hasSize(2)
                .allSatisfy(alert -> assertThat(alert.path("state").asString()).isEqualTo("new"));
    }

    @Test
    void aPersonsDecisionIsToldToTheTerminalWhileItsAlarmIsOn() {
        Terminal terminal = new Terminal();
        terminal.reports(0, SOS);
        JsonNode alert = terminal.awaitAlerts(1).getFirst();

        RunningService.Answer confirmed = service.call(
                "POST",
                "/api/v1/alerts/" + alert.path("id").asString() + "/confirm",
                Map.of("version", alert.path("version").asInt()));

        assertThat(confirmed.status()).as(confirmed.response().body()).isEqualTo(200);
        JsonNode commands = service.get("/api/v1/devices/" + terminal.id + "/commands")
                .body()
                .path("items");
        assertThat(commands).singleElement().satisfies(command -> {
            assertThat(command.path("kind").asString()).isEqualTo("confirm-alarm");
            assertThat(command.path("arguments").path("bits").get(0).asInt()).isZero();
        });
        assertThat(terminal.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.path("late").asBoolean())
                    .as("reported after hours")
                    .isTrue();
            assertThat(alarm.path("alert").path("state").asString()).isEqualTo("confirmed");
            assertThat(alarm.path("alert").path("by").asString()).isEqualTo("admin");
            assertThat(alarm.path("confirmable").asBoolean()).isTrue();
            assertThat(alarm.path("told").asString()).isEqualTo("queued");
        });

        // The next one has not been answered by that.
        terminal.reports(10, 0);
        terminal.reports(20, SOS);
        await().atMost(PATIENCE).until(() -> terminal.alarms().size() == 2);
        assertThat(terminal.alarms())
                .extracting(alarm -> alarm.path("told").asString(""))
                .containsExactly("", "queued");
    }

    @Test
    void whatFlapsIsOneAlarmAndWhatIsShortIsNone() {
        Terminal terminal = new Terminal();
        terminal.reports(0, LocationAlarm.CAMERA_FAULT.mask());
        terminal.reports(20, 0);
        // Off for less than half an hour: it goes on.
        terminal.reports(600, LocationAlarm.CAMERA_FAULT.mask());
        terminal.reports(700, 0);
        terminal.reports(710, POWER_LOST);
        terminal.reports(730, 0);

        JsonNode alert = terminal.awaitAlerts(1).getFirst();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(terminal.unsettled()).isZero());

        assertThat(Instant.parse(alert.path("since").asString())).isEqualTo(start);
        assertThat(terminal.alerts()).as("power was lost for 20 s only").hasSize(1);
        assertThat(terminal.alarms())
                .extracting(alarm -> alarm.path("alarm").asString())
                .containsExactly("power-lost", "camera-fault");
        assertThat(terminal.alarms("?alarm=camera-fault")).hasSize(1);
        assertThat(terminal.alarms("?to=" + start.plusSeconds(710)))
                .extracting(alarm -> alarm.path("alarm").asString())
                .containsExactly("camera-fault");
        JsonNode first = terminal.page("?limit=1");
        assertThat(terminal.alarms("?limit=1&cursor=" + first.path("next").asString()))
                .extracting(alarm -> alarm.path("alarm").asString())
                .containsExactly("camera-fault");
        assertThat(service.get("/api/v1/devices/" + terminal.id + "/alarms?alarm=none")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anEmergencyThatComesLateIsRaisedAndKnowsItsEnd() {
        Terminal terminal = new Terminal();
        terminal.reports(600, 0);
        terminal.reports(120, 0);
        terminal.reports(100, SOS);
        terminal.reports(90, SOS);

        JsonNode alert = terminal.awaitAlerts(1).getFirst();
        assertThat(alert.path("kind").asString()).isEqualTo("sos");
        // Nothing says that it was off in between.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(terminal.alarms())
                        .singleElement()
                        .satisfies(alarm -> {
                            assertThat(Instant.parse(alarm.path("from").asString()))
                                    .isEqualTo(start.plusSeconds(90));
                            assertThat(Instant.parse(alarm.path("to").asString()))
                                    .isEqualTo(start.plusSeconds(120));
                        }));
        assertThat(terminal.alerts()).hasSize(1);
    }

    @Test
    void anEmergencyOfATerminalWithAWildClockIsRaised() {
        Terminal terminal = new Terminal();

        StoreResult result = terminal.sends(Instant.parse("2006-04-09T00:00:00Z"), SOS);

        assertThat(result).isEqualTo(StoreResult.SUSPECT);
        JsonNode alert = terminal.awaitAlerts(1).getFirst();
        assertThat(Instant.parse(alert.path("since").asString())).isAfter(start);
    }

    @Test
    void anAcknowledgedEmergencyThatNobodyWasToldOfIsFoundInTheTable() {
        Terminal terminal = new Terminal();
        // As a crash between the commit and the alert leaves it; a start reads again what was stored.
        service.bean(JdbcClient.class)
                .sql("""
                        insert into position (device_no, fix_time, body_hash, receive_time, longitude, latitude,
                            alarms, status, flags) values (:device, :at, 1, :at, 121.47, 31.23, 1, 2, 0)""")
                .param("device", terminal.deviceNo)
                .param("at", Timestamp.from(Instant.now().minusSeconds(5)))
                .update();

        service.bean(AlarmWatch.class).readAgain();

        assertThat(terminal.awaitAlerts(1).getFirst().path("kind").asString()).isEqualTo("sos");
    }

    @Test
    void anAlertThatWasRaisedJustBeforeACrashIsFoundAgainAndEnds() {
        Terminal terminal = new Terminal();
        terminal.reports(0, SOS);
        terminal.awaitAlerts(1);
        JdbcClient jdbc = service.bean(JdbcClient.class);
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("""
                                        update device_alarm set alert_id = null
                                        where device_no = :device and alert_id is not null""").param("device", terminal.deviceNo).update() == 1);

        terminal.reports(10, 0);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(terminal.alarms())
                        .singleElement()
                        .satisfies(
                                alarm -> assertThat(alarm.hasNonNull("alert")).isTrue()));
        await().atMost(PATIENCE).until(() -> terminal.alerts().getFirst().hasNonNull("overtaken"));
        assertThat(terminal.alerts()).hasSize(1);
    }

    @Test
    void anAdministratorDecidesWhichAlarmsBecomeAlerts() {
        JsonNode rule = rule("area-crossed");
        assertThat(rule.hasNonNull("severity")).isFalse();
        Map<String, Object> change = new HashMap<>(Map.of("severity", "info", "holdSeconds", 0, "rejoinSeconds", 60));
        change.put("version", rule.path("version").asInt());

        assertThat(service.call("PATCH", "/api/v1/alarm-rules/area-crossed", change)
                        .status())
                .isEqualTo(200);
        RunningService.Answer stale = service.call("PATCH", "/api/v1/alarm-rules/area-crossed", change);
        assertThat(stale.status()).isEqualTo(409);
        change.put("version", rule.path("version").asInt() + 1);
        change.put("holdSeconds", 4000);
        RunningService.Answer wrong = service.call("PATCH", "/api/v1/alarm-rules/area-crossed", change);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.response().body()).contains("holdSeconds").contains("0 to 3600");

        Terminal terminal = new Terminal();
        terminal.reports(0, LocationAlarm.AREA_CROSSED.mask());
        terminal.reports(10, 0);

        assertThat(terminal.awaitAlerts(1).getFirst().path("severity").asString())
                .isEqualTo("info");
    }

    private JsonNode rule(String alarm) {
        return StreamSupport.stream(
                        service.get("/api/v1/alarm-rules").body().path("items").spliterator(), false)
                .filter(each -> each.path("alarm").asString().equals(alarm))
                .findFirst()
                .orElseThrow();
    }

    /** A terminal of the register whose reports go straight to the store. */
    private final class Terminal {
        private final int deviceNo;
        private final String id;
        private PositionBatch last;

        Terminal() {
            long phone = ThreadLocalRandom.current().nextLong(10_000_000_000L, 19_999_999_999L);
            id = service.call(
                            "POST",
                            "/api/v1/devices",
                            Map.of(
                                    "name",
                                    "巡逻车 " + phone,
                                    "kind",
                                    "vehicle-terminal",
                                    "protocol",
                                    "jt808",
                                    "protocolId",
                                    Long.toString(phone)))
                    .body()
                    .path("id")
                    .asString();
            deviceNo = service.bean(DeviceRegister.class).byId(id).known().no();
        }

        void reports(int second, int alarms) {
            assertThat(sends(start.plusSeconds(second), alarms)).isEqualTo(StoreResult.STORED);
        }

        StoreResult sends(Instant at, int alarms) {
            PositionBatch batch = new PositionBatch(1);
            int row = batch.append(
                    deviceNo, at.toEpochMilli(), Instant.now().toEpochMilli(), at.toEpochMilli() * 31 + alarms);
            batch.place(row, 121.47, 31.23);
            batch.state(row, alarms, 2);
            last = batch;
            return store(batch);
        }

        void sendsAgain() {
            assertThat(store(last)).isEqualTo(StoreResult.DUPLICATE);
        }

        private StoreResult store(PositionBatch batch) {
            CompletableFuture<StoreResult> done = new CompletableFuture<>();
            service.bean(PositionStore.class).accept(batch, back -> done.complete(back.result(0)));
            return done.orTimeout(20, TimeUnit.SECONDS).join();
        }

        List<JsonNode> alerts() {
            List<String> ids = service.bean(JdbcClient.class)
                    .sql("select id::text from alert where device_no = :device order by id")
                    .param("device", deviceNo)
                    .query(String.class)
                    .list();
            return ids.stream()
                    .map(alert -> service.get("/api/v1/alerts/" + alert).body())
                    .toList();
        }

        List<JsonNode> awaitAlerts(int number) {
            return await().atMost(PATIENCE).until(this::alerts, alerts -> alerts.size() == number);
        }

        List<JsonNode> alarms() {
            return alarms("");
        }

        List<JsonNode> alarms(String query) {
            return StreamSupport.stream(page(query).path("items").spliterator(), false)
                    .toList();
        }

        JsonNode page(String query) {
            return service.get("/api/v1/devices/" + id + "/alarms" + query).body();
        }

        /** As if it had been on for so long. */
        void noticedSecondsAgo(int seconds) {
            JdbcClient jdbc = service.bean(JdbcClient.class);
            await().atMost(PATIENCE)
                    .until(() -> jdbc.sql("""
                                            update device_alarm set noticed = now() - make_interval(secs => :seconds)
                                            where device_no = :device""")
                                    .param("seconds", seconds)
                                    .param("device", deviceNo)
                                    .update()
                            == 1);
        }

        int unsettled() {
            return service.bean(JdbcClient.class)
                    .sql("select count(*) from device_alarm where device_no = :device and not settled")
                    .param("device", deviceNo)
                    .query(Integer.class)
                    .single();
        }
    }
}
