package org.farwatch.api.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.farwatch.api.RunningService;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.access.People;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.video.MediaSettings;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceReplies;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A simulated recorder at the whole service: real sockets, real database, real recordings. */
class Gb28181Test {
    private static final String PASSWORD = "common-password";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static RunningService service;
    private static int devices;

    private final List<SimulatedDevice> open = new ArrayList<>();
    private String code;
    private List<String> cameras;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.gb28181.password", PASSWORD,
                "farwatch.gb28181.ptz-idle", "2s",
                "farwatch.gb28181.clock-interval", "1s",
                "farwatch.video.linger", "1s",
                "farwatch.gb28181.streams-per-device", "2"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void close() {
        open.forEach(SimulatedDevice::close);
    }

    @Test
    void aRecordersChannelsBecomeStreamsAndOneIsRecorded() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        JsonNode shown = item(
                "/api/v1/gb28181/devices", node -> node.path("code").asString().equals(code));
        assertThat(shown.path("id").asString()).isEqualTo("gb28181-" + code);
        assertThat(shown.path("online").asBoolean()).isTrue();
        assertThat(shown.path("catalogueWhole").asBoolean()).isTrue();
        assertThat(service.get("/api/v1/devices/gb28181-" + code)
                        .body()
                        .path("kind")
                        .asString())
                .isEqualTo("camera");

