package org.farwatch.api.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.browser.Browser;
import org.farwatch.api.requirements.Proves;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talking and shouting through the whole service: from a socket and from a browser to simulated devices. */
class TalkPathTest {
    private static final String PASSWORD = "common-password";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    private static RunningService service;
    private static People people;
    private static int devices;

    private final List<SimulatedDevice> open = new ArrayList<>();
    private final List<TalkPeer> peers = new ArrayList<>();

    /** A device with one camera, and the stream of that. */
    private record House(SimulatedDevice device, String stream) {}

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.gb28181.password", PASSWORD,
                "farwatch.gb28181.speak-timeout", "15s",
                "farwatch.talk.longest", "1m"));
        people = new People(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void close() {
        peers.forEach(TalkPeer::close);
        open.forEach(SimulatedDevice::close);
    }

    @Test
    void whatIsSaidIntoASocketComesOutOfTheDevice() throws IOException {
        House house = house(Loudspeaker.PROPER);
        Person operator = people.with(Role.OPERATOR);
        TalkPeer peer = peer(operator, "/streams/" + house.stream() + "/talk?purpose=dispatch");
        await().atMost(PATIENCE).until(() -> peer.told(house.stream(), "open") != null);
        byte[] said = sound(15);
        peer.say(Arrays.copyOf(said, 1_000));
        peer.say(new byte[TalkSocket.MOST + 1]);
        peer.say(Arrays.copyOfRange(said, 1_000, said.length));
        peer.hangUp();

        await().atMost(PATIENCE).until(() -> house.device().heard().bytes() >= said.length);
        assertThat(house.device().heard().last()).isEqualTo(said);
        await().atMost(PATIENCE).until(() -> house.device().speakers() == 0);
        JsonNode logged = ended(house.stream());
        assertThat(logged.path("kind").asString()).isEqualTo("talk");
        assertThat(logged.path("outcome").asString()).isEqualTo("done");
        assertThat(logged.path("seconds").asDouble()).isEqualTo(0.3);
        assertThat(logged.path("user").asString()).isEqualTo(operator.username());
        assertThat(logged.path("purpose").asString()).isEqualTo("dispatch");
    }

    @Test
    void oneSpeaksAndTheOthersLearnWho() throws IOException {
        House house = house(Loudspeaker.PROPER);
        String path = "/streams/" + house.stream() + "/talk?purpose=inspection";
        TalkPeer inspector = peer(people.with(Role.INSPECTOR), path);
        await().atMost(PATIENCE).until(() -> inspector.told(house.stream(), "open") != null);
        Person first = people.with(Role.OPERATOR);
        TalkPeer operator = peer(first, path);
        await().atMost(PATIENCE).until(() -> inspector.told(house.stream(), "ended") != null);
        assertThat(inspector.told(house.stream(), "ended").path("outcome").asString())
                .isEqualTo("taken-over");
        TalkPeer late = peer(people.with(Role.OPERATOR), path);
        await().atMost(PATIENCE).until(() -> late.told(house.stream(), "ended") != null);
        JsonNode told = late.told(house.stream(), "ended");
        assertThat(told.path("status").asInt()).isEqualTo(409);
        assertThat(told.path("holder").path("username").asString()).isEqualTo(first.username());
        await().atMost(PATIENCE).until(() -> operator.told(house.stream(), "open") != null);

        house.device().hangUpSpeakers();
        await().atMost(PATIENCE).until(() -> operator.told(house.stream(), "ended") != null);
        assertThat(operator.told(house.stream(), "ended").path("outcome").asString())
                .isEqualTo("hung-up");
    }

    @Test
    void nobodySpeaksWithoutRoleScopeAndPurpose() throws IOException {
        House house = house(Loudspeaker.PROPER);
        String talk = "/streams/" + house.stream() + "/talk";
        String own = people.squad();
        for (Person stranger : List.of(
                people.with(Role.LEGAL_REVIEWER),
                people.with(Role.ADMINISTRATOR),
                people.with(Set.of(Role.SQUAD_LEADER), Set.of(own)),
                people.with(Set.of(Role.OPERATOR), Set.of(own)))) {
            refused(stranger, talk + "?purpose=dispatch");
        }
        Person operator = people.with(Role.OPERATOR);
        refused(operator, talk);
        refused(operator, talk + "?purpose=%20");
        refused(operator, "/streams/0/talk?purpose=dispatch");
        refused(operator, "/shouts/live?purpose=dispatch");
        assertThat(house.device().speakers()).isZero();
        assertThat(shouts("streamId=" + house.stream()).path("count").asInt()).isZero();
    }

    @Test
    @Proves(value = "R013", screen = "/video/shouts", api = "POST /shouts")
    void anAnnouncementIsShoutedByTheDevicesThatTakeItAndEachOutcomeIsKept() throws Exception {
        House good = house(Loudspeaker.PROPER);
        House refusing = house(Loudspeaker.PROPER.told(Loudspeaker.Broadcast.REFUSES));
        Person operator = people.with(Role.OPERATOR);
        String clip = announcement(operator, "劝离", wav(1)).path("id").asString();
        long alert = alert(good.stream());
        RunningService.Answer made = people.call(
                operator,
                "POST",
                "/api/v1/shouts",
                Map.of(
                        "streams",
                        List.of(good.stream(), refusing.stream()),
                        "clip",
                        clip,
                        "times",
                        2,
                        "purpose",
                        "无序设摊劝离",
                        "alertId",
                        Long.toString(alert)));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        assertThat(made.body().path("items")).hasSize(2);

        JsonNode said = ended(good.stream());
        assertThat(said.path("outcome").asString()).isEqualTo("done");
        assertThat(said.path("announcement").asString()).isEqualTo("劝离");
        assertThat(said.path("seconds").asDouble()).isEqualTo(2);
        assertThat(good.device().heard().bytes()).isEqualTo(2 * VoiceCall.RATE);
        JsonNode not = ended(refusing.stream());
        assertThat(not.path("outcome").asString()).isEqualTo("refused");
        assertThat(not.path("reason").asString()).isNotBlank();
        assertThat(not.path("batch")).isEqualTo(said.path("batch"));
        JsonNode ofAlert = shouts("alertId=" + alert);
        assertThat(ofAlert.path("count").asInt()).isEqualTo(2);
        assertThat(ofAlert.path("heard").asInt()).isEqualTo(1);

        Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        assertThat(people.get(stranger, "/api/v1/shouts").body().path("count").asInt())
                .isZero();
    }

    @Test
    void whatIsNoAnnouncementIsRefusedNamingTheField() throws Exception {
        Person operator = people.with(Role.OPERATOR);
        assertThat(announcement(operator, "一", "hello, no sound".getBytes(StandardCharsets.UTF_8))
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("file");
        assertThat(announcement(operator, "二", wav(61)).path("detail").asString())
                .contains("at most 60 seconds");
        JsonNode made = announcement(operator, "三", wav(1));
        assertThat(made.path("seconds").asDouble()).isEqualTo(1);
        assertThat(announcement(operator, "三", wav(1))
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("name");
        String path = "/api/v1/announcements/" + made.path("id").asString();
        assertThat(people.get(operator, path + "/sound").response().headers().firstValue("Content-Type"))
                .contains("audio/wav");
        assertThat(people.call(operator, "DELETE", path + "?version=2", null).status())
                .isEqualTo(409);
        assertThat(people.call(operator, "DELETE", path + "?version=1", null).status())
                .isEqualTo(204);
        RunningService.Answer gone = people.call(
                operator,
                "POST",
                "/api/v1/shouts",
                Map.of("streams", List.of("1"), "clip", made.path("id").asString(), "purpose", "x"));
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.body().path("errors").get(0).path("field").asString()).isEqualTo("clip");
    }

    @Test
    void theButtonOnThePictureIsHeardAtTheDevice() throws Exception {
        House gate = house(Loudspeaker.PROPER);
        House yard = house(Loudspeaker.PROPER);
        announcement(people.with(Role.OPERATOR), "请勿占道经营", wav(2));
        try (Browser browser = Browser.withMicrophone()) {
            Page page = browser.page(service, 1920, 1080, "zh-CN");
            page.context().grantPermissions(List.of("microphone"));
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();
            page.navigate("/video?layout=4&cells=" + gate.stream() + "," + yard.stream());
            page.getByTestId("purpose-verify-alert").click();
            page.getByTestId("purpose").waitFor(hidden());
            Locator cell = page.getByTestId("wall-cell").first();
            assertThat(cell.getByTestId("live-picture")).hasAttribute("data-phase", "playing");

            // Clicked it stays down until the next click; the browser's own microphone beeps.
            cell.hover();
            cell.getByTestId("talk").click();
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "open");
            await().atMost(PATIENCE).until(() -> gate.device().heard().bytes() > 2 * VoiceCall.RATE);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("talk-zh.png")));
            cell.getByTestId("talk").click();
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "idle");
            await().atMost(PATIENCE).until(() -> gate.device().speakers() == 0);
            byte[] heard = gate.device().heard().last();
            assertThat(loudest(heard)).as("and it is no silence").isGreaterThan(1_000);
            assertThat(ended(gate.stream()).path("outcome").asString()).isEqualTo("done");

            // By keys: T on the chosen picture, and Space while it is held.
            cell.focus();
            page.keyboard().press("t");
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "open");
            page.keyboard().press("t");
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "idle");
            cell.getByTestId("talk").focus();
            long before = gate.device().heard().bytes();
            page.keyboard().down(" ");
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "open");
            // Longer than a click.
            await().atMost(PATIENCE).until(() -> gate.device().heard().bytes() > before + VoiceCall.RATE / 2);
            page.keyboard().up(" ");
            assertThat(cell.getByTestId("speak")).hasAttribute("data-state", "idle");

            // Both of the wall at once, by a recording; then the log.
            page.getByTestId("shout").click();
            page.getByTestId("announcement-请勿占道经营").check();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("shout-dialog-zh.png")));
            page.getByTestId("shout-send").click();
            assertThat(page.getByTestId("outcomes").getByText("已播出")).hasCount(2);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("shout-outcomes-zh.png")));
            page.getByTestId("shout-dialog").getByText("喊话记录").click();
            JsonNode all = shouts("");
            assertThat(page.getByTestId("shout-count"))
                    .hasText("喊话 %d 次，接通 %d 次"
                            .formatted(
                                    all.path("count").asInt(), all.path("heard").asInt()));
            assertThat(page.getByText("请勿占道经营")).hasCount(3);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("shouts-zh.png")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private House house(Loudspeaker speaker) throws IOException {
        int number = ++devices;
        String code = "3402000000118%07d".formatted(number);
        String camera = "340200000013200%05d".formatted(number);
        SimulatedDevice device = new SimulatedDevice(
                DeviceTraits.proper(code, PASSWORD, List.of(camera)).with(speaker),
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                () -> StreetScene.quiet(1));
        open.add(device);
        assertThat(device.register(3600)).isEqualTo(200);
        String path = "/api/v1/gb28181/devices/gb28181-" + code + "/channels";
        JsonNode channel = await().atMost(PATIENCE)
                .until(
                        () -> service.get(path).body().path("items").path(0),
                        found -> found.path("streamId").isString());
        return new House(device, channel.path("streamId").asString());
    }

    private TalkPeer peer(Person person, String path) {
        TalkPeer peer = new TalkPeer(service, path, person.username(), People.PASSWORD);
        peers.add(peer);
        return peer;
    }

    private void refused(Person person, String path) {
        assertThatThrownBy(() -> peer(person, path))
                .as(person.username() + " " + path)
                .isNotNull();
    }

    private static JsonNode shouts(String query) {
        return service.get("/api/v1/shouts?" + query).body();
    }

    /** The newest shout of a stream, once it has ended. */
    private static JsonNode ended(String stream) {
        return await().atMost(PATIENCE)
                .until(
                        () -> shouts("streamId=" + stream).path("items").path(0),
                        shout -> shout.path("state").asString().equals("ended"));
    }

    private static long alert(String stream) {
        return service.bean(JdbcClient.class)
                .sql("""
                        insert into alert (kind, code, state, severity, raised_at, since, stream_id, title, dedupe)
                        values ('lead', 'stall', 'new', 'warning', now(), now(), :stream, '无序设摊', :dedupe)
                        returning id""")
                .param("stream", Long.valueOf(stream))
                .param("dedupe", People.unique("talk"))
                .query(Long.class)
                .single();
    }

    /** The answer of an upload. */
    private static JsonNode announcement(Person person, String name, byte[] file) throws Exception {
        String boundary = "------------------------boundary";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"name\"\r\n"
                        + "Content-Type: text/plain; charset=UTF-8\r\n\r\n" + name + "\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/announcements"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((person.username() + ":" + People.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, file, tail)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonMapper.builder()
                    .build()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /** Each byte different from its neighbours, each piece from the one before. */
    private static byte[] sound(int pieces) {
        byte[] sound = new byte[pieces * VoiceCall.PIECE];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) (i * 7 + i / VoiceCall.PIECE);
        }
        return sound;
    }

    /** A tone of 8 kHz, 16 bits, one channel. */
    private static byte[] wav(int seconds) {
        int samples = VoiceCall.RATE * seconds;
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        file.putShort((short) 1).putInt(VoiceCall.RATE).putInt(2 * VoiceCall.RATE);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            file.putShort((short) (16_000 * Math.sin(2 * Math.PI * 440 * i / VoiceCall.RATE)));
        }
        return file.array();
    }

    /** Of A-law, of 32,768. */
    private static int loudest(byte[] alaw) {
        int loudest = 0;
        for (byte code : alaw) {
            int plain = (code ^ 0x55) & 0x7F;
            int segment = plain >> 4;
            int magnitude = ((plain & 0xF) << 4) + 8;
            loudest = Math.max(loudest, segment == 0 ? magnitude : magnitude + 0x100 << segment - 1);
        }
        return loudest;
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
    }
}
