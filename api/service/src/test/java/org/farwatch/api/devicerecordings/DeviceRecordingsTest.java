package org.farwatch.api.devicerecordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.farwatch.ingest.simulator.TerminalVideo;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory.Stretch;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A simulated recorder and a simulated terminal: what they recorded is listed, watched and fetched. */
class DeviceRecordingsTest {
    private static final String PASSWORD = "common-password";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static RunningService service;
    private static EventLoopGroup loops;
    private static int devices;

    /** Whole seconds, as both protocols have them. */
    private final Instant base = Instant.now().minus(Duration.ofHours(30)).truncatedTo(ChronoUnit.MINUTES);

    private SimulatedDevice recorder;
    private TerminalClient terminal;
    private TerminalVideo video;
    private String deviceId;

    @AfterEach
    void leave() {
        if (recorder != null) {
            recorder.close();
        }
        if (terminal != null) {
            terminal.close();
        }
    }

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.gb28181.password",
                PASSWORD,
                "farwatch.gb28181.media-transport",
                "tcp-passive",
                "farwatch.device-recordings.download-speed",
                "8",
                "farwatch.device-recordings.terminal-speed",
                "8"));
        loops = TerminalClient.newGroup(1);
    }

    @AfterAll
    static void end() {
        service.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** @return the stream of its camera */
    private String recorder(DeviceMemory memory) throws IOException {
        String code = "3402000000118%07d".formatted(500 + ++devices);
        String camera = "3402000000132%07d".formatted(500 + devices);
        recorder = new SimulatedDevice(
                DeviceTraits.proper(code, PASSWORD, List.of(camera)),
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                () -> StreetScene.quiet(1));
        recorder.remember(memory);
        assertThat(recorder.register(3600)).isEqualTo(200);
        deviceId = "gb28181-" + code;
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            JsonNode items = service.get("/api/v1/gb28181/devices/" + deviceId + "/channels")
                                    .body()
                                    .path("items");
                            return items.isEmpty()
                                    ? ""
                                    : items.get(0).path("streamId").asString("");
                        },
                        id -> !id.isEmpty());
    }

    /** @return the stream of its first channel */
    private String terminal(String kind, String squad) {
        String phone = Long.toString(13_000_000_000L + System.nanoTime() % 900_000_000L);
        deviceId = "jt808-" + phone;
        assertThat(service.call(
                                "POST",
                                "/api/v1/devices",
                                Map.of(
                                        "id", deviceId,
                                        "name", "沪A" + phone,
                                        "kind", kind,
                                        "protocol", "jt808",
                                        "protocolId", phone,
                                        "squadId", squad))
                        .status())
                .isEqualTo(201);
        video = new TerminalVideo(Layout.V2019, phone, 1, StreetScene::quiet, 3);
        terminal = new TerminalClient(
                        loops,
                        TerminalSettings.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("JT/T 808")),
                                Layout.V2019,
                                phone),
                        (_, _) -> {},
                        video)
                .start();
        await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
        terminal.report(TerminalPosition.at(System.currentTimeMillis(), 121.47, 31.23, 20, 90));
        await().until(() -> terminal.acknowledged() == 1);
        return service.call("POST", "/api/v1/devices/" + deviceId + "/channels", Map.of("channel", 1))
                .body()
                .path("streamId")
                .asString();
    }

    private static String path(String stream, String rest) {
        return "/api/v1/streams/" + stream + "/device-recordings" + rest;
    }

    private static JsonNode list(String stream, Instant from, Instant to) {
        Answer answer = service.get(path(stream, "?from=" + from + "&to=" + to));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body().path("items");
    }

    /** Fetches and waits. @return the job at its end */
    private static JsonNode fetch(String stream, Instant from, Instant to) {
        Answer asked =
                service.call("POST", path(stream, "/fetch"), Map.of("from", from, "to", to, "purpose", "complaint/7"));
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(202);
        String job = "/api/v1/jobs/" + asked.body().path("id").asString();
        return await().atMost(PATIENCE).until(() -> service.get(job).body(), one -> one.hasNonNull("finishedAt"));
    }

    private static JsonNode segments(String stream, Instant from, Instant to) {
        return service.get("/api/v1/streams/" + stream + "/segments?from=" + from + "&to=" + to)
                .body()
                .path("items");
    }

    private static JsonNode coverage(String stream, Instant from, Instant to) {
        return service.get("/api/v1/streams/" + stream + "/coverage?from=" + from + "&to=" + to)
                .body();
    }

    @Test
    void whatARecorderHasIsListedAndWatchedOverAHole() throws IOException {
        String stream = recorder(DeviceMemory.of(
                new Stretch(base, base.plusSeconds(60)), new Stretch(base.plusSeconds(300), base.plusSeconds(304))));
        JsonNode items = list(stream, base.minusSeconds(60), base.plusSeconds(600));
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("start").asString()).isEqualTo(base.toString());
        assertThat(items.get(0).path("bytes").asLong()).isEqualTo(7_500_000);
        assertThat(items.get(0).path("recorded").asString()).isEqualTo("none");
        assertThat(service.get(path(stream, "?from=" + base + "&to=" + base)).status())
                .isEqualTo(400);

        try (PlayPeer viewer = new PlayPeer(service, stream, base.plusSeconds(20), base.plusSeconds(600))) {
            await().atMost(PATIENCE).until(() -> viewer.state().equals("playing") && viewer.pieces() > 3);
            assertThat(viewer.starts()).containsExactly(base.plusSeconds(20));
            try (PlayPeer second = new PlayPeer(service, stream, base, base.plusSeconds(60))) {
                await().atMost(PATIENCE).until(() -> second.closed() == 1013);
            }

            viewer.order("{\"pause\": true}");
            await().atMost(PATIENCE).until(() -> viewer.state().equals("paused"));
            int before = viewer.pieces();
            await().during(Duration.ofSeconds(1)).until(() -> viewer.pieces() <= before + 3);
            viewer.order("{\"resume\": true}");
            await().atMost(PATIENCE).until(() -> viewer.state().equals("playing") && viewer.pieces() > before + 5);

            viewer.order("{\"seek\": \"" + base.plusSeconds(40) + "\"}");
            await().atMost(PATIENCE).until(() -> viewer.starts().contains(base.plusSeconds(40)));
            viewer.order("{\"speed\": 16}");
            await().atMost(PATIENCE).until(() -> viewer.last().path("speed").asDouble() > 15);
            await().atMost(PATIENCE).until(() -> viewer.state().equals("ended"));
            // A viewer too slow for sixteen misses pictures, not what hour they are of.
            assertThat(viewer.starts().getLast())
                    .as("what follows the hole")
                    .isBetween(base.plusSeconds(300), base.plusSeconds(303));
            assertThat(viewer.last().path("reason").asString()).isEqualTo("end");
            viewer.order("{\"speed\": 100}");
            await().atMost(PATIENCE)
                    .until(() -> viewer.texts().stream()
                            .anyMatch(one -> one.path("error").asString("").contains("0.25 to 16.0, was 100.0")));
            // At the single speed: one who is too slow for sixteen misses where it begins.
            viewer.order("{\"speed\": 1}");
            viewer.order("{\"seek\": \"" + base.plusSeconds(30) + "\"}");
            await().atMost(PATIENCE).until(() -> viewer.starts().getLast().equals(base.plusSeconds(30)));
        }
        await().atMost(PATIENCE).until(() -> recorder.streams() == 0);
        assertThat(service.get("/api/v1/view-log?limit=50").response().body())
                .contains("device-recording")
                .contains(base.plusSeconds(20).toString());
    }

    @Test
    void whatIsFetchedClosesTheGapOnceAndSaysThatItIsLate() throws Exception {
        Instant to = base.plusSeconds(20);
        String stream = recorder(DeviceMemory.of(new Stretch(base, to)));
        assertThat(service.call("POST", "/api/v1/requirements", Map.of("streamId", stream, "from", base, "to", to))
                        .status())
                .isEqualTo(201);
        assertThat(coverage(stream, base, to).path("gaps")).hasSize(1);

        JsonNode first = fetch(stream, base.plusSeconds(5), base.plusSeconds(12));
        assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("done");
        assertThat(first.path("result").path("seconds").asInt()).isEqualTo(7);
        await().atMost(PATIENCE)
                .until(() -> coverage(stream, base, to).path("recordedSeconds").asDouble() > 6.5);
        assertThat(list(stream, base, to).get(0).path("recorded").asString()).isEqualTo("part");

        JsonNode rest = fetch(stream, base, to);
        assertThat(rest.path("state").asString()).as(rest.toString()).isEqualTo("done");
        assertThat(rest.path("result").path("stretches")).hasSize(2);
        assertThat(rest.path("result").path("late").asBoolean()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> coverage(stream, base, to).path("recordedSeconds").asDouble() > 19);
        JsonNode segments = segments(stream, base.minusSeconds(5), to.plusSeconds(5));
        assertThat(segments).hasSize(3);
        assertThat(Instant.parse(segments.get(0).path("start").asString())).isEqualTo(base);
        for (int i = 1; i < segments.size(); i++) {
            assertThat(Instant.parse(segments.get(i).path("start").asString()))
                    .as("nothing is stored twice")
                    .isCloseTo(
                            Instant.parse(segments.get(i - 1).path("end").asString()), within(300, ChronoUnit.MILLIS));
        }
        JsonNode again = fetch(stream, base, to);
        assertThat(again.path("state").asString()).isEqualTo("done");
        assertThat(segments(stream, base.minusSeconds(5), to.plusSeconds(5))).hasSize(3);
    }

    @Test
    void aDeviceThatGoesAwayInTheMiddleLeavesNothing() throws IOException {
        String stream = recorder(DeviceMemory.of(new Stretch(base, base.plusSeconds(600))));
        Answer asked = service.call("POST", path(stream, "/fetch"), Map.of("from", base, "to", base.plusSeconds(600)));
        String job = "/api/v1/jobs/" + asked.body().path("id").asString();
        await().atMost(PATIENCE)
                .until(() -> service.get(job).body().path("done").asInt() > 1);
        recorder.hangUp();
        JsonNode failed =
                await().atMost(PATIENCE).until(() -> service.get(job).body(), one -> one.hasNonNull("finishedAt"));
        assertThat(failed.path("state").asString()).isEqualTo("failed");
        assertThat(failed.path("message").asString())
                .contains("nothing is stored")
                .contains("ended");
        assertThat(segments(stream, base, base.plusSeconds(600))).isEmpty();

        Answer second = service.call("POST", path(stream, "/fetch"), Map.of("from", base, "to", base.plusSeconds(600)));
        String cancelled = "/api/v1/jobs/" + second.body().path("id").asString();
        await().atMost(PATIENCE)
                .until(() -> service.get(cancelled).body().path("done").asInt() > 1);
        service.call("POST", cancelled + "/cancel", null);
        await().atMost(PATIENCE)
                .until(() ->
                        service.get(cancelled).body().path("state").asString().equals("cancelled"));
        await().atMost(PATIENCE).until(() -> recorder.streams() == 0);
        assertThat(segments(stream, base, base.plusSeconds(600))).isEmpty();
    }

    @Test
    void aTerminalsRecordingIsWatchedAndFetched() {
        String stream = terminal("vehicle-terminal", new People(service).squad());
        Instant now = Instant.now();
        JsonNode items = list(stream, now.minusSeconds(3_600), now);
        assertThat(items).hasSize(3);
        Instant from = Instant.parse(items.get(0).path("start").asString()).plusSeconds(60);
        try (PlayPeer viewer = new PlayPeer(service, stream, from, from.plusSeconds(120))) {
            await().atMost(PATIENCE).until(() -> viewer.pieces() > 3);
            assertThat(viewer.starts()).containsExactly(from);
            viewer.order("{\"pause\": true}");
            await().atMost(PATIENCE).until(() -> viewer.state().equals("paused"));
            viewer.order("{\"seek\": \"" + from.plusSeconds(100) + "\"}");
            await().atMost(PATIENCE).until(() -> viewer.starts().contains(from.plusSeconds(100)));
            viewer.order("{\"speed\": 0.5}");
            await().atMost(PATIENCE)
                    .until(() -> viewer.texts().stream()
                            .anyMatch(one -> one.path("detail").asString("").contains("not 0.5")));
            viewer.order("{\"speed\": 16}");
            await().atMost(PATIENCE).until(() -> viewer.state().equals("ended"));
        }
        await().atMost(PATIENCE).until(() -> video.sending() == 0);
        assertThat(video.orders()).startsWith("9201 1", "9202 1 1", "9202 1 5", "9202 1 0", "9202 1 3");

        JsonNode done = fetch(stream, from, from.plusSeconds(10));
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
        assertThat(done.path("result").path("late").asBoolean()).isFalse();
        await().atMost(PATIENCE)
                .until(() -> segments(stream, from, from.plusSeconds(10)).size() == 1);
    }

    @Test
    void whatWasRecordedOffDutyIsNobodysBusiness() {
        People people = new People(service);
        String squad = people.squad();
        String stream = terminal("body-camera", squad);
        Instant now = Instant.now();
        service.bean(JdbcClient.class)
                .sql("""
                        insert into custody (device_no, officer_id, held)
                        select no, :officer, tstzrange(now() - interval '1 day', null) from device where id = :device""")
                .param("officer", Long.parseLong(people.officer(squad)))
                .param("device", deviceId)
                .update();
        service.bean(RosterBook.class).reread();
        assertThat(list(stream, now.minusSeconds(3_600), now)).isEmpty();
        try (PlayPeer viewer = new PlayPeer(service, stream, now.minusSeconds(600), now)) {
            await().atMost(PATIENCE).until(() -> viewer.state().equals("ended"));
            assertThat(viewer.last().path("reason").asString()).isEqualTo("nothing-recorded");
            assertThat(viewer.pieces()).isZero();
        }
        assertThat(fetch(stream, now.minusSeconds(600), now).path("state").asString())
                .isEqualTo("failed");
    }
}
