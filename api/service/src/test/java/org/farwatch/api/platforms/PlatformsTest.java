package org.farwatch.api.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The service as superior and as subordinate: it forwards a vehicle to itself, as to any city platform. */
class PlatformsTest {
    private static final String LOWER = "/api/v1/platforms/lower";
    private static final String UPWARD = "/api/v1/platforms/upward";
    private static RunningService service;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of());
        jdbc = service.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Map<String, Object> lower(long accessCode) {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "name",
                "北区 " + accessCode,
                "accessCode",
                accessCode,
                "userId",
                7,
                "password",
                "sesame12",
                "encrypted",
                true,
                "keys",
                Map.of("m1", 10_000_000, "ia1", 20_000_000, "ic1", 30_000_000),
                "edition",
                "2011",
                "createsVehicles",
                true,
                "datum",
                "WGS84"));
        wanted.put("enabled", true);
        return wanted;
    }

    private static Map<String, Object> upward(long accessCode, int port, List<String> devices) {
        Map<String, Object> wanted = new HashMap<>(lower(accessCode));
        wanted.keySet().removeAll(List.of("createsVehicles", "datum"));
        wanted.putAll(Map.of(
                "name",
                "市平台 " + accessCode,
                "host",
                "127.0.0.1",
                "port",
                port,
                "deviceIds",
                devices,
                "squadIds",
                List.of()));
        return wanted;
    }

    /** @return its internal number */
    private static int vehicle(String id, String name) {
        Answer made = service.call(
                "POST",
                "/api/v1/devices",
                Map.of(
                        "id",
                        id,
                        "name",
                        name,
                        "kind",
                        "vehicle-terminal",
                        "protocol",
                        "jt808",
                        "protocolId",
                        Long.toString(13_900_000_000L + id.hashCode() % 1_000_000))); // a phone of its own
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        return jdbc.sql("select no from device where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private static void store(int device, long firstFix, int count, int alarms) throws Exception {
        PositionBatch batch = new PositionBatch(count);
        for (int i = 0; i < count; i++) {
            int row = batch.append(device, firstFix + i * 1000L, System.currentTimeMillis(), i);
            batch.place(row, 121.473701, 31.230416);
            batch.motion(row, 12, 36, 90);
            batch.state(row, alarms, 3);
        }
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(batch, done::complete);
        PositionBatch back = done.get(20, TimeUnit.SECONDS);
        assertThat(back.result(0)).isEqualTo(StoreResult.STORED);
    }

    private static long now() {
        return System.currentTimeMillis() / 1000 * 1000;
    }

    private static long arrived(String protocolId) {
        return jdbc.sql("""
                        select count(distinct p.fix_time) from position p join device d on d.no = p.device_no
                        where d.protocol = 'jt809' and d.protocol_id = :id""").param("id", protocolId).query(Long.class).single();
    }

    private static JsonNode state(String path, String id) {
        for (JsonNode item : service.get(path).body().get("items")) {
            if (item.get("id").asString().equals(id)) {
                return item.get("state");
            }
        }
        throw new AssertionError("no " + id + " in " + path);
    }

    @Test
    void aChosenVehicleIsForwardedInRealTimeAndWhatTheLinkMissedIsReplayed() throws Exception {
        int device = vehicle("car-1", "执法车 沪A·12345");
        String there = service.call("POST", LOWER, lower(1001)).body().get("id").asString();
        // A port at which nobody listens: the link is down, and what is stored waits.
        Map<String, Object> wanted = upward(1001, 1, List.of("car-1"));
        JsonNode link = service.call("POST", UPWARD, wanted).body();
        String id = link.get("id").asString();
        await().until(() -> !state(UPWARD, id).path("lastError").asString("").isEmpty());
        store(device, now() - 600_000, 300, 0);
        assertThat(state(UPWARD, id).get("waiting").asLong()).isEqualTo(300);
        assertThat(service.get("/actuator/health").body().get("status").asString())
                .isEqualTo("UP");

        wanted.put("port", service.port("JT/T 809"));
        wanted.put("version", 1);
        wanted.remove("password");
        wanted.remove("keys");
        assertThat(service.call("PUT", UPWARD + "/" + id, wanted).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> arrived("1001-9-沪A12345") == 300);
        store(device, now(), 5, 1);
        await().until(() -> arrived("1001-9-沪A12345") == 305);
        await().untilAsserted(() -> {
            assertThat(state(UPWARD, id).get("waiting").asLong()).isZero();
            assertThat(state(UPWARD, id).get("delivered").asLong()).isEqualTo(305);
        });
        assertThat(state(UPWARD, id).get("connectedSince").asString()).isNotBlank();
        assertThat(state(LOWER, there).get("positions").asLong()).isEqualTo(305);
        assertThat(state(LOWER, there).get("connectedSince").asString()).isNotBlank();
        assertThat(jdbc.sql("""
                        select distinct p.alarms from position p join device d on d.no = p.device_no
                        where d.protocol_id = '1001-9-沪A12345' order by 1""").query(Integer.class).list()).containsExactly(0, 1);
    }

    @Test
    void whatIsNotChosenHasNoPlateOrIsADuplicateIsNotQueued() throws Exception {
        int chosen = vehicle("car-2", "沪B22222");
        int other = vehicle("car-3", "沪B33333");
        vehicle("car-4", "对讲机 4");
        JsonNode link = service.call("POST", UPWARD, upward(1002, 1, List.of("car-2", "car-4")))
                .body();
        String id = link.get("id").asString();
        long fix = now();
        store(chosen, fix, 3, 0);
        PositionBatch again = new PositionBatch(1);
        again.append(chosen, fix, System.currentTimeMillis(), 0);
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(again, done::complete);
        assertThat(done.get(20, TimeUnit.SECONDS).result(0)).isEqualTo(StoreResult.DUPLICATE);
        store(other, fix, 3, 0);
        assertThat(state(UPWARD, id).get("waiting").asLong()).isEqualTo(3);
        assertThat(state(UPWARD, id).get("vehicles").asInt()).isEqualTo(1);
        assertThat(state(UPWARD, id).get("withoutPlate")).hasSize(1);
        assertThat(service.call("DELETE", UPWARD + "/" + id + "?version=1", null)
                        .status())
                .isEqualTo(204);
        assertThat(jdbc.sql("select count(*) from upward_queue where link_id = :id")
                        .param("id", Long.parseLong(id))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** An officer's positions off duty are sealed by the store, and so is nothing of them in the queue. */
    @Test
    void sealedPositionsAreNeverQueued() throws Exception {
        int device = vehicle("car-5", "沪B55555");
        String id = service.call("POST", UPWARD, upward(1003, 1, List.of("car-5")))
                .body()
                .get("id")
                .asString();
        var settings = service.bean(org.farwatch.api.telemetry.TelemetrySettings.class);
        try (PositionStore store = new PositionStore(
                service.bean(org.farwatch.api.database.DatabaseServer.class).unpooled("sealed"),
                settings,
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                (_, fixTime) -> fixTime % 2000 == 0 ? 1 : 0,
                List.of(),
                service.bean(ForwardedVehicles.class),
                java.time.Clock.systemUTC())) {
            PositionBatch batch = new PositionBatch(10);
            long even = now() / 2000 * 2000;
            for (int i = 0; i < 10; i++) {
                batch.append(device, even - i * 1000L, System.currentTimeMillis(), i);
            }
            CompletableFuture<PositionBatch> done = new CompletableFuture<>();
            store.accept(batch, done::complete);
            done.get(20, TimeUnit.SECONDS);
        }
        assertThat(state(UPWARD, id).get("waiting").asLong()).isEqualTo(5);
    }

    @Test
    void aWrongPasswordIsSaidInWordsOnBothSides() {
        assertThat(service.call("POST", LOWER, lower(1004)).status()).isEqualTo(201);
        Map<String, Object> wanted = upward(1004, service.port("JT/T 809"), List.of());
        wanted.put("password", "wrong");
        String id = service.call("POST", UPWARD, wanted).body().get("id").asString();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(state(UPWARD, id).path("lastError").asString(""))
                                .isEqualTo("the login was refused: WRONG_PASSWORD"));
        String lower = jdbc.sql("select id from lower_platform where access_code = 1004")
                .query(String.class)
                .single();
        assertThat(state(LOWER, lower).path("lastError").asString("")).contains("the password is wrong");
    }

    @Test
    void whatIsWrongIsNamedSecretsAreNeverShownAndVersionsCount() {
        Map<String, Object> wanted = lower(1005);
        wanted.remove("password");
        assertRefused(service.call("POST", LOWER, wanted), "password must be given for a new platform");
        wanted = lower(1005);
        wanted.remove("keys");
        assertRefused(service.call("POST", LOWER, wanted), "keys must be given where bodies are encrypted");
        wanted = lower(1005);
        wanted.put("edition", "2015");
        assertRefused(service.call("POST", LOWER, wanted), "edition");
        Answer made = service.call("POST", LOWER, lower(1005));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().toString()).doesNotContain("sesame12").doesNotContain("30000000");
        assertRefused(service.call("POST", LOWER, lower(1005)), "accessCode belongs to another platform: 1005");
        String id = made.body().get("id").asString();
        wanted = lower(1005);
        wanted.put("version", 1);
        assertThat(service.call("PUT", LOWER + "/" + id, wanted).status()).isEqualTo(200);
        Answer late = service.call("PUT", LOWER + "/" + id, wanted);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().get("version").asInt()).isEqualTo(2);
        Map<String, Object> up = upward(1005, 1, List.of("nobody"));
        assertRefused(service.call("POST", UPWARD, up), "deviceIds names no device: nobody");
        up = upward(1005, 1, List.of());
        up.put("downPort", 7900);
        assertRefused(service.call("POST", UPWARD, up), "downAddress must be given with the other");
        assertThat(jdbc.sql("select count(*) from audit_log where subject in ('lower-platform', 'upward-link')"
                                + " and (before::text || after::text) like '%sesame12%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static void assertRefused(Answer answer, String reason) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(reason);
    }
}