        JsonNode channels = service.get("/api/v1/gb28181/devices/gb28181-" + code + "/channels?limit=1")
                .body();
        assertThat(channels.path("items")).hasSize(1);
        assertThat(channels.path("next").isString()).isTrue();
        String stream = channels.path("items").get(0).path("streamId").asString();
        JsonNode made = service.get("/api/v1/streams/" + stream).body();
        assertThat(made.path("channelId").asString()).isEqualTo(cameras.getFirst());
        assertThat(made.path("deviceId").asString()).isEqualTo("gb28181-" + code);
        assertThat(device.streams()).as("nobody looks").isZero();

        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", 1, "record", true))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.get("/api/v1/streams/" + stream)
                                .body()
                                .path("state")
                                .asString())
                        .isEqualTo("live"));
        await().atMost(PATIENCE)
                .until(() -> !service.get("/api/v1/streams/" + stream + "/segments?from="
                                + Instant.now().minusSeconds(600) + "&to="
                                + Instant.now().plusSeconds(600))
                        .body()
                        .path("items")
                        .isEmpty());
        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", 2, "record", false))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> device.streams() == 0);
    }

    @Test
    void anAlarmBecomesOneAlert() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        await().until(() -> device.subscribed("Alarm"));
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(device.alarm(cameras.getFirst(), 5, 6, at)).isEqualTo(200);
        assertThat(device.alarm(cameras.getFirst(), 5, 6, at)).isEqualTo(200);
        String path = "/api/v1/alerts?kind=device-alarm";
        JsonNode alert = item(path, node -> node.path("deviceId").asString().equals("gb28181-" + code));
        assertThat(alert.path("title").asString()).contains("入侵检测");
        assertThat(alert.path("severity").asString()).isEqualTo("critical");
        assertThat(alert.path("streamId").isString()).isTrue();
        assertThat(service.get(path).body().path("items"))
                .filteredOn(node -> node.path("deviceId").asString().equals("gb28181-" + code))
                .hasSize(1);
    }

    /** Its cameras have it from the recorder: one clock is one alert. */
    @Test
    void aRecorderWhoseClockIsEightHoursBehindIsOneAlertThatSaysSo() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        device.clockAhead(Duration.ofHours(-8));
        String path = "/api/v1/alerts?kind=camera-health";
        JsonNode alert = item(path, node -> node.path("deviceId").asString().equals("gb28181-" + code));
        assertThat(alert.path("code").asString()).isEqualTo("camera-clock");
        assertThat(alert.path("title").asString()).endsWith("：摄像机时钟不准，相差 8 小时，可能是时区设置错误");
        assertThat(alert.path("detail").path("args").path("variant").asString()).isEqualTo("zone");
        assertThat(service.get("/api/v1/gb28181/devices/gb28181-" + code + "/channels")
                        .body()
                        .path("items"))
                .hasSize(2)
                .allSatisfy(channel -> assertThat(service.get("/api/v1/streams/"
                                        + channel.path("streamId").asString())
                                .body()
                                .path("clockOffset")
                                .asDouble())
                        .isBetween(-28_802.0, -28_798.0));
        assertThat(service.get(path).body().path("items"))
                .filteredOn(node -> node.path("deviceId").asString().equals("gb28181-" + code))
                .hasSize(1);
    }

    @Test
    void aPositionIsStored() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(device.position(at, 121.4, 31.2)).isEqualTo(200);
        JsonNode stored = service.get("/api/v1/devices/gb28181-" + code + "/positions?from=" + at.minusSeconds(5)
                        + "&to=" + at.plusSeconds(5))
                .body()
                .path("items");
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).path("fixTime").asString()).isEqualTo(at.toString());
    }

    @Test
    void aCameraIsMovedByOneAndGoesHomeWhenHeLetsGo() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        String camera = cameras.getFirst();
        String stream = "/api/v1/streams/"
                + service.get("/api/v1/gb28181/devices/gb28181-" + code + "/channels")
                        .body()
                        .path("items")
                        .get(0)
                        .path("streamId")
                        .asString();
        assertThat(service.call("PUT", stream + "/ptz/home", Map.of("version", 1, "preset", 7))
                        .status())
                .isEqualTo(200);
        RunningService.Answer late = service.call("PUT", stream + "/ptz/home", Map.of("version", 1, "preset", 8));
        assertThat(late.status()).isEqualTo(409);
        RunningService.Answer moved = service.call("POST", stream + "/ptz", Map.of("pan", 1));
        assertThat(moved.status()).as(moved.response().body()).isEqualTo(200);
        assertThat(moved.body().path("username").asString()).isEqualTo("admin");
        assertThat(service.call("POST", stream + "/ptz", Map.of("pan", 3)).status())
                .isEqualTo(400);
        assertThat(service.call("POST", stream + "/presets/300/call", null).status())
                .isEqualTo(400);
        assertThat(service.get(stream + "/presets")
                        .body()
                        .path("items")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("门口");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(device.commands())
                        .containsSubsequence(
                                camera + " PTZCmd=A50F0101FF0000B5",
                                camera + " PTZCmd=A50F0100000000B5",
                                camera + " PTZCmd=A50F01820007003E"));
    }

    @Test
    void aLoudspeakerIsSpokenToUnlessWhoeverHoldsItIsOffDuty() throws Exception {
        SimulatedDevice device = registered(PASSWORD);
        String address = "gb28181:" + code + "/" + cameras.getFirst();
        Gb28181Voice voice = service.bean(Gb28181Voice.class);
        try (VoiceCall call = voice.call(address)) {
            call.open().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            byte[] piece = new byte[VoiceCall.PIECE];
            Arrays.fill(piece, (byte) 0xD5);
            assertThat(call.send(piece)).isTrue();
            await().untilAsserted(() -> assertThat(device.heard().last()).isEqualTo(piece));
        }
        await().until(() -> device.speakers() == 0);

        People people = new People(service);
        service.bean(JdbcClient.class)
                .sql("""
                        insert into custody (device_no, officer_id, held)
                        select no, :officer, tstzrange(now() - interval '1 day', null) from device where id = :device""")
                .param("officer", Long.parseLong(people.officer(people.squad())))
                .param("device", "gb28181-" + code)
                .update();
        // What registers by itself is taken for a vehicle's, which belongs to nobody.
        service.bean(JdbcClient.class)
                .sql("update device set kind = 'body-camera' where id = :device")
                .param("device", "gb28181-" + code)
                .update();
        service.bean(DeviceRegister.class).refresh("gb28181-" + code);
        service.bean(RosterBook.class).reread();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(
                        () -> voice.call(address).open().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .satisfies(e ->
                        assertThat(((PullFailure) e.getCause()).offlineCause()).isEqualTo(OfflineCause.OFF_DUTY));
        assertThat(device.asked()).containsOnlyOnce("Broadcast");
    }

    @Test
    void aPasswordOfItsOwnReplacesTheCommonOne() throws IOException {
        registered(PASSWORD);
        String path = "/api/v1/gb28181/devices/gb28181-" + code;
        RunningService.Answer changed = service.call(
                "PUT",
                path,
                Map.of("version", version(path), "password", "only-for-this-one", "mediaTransport", "tcp-passive"));
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.body().path("ownPassword").asBoolean()).isTrue();
        assertThat(changed.response().body()).doesNotContain("only-for-this-one");
        assertThat(device(PASSWORD).register(3600)).isEqualTo(403);
        assertThat(device("only-for-this-one").register(3600)).isEqualTo(200);
        assertThat(service.call("PUT", path, Map.of("version", 0)).status()).isEqualTo(409);

        RunningService.Answer shifted =
                service.call("PUT", path, Map.of("version", version(path), "recordingShiftSeconds", 28_800));
        assertThat(shifted.body().path("recordingShiftSeconds").asInt()).isEqualTo(28_800);
        assertThat(service.call("PUT", path, Map.of("version", version(path), "recordingShiftSeconds", 86_401))
                        .response()
                        .body())
                .contains("recordingShiftSeconds");
    }

    /** Announced as whole, and naming one of two: whoever asked for nothing gets nothing taken away. */
    @Test
    void aCatalogueThatNobodyAskedForTakesNoChannelAway() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        byte[] alone = DeviceReplies.to("Catalog", 0, code, List.of(cameras.getFirst()), 1, 1)
                .getFirst();
        assertThat(device.message(alone)).as("stored").isEqualTo(200);
        assertThat(service.get("/api/v1/gb28181/devices/gb28181-" + code + "/channels")
                        .body()
                        .path("items"))
                .hasSize(2)
                .allSatisfy(channel ->
                        assertThat(channel.path("listed").asBoolean()).isTrue());
    }

    @Test
    void anAlarmedCameraTakesThePlaceOfOneThatNobodyWatches() throws IOException {
        code = "3402000000118%07d".formatted(++devices);
        cameras = List.of("34020000001320090001", "34020000001320090002", "34020000001320090003");
        SimulatedDevice device = device(PASSWORD);
        assertThat(device.register(3600)).isEqualTo(200);
        List<String> streams = new ArrayList<>();
        for (String camera : cameras) {
            streams.add(item(
                            "/api/v1/gb28181/devices/gb28181-" + code + "/channels",
                            node -> node.path("code").asString().equals(camera)
                                    && node.path("streamId").isString())
                    .path("streamId")
                    .asString());
        }
        record(streams.get(0), 1, true);
        record(streams.get(1), 1, true);
        await().atMost(PATIENCE).until(() -> device.streams() == 2);
        assertThat(device.alarm(cameras.get(2), 5, 6, Instant.now().truncatedTo(ChronoUnit.SECONDS)))
                .isEqualTo(200);
        record(streams.get(2), 1, true);
        await().atMost(PATIENCE).until(() -> state(streams.get(2)).equals("live"));
        assertThat(device.streams()).isEqualTo(2);
        String waits = await().atMost(PATIENCE)
                .until(
                        () -> streams.subList(0, 2).stream()
                                .filter(stream -> service.get("/api/v1/streams/" + stream)
                                        .body()
                                        .path("cause")
                                        .asString("")
                                        .matches("preempted|unreachable"))
                                .findFirst()
                                .orElse(null),
                        java.util.Objects::nonNull);
        record(streams.get(2), 2, false);
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> state(waits).equals("live"));
        record(streams.get(0), 2, false);
        record(streams.get(1), 2, false);
    }

    @Test
    void aDeviceIsToldToGuardToTakeItsAlarmBackAndToRestart() throws IOException {
        SimulatedDevice device = registered(PASSWORD);
        String path = "/api/v1/gb28181/devices/gb28181-" + code;
        RunningService.Answer guarded = service.call("POST", path + "/guard", Map.of("on", true));
        assertThat(guarded.status()).as(guarded.response().body()).isEqualTo(200);
        assertThat(guarded.body().path("word").asString()).isEqualTo("done");
        assertThat(service.call("POST", path + "/guard", Map.of()).status()).isEqualTo(400);
        assertThat(service.call("POST", path + "/guard", Map.of("on", false)).status())
                .isEqualTo(200);
        assertThat(service.call("POST", path + "/alarm-reset", null).status()).isEqualTo(200);
        assertThat(service.call("POST", path + "/reboot", Map.of("reason", " ")).status())
                .isEqualTo(400);
        assertThat(service.call("POST", path + "/reboot", Map.of("reason", "画面卡住"))
                        .status())
                .isEqualTo(202);
        String stream = service.get(path + "/channels")
                .body()
                .path("items")
                .get(0)
                .path("streamId")
                .asString();
        assertThat(service.call("POST", "/api/v1/streams/" + stream + "/key-picture", null)
                        .status())
                .isEqualTo(202);
        assertThat(service.get(path + "/status").body().path("well").asBoolean())
                .isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(device.commands())
                        .containsExactly(
                                code + " GuardCmd=SetGuard",
                                code + " GuardCmd=ResetGuard",
                                code + " AlarmCmd=ResetAlarm",
                                code + " TeleBoot=Boot",
                                cameras.getFirst() + " IFameCmd=Send"));
        JsonNode audit = item(
                "/api/v1/audit?limit=100",
                node -> node.path("action").asString().equals("reboot"));
        assertThat(audit.path("subjectId").asString()).isEqualTo("gb28181-" + code);
        device.close();
        assertThat(service.call("POST", "/api/v1/gb28181/devices/gb28181-nobody/guard", Map.of("on", true))
                        .status())
                .isEqualTo(404);
    }

    private static void record(String stream, int version, boolean on) {
        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", version, "record", on))
                        .status())
                .isEqualTo(200);
    }

    private static String state(String stream) {
        return service.get("/api/v1/streams/" + stream).body().path("state").asString();
    }

    @Test
    void everyAddressOfTheMachineNeedsOneThatDevicesKnow() {
        MediaSettings none = new MediaSettings(null, "127.0.0.1", 30_000, 30_499);
        assertThatExceptionOfType(StartupFailure.class)
                .isThrownBy(() -> none.advertised("farwatch.gb28181.host", "0.0.0.0"))
                .withMessageContaining("farwatch.media.advertised-address");
        assertThat(none.advertised("farwatch.gb28181.host", "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(new MediaSettings("10.1.2.3", "0.0.0.0", 30_000, 30_499)
                        .advertised("farwatch.gb28181.host", "0.0.0.0"))
                .isEqualTo("10.1.2.3");
    }

    private int version(String path) {
        return item(
                        "/api/v1/gb28181/devices",
                        node -> path.endsWith(node.path("id").asString()))
                .path("version")
                .asInt();
    }

    /** One that is registered and whose channels are streams. */
    private SimulatedDevice registered(String password) throws IOException {
        code = "3402000000118%07d".formatted(++devices);
        cameras = List.of(
                "340200000013200%05d".formatted(devices * 10 + 1), "340200000013200%05d".formatted(devices * 10 + 2));
        SimulatedDevice device = device(password);
        assertThat(device.register(3600)).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.get("/api/v1/gb28181/devices/gb28181-" + code + "/channels")
                                .body()
                                .path("items"))
                        .hasSize(2)
                        .allSatisfy(channel ->
                                assertThat(channel.path("streamId").isString()).isTrue()));
        return device;
    }

    private SimulatedDevice device(String password) throws IOException {
        SimulatedDevice device = new SimulatedDevice(
                DeviceTraits.proper(code, password, cameras),
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                () -> StreetScene.quiet(1));
        open.add(device);
        return device;
    }

    /** The first item of a list that is as wanted, once there is one. */
    private static JsonNode item(String path, Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            for (JsonNode node : service.get(path).body().path("items")) {
                                if (wanted.test(node)) {
                                    return node;
                                }
                            }
                            return null;
                        },
                        found -> found != null);
    }
}
