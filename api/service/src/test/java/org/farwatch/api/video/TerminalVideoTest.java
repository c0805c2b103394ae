package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.talk.VoiceKind;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.MuLaw;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.farwatch.ingest.simulator.TerminalSpeaker;
import org.farwatch.ingest.simulator.TerminalVideo;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A simulated terminal with cameras: asked over JT/T 808, sent over JT/T 1078, watched and recorded. */
class TerminalVideoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static RunningService service;
    private static EventLoopGroup loops;

    private final People people = new People(service);
    private final String squad = people.squad();
    private final String phone = Long.toString(13_000_000_000L + System.nanoTime() % 900_000_000L);
    private final String device = "jt808-" + phone;
    private TerminalVideo video;
    private TerminalClient terminal;

    @AfterEach
    void leave() {
        if (terminal != null) {
            terminal.close();
        }
    }

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of("farwatch.video.linger", "1s"));
        loops = TerminalClient.newGroup(1);
    }

    @AfterAll
    static void end() {
        service.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void connect(String kind, Layout layout, int recordings) {
        register(kind);
        video = new TerminalVideo(layout, phone, 2, StreetScene::quiet, recordings);
        TerminalSettings settings = TerminalSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("JT/T 808")), layout, phone);
        terminal = new TerminalClient(loops, settings, (_, _) -> {}, video).start();
        await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
        terminal.report(TerminalPosition.at(System.currentTimeMillis(), 121.47, 31.23, 20, 90));
        await().until(() -> terminal.acknowledged() == 1);
    }

    private void register(String kind) {
        assertThat(service.call(
                                "POST",
                                "/api/v1/devices",
                                Map.of(
                                        "id", device,
                                        "name", "沪A" + phone,
                                        "kind", kind,
                                        "protocol", "jt808",
                                        "protocolId", phone,
                                        "squadId", squad))
                        .status())
                .isEqualTo(201);
    }

    private String path(String rest) {
        return "/api/v1/devices/" + device + rest;
    }

    private static JsonNode stream(String id) {
        return service.get("/api/v1/streams/" + id).body();
    }

    private static String state(String id) {
        return stream(id).path("state").asString();
    }

    private static PicturePeer watch(String id) {
        return new PicturePeer(service, id, "admin", RunningService.ADMIN_PASSWORD, "test");
    }

    @Test
    void itsChannelsAreFoundWatchedRecordedAndEnded() {
        connect("vehicle-terminal", Layout.V2019, 0);
        JsonNode found =
                service.call("POST", path("/channels/query"), null).body().path("items");
        assertThat(found).hasSize(2);
        String id = found.get(0).path("streamId").asString();
        assertThat(stream(id).path("sourceUrl").asString()).isEqualTo("jt1078:" + device + "/1");
        assertThat(state(id)).isEqualTo("idle");
        assertThat(video.orders()).isEmpty();

        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
            assertThat(state(id)).isEqualTo("live");
            assertThat(stream(id).path("codec").asString()).startsWith("avc1");
            int version = stream(id).path("version").asInt();
            service.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, "record", true));
            await().atMost(PATIENCE)
                    .until(() -> !service.get("/api/v1/streams/" + id + "/segments")
                            .body()
                            .path("items")
                            .isEmpty());
            await().atMost(PATIENCE).until(() -> video.loss() == 0);
        }
        int version = stream(id).path("version").asInt();
        service.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, "record", false));
        await().atMost(PATIENCE).until(() -> video.orders().contains("9102 1 0"));
        await().atMost(PATIENCE).until(() -> state(id).equals("idle") && video.sending() == 0);
        assertThat(video.orders()).containsExactly("9101 1", "9102 1 0");
        assertThat(service.call("POST", path("/channels/query"), null).body().path("items"))
                .as("asked again, there are no others")
                .isEqualTo(found);
    }

    @Test
    void aChannelIsSentInOneQualityAndTheMainOneGoesBefore() {
        connect("vehicle-terminal", Layout.V2019, 0);
        String id = service.call("POST", path("/channels"), Map.of("channel", 1))
                .body()
                .path("streamId")
                .asString();
        assertThat(stream(id).path("subSourceUrl").asString()).isEqualTo("jt1078:" + device + "/1?stream=sub");
        try (PicturePeer small = PicturePeer.of(service, id, "sub")) {
            await().atMost(PATIENCE).until(() -> small.pieces().size() > 3);
            assertThat(small.quality()).isEqualTo("sub");
            assertThat(video.orders()).containsExactly("9101 1 sub");
            try (PicturePeer whole = PicturePeer.of(service, id, "main")) {
                await().atMost(PATIENCE)
                        .until(() ->
                                whole.pieces().size() > 3 && small.quality().equals("main"));
                assertThat(whole.quality()).isEqualTo("main");
                assertThat(video.orders()).containsExactly("9101 1 sub", "9102 1 0", "9101 1");
                assertThat(whole.texts())
                        .as("nobody is refused: %s", whole.texts())
                        .noneMatch(text -> text.path("state").asString("").equals("offline"));
            }
            int pieces = small.pieces().size();
            await().atMost(PATIENCE).until(() -> small.pieces().size() > pieces + 3);
            assertThat(small.closed()).isZero();
        }
        await().atMost(PATIENCE).until(() -> state(id).equals("idle") && video.sending() == 0);
    }

    @Test
    void aChannelIsMadeByHandAndATerminalThatIsAwaySaysSo() {
        register("vehicle-terminal");
        Answer made = service.call("POST", path("/channels"), Map.of("channel", 3, "quality", "sub", "name", "车内"));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        assertThat(made.body().path("quality").asString()).isEqualTo("sub");
        String id = made.body().path("streamId").asString();
        assertThat(stream(id).path("sourceUrl").asString()).isEqualTo("jt1078:" + device + "/3?stream=sub");
        assertThat(stream(id).path("name").asString()).isEqualTo("车内");
        assertThat(service.get(path("/channels")).body().path("items")).containsExactly(made.body());
        try (PicturePeer _ = watch(id)) {
            await().atMost(PATIENCE)
                    .until(() -> stream(id).path("cause").asString("").equals("unreachable"));
            assertThat(stream(id).path("detail").asString()).isEqualTo("the terminal is not connected");
        }
        assertThat(service.call("POST", path("/channels"), Map.of("channel", 300))
                        .status())
                .isEqualTo(400);
        assertThat(service.call("POST", path("/channels/query"), null).status()).isEqualTo(409);
        Answer bad =
                service.call("POST", "/api/v1/streams", Map.of("name", "x", "sourceUrl", "jt1078:" + device + "/0"));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.response().body()).contains("sourceUrl").contains("channel 1 to 255");
        Person stranger = people.with(Role.OPERATOR);
        assertThat(people.call(stranger, "POST", path("/channels"), Map.of("channel", 1))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatATerminalHasRecordedIsListedNewestFirst() {
        // More than one message carries: the terminal sends its list in packages.
        connect("vehicle-terminal", Layout.V2013, 100);
        Instant now = Instant.now();
        Answer listed = service.get(path("/recordings?from=" + now.minusSeconds(86_400) + "&to=" + now));
        assertThat(listed.status()).as(listed.response().body()).isEqualTo(200);
        JsonNode items = listed.body().path("items");
        assertThat(items).hasSize(100);
        assertThat(items.get(0).path("channel").asInt()).isOne();
        assertThat(items.get(0).path("bytes").asLong()).isEqualTo(75_000_000);
        assertThat(Instant.parse(items.get(0).path("from").asString()))
                .isAfter(Instant.parse(items.get(1).path("from").asString()));
        assertThat(service.get(path("/recordings?from=" + now + "&to=" + now)).status())
                .isEqualTo(400);
    }

    @Test
    void theCameraOfSomebodyOffDutyIsNotWatchedAnyMore() {
        connect("body-camera", Layout.V2013, 3);
        String id = service.call("POST", path("/channels"), Map.of("channel", 1))
                .body()
                .path("streamId")
                .asString();
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
            giveToSomebodyOffDuty();
            await().atMost(PATIENCE)
                    .until(() -> stream(id).path("cause").asString("").equals("off-duty"));
            await().atMost(PATIENCE).until(() -> video.orders().contains("9102 1 0"));
            assertThat(state(id)).isEqualTo("offline");
        }
        Instant now = Instant.now();
        assertThat(service.get(path("/recordings?from=" + now.minusSeconds(86_400) + "&to=" + now))
                        .body()
                        .path("items"))
                .as("what it recorded off duty is nobody's business")
                .isEmpty();
    }

    /** How a terminal takes sound, and what it was told. */
    @ParameterizedTest
    @CsvSource({
        "V2019, 6, true,  true,  9101 1 2",
        "V2013, 7, true,  false, 9101 1 2",
        "V2013, 6, false, true,  9101 1 2|9101 1 4"
    })
    void aTerminalIsSpokenToBesideItsPictures(Layout layout, int codec, boolean talks, boolean broadcasts, String told)
            throws Exception {
        connect("vehicle-terminal", layout, 0);
        video.speaker(new TerminalSpeaker(codec, talks, broadcasts));
        String id = service.call("POST", path("/channels"), Map.of("channel", 1))
                .body()
                .path("streamId")
                .asString();
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
            byte[] said = new byte[6 * VoiceCall.PIECE];
            new Random(codec).nextBytes(said);
            try (VoiceCall call = voice(1)) {
                call.open().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                for (int at = 0; at < said.length; at += VoiceCall.PIECE) {
                    assertThat(call.send(Arrays.copyOfRange(said, at, at + VoiceCall.PIECE)))
                            .isTrue();
                }
                await().until(() -> video.spoken().bytes() == said.length);
            }
            assertThat(video.spoken().last()).isEqualTo(codec == 7 ? MuLaw.ofALaw(said) : said);
            assertThat(video.spoken().payloadType()).isEqualTo(codec);
            await().until(() -> video.orders().contains("9102 1 4") && video.speakers() == 0);
            int before = viewer.pieces().size();
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > before + 3);
            assertThat(video.orders())
                    .as("pictures go on as they were begun")
                    .containsExactlyElementsOf(Stream.concat(
                                    Stream.of("9101 1"),
                                    Stream.concat(Stream.of(told.split("\\|", -1)), Stream.of("9102 1 4")))
                            .toList());
        }
    }

    @Test
    void aTerminalThatTakesNoSoundIsNamedAndALostLinkEndsTheCall() throws Exception {
        connect("vehicle-terminal", Layout.V2019, 0);
        VoiceCall standing = voice(2);
        standing.open().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(refusal(2)).contains("is being spoken to");
        video.breakSpeakers();
        assertThat(standing.ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .contains("closed the media link");
        assertThat(standing.send(new byte[VoiceCall.PIECE])).isFalse();

        video.speaker(new TerminalSpeaker(6, false, false));
        assertThat(refusal(2)).contains("two-way talk: ").contains("broadcast: ");
        terminal.cutOff(true);
        await().until(() -> terminal.state() == TerminalClient.State.OFFLINE);
        await().untilAsserted(() -> assertThat(refusal(2)).isEqualTo("the terminal is not connected"));
    }

    @Test
    void aTerminalThatPlaysOnlyAnotherCodecIsRefusedByItsNameAndOneOffDutyIsNotCalled() {
        connect("body-camera", Layout.V2013, 0);
        video.speaker(new TerminalSpeaker(26, true, true));
        assertThat(refusal(1)).contains("adpcm");
        giveToSomebodyOffDuty();
        assertThat(refusal(1)).contains("off duty");
        assertThat(video.orders()).isEmpty();
    }

    private VoiceCall voice(int channel) {
        VoiceKind kind = service.beans(VoiceKind.class).stream()
                .filter(each -> each.scheme().equals("jt1078"))
                .findFirst()
                .orElseThrow();
        return kind.call("jt1078:" + device + "/" + channel);
    }

    private String refusal(int channel) {
        try {
            voice(channel).open().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(PullFailure.class);
            return e.getCause().getMessage();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was opened");
    }

    private void giveToSomebodyOffDuty() {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        long officer = Long.parseLong(people.officer(squad));
        jdbc.sql("""
                        insert into custody (device_no, officer_id, held)
                        select no, :officer, tstzrange(now() - interval '1 day', null) from device where id = :device""").param("officer", officer).param("device", device).update();
        service.bean(RosterBook.class).reread();
    }
}
