package org.farwatch.api.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.browser.Browser;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.talk.TalkHouse.Speaker;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Talking and shouting through the whole service: from a socket and from a browser to simulated devices. */
class TalkPathTest {
    private static final Duration PATIENCE = TalkHouse.PATIENCE;

    private static RunningService service;
    private static People people;
    private static TalkHouse house;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.gb28181.password", TalkHouse.PASSWORD,
                "farwatch.gb28181.speak-timeout", "15s",
                "farwatch.talk.longest", "1m"));
        people = new People(service);
        house = new TalkHouse(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsSaidIntoASocketComesOutOfTheDevice() throws IOException {
        Speaker speaker = house.speaker(Loudspeaker.PROPER);
        Person operator = people.with(Role.OPERATOR);
        TalkPeer peer = house.peer(operator, "/streams/" + speaker.stream() + "/talk?purpose=dispatch");
        await().atMost(PATIENCE).until(() -> peer.told(speaker.stream(), "open") != null);
        byte[] said = Sounds.pieces(15);
        peer.say(Arrays.copyOf(said, 1_000));
        peer.say(new byte[TalkSocket.MOST + 1]);
        peer.say(Arrays.copyOfRange(said, 1_000, said.length));
        peer.hangUp();

        await().atMost(PATIENCE).until(() -> speaker.device().heard().bytes() >= said.length);
        assertThat(speaker.device().heard().last()).isEqualTo(said);
        await().atMost(PATIENCE).until(() -> speaker.device().speakers() == 0);
        JsonNode logged = house.ended(speaker.stream());
        assertThat(logged.path("kind").asString()).isEqualTo("talk");
        assertThat(logged.path("outcome").asString()).isEqualTo("done");
        assertThat(logged.path("seconds").asDouble()).isEqualTo(0.3);
        assertThat(logged.path("user").asString()).isEqualTo(operator.username());
        assertThat(logged.path("purpose").asString()).isEqualTo("dispatch");
    }

    @Test
    void oneSpeaksAndTheOthersLearnWho() throws IOException {
        Speaker speaker = house.speaker(Loudspeaker.PROPER);
        String path = "/streams/" + speaker.stream() + "/talk?purpose=inspection";
        TalkPeer inspector = house.peer(people.with(Role.INSPECTOR), path);
        await().atMost(PATIENCE).until(() -> inspector.told(speaker.stream(), "open") != null);
        Person first = people.with(Role.OPERATOR);
        TalkPeer operator = house.peer(first, path);
        await().atMost(PATIENCE).until(() -> inspector.told(speaker.stream(), "ended") != null);
        assertThat(inspector.told(speaker.stream(), "ended").path("outcome").asString())
                .isEqualTo("taken-over");
        TalkPeer late = house.peer(people.with(Role.OPERATOR), path);
        await().atMost(PATIENCE).until(() -> late.told(speaker.stream(), "ended") != null);
        JsonNode told = late.told(speaker.stream(), "ended");
        assertThat(told.path("status").asInt()).isEqualTo(409);
        assertThat(told.path("holder").path("username").asString()).isEqualTo(first.username());
        await().atMost(PATIENCE).until(() -> operator.told(speaker.stream(), "open") != null);

        speaker.device().hangUpSpeakers();
        await().atMost(PATIENCE).until(() -> operator.told(speaker.stream(), "ended") != null);
        assertThat(operator.told(speaker.stream(), "ended").path("outcome").asString())
                .isEqualTo("hung-up");
    }

    @Test
    void aCallEndsWithItsCauseOnceWhoeverHasTheDeviceIsOffDuty() throws IOException {
        Speaker speaker = house.speaker(Loudspeaker.PROPER);
        TalkPeer peer =
                house.peer(people.with(Role.OPERATOR), "/streams/" + speaker.stream() + "/talk?purpose=dispatch");
        await().atMost(PATIENCE).until(() -> peer.told(speaker.stream(), "open") != null);
        house.giveToSomebodyOffDuty(speaker);

        await().atMost(PATIENCE).until(() -> peer.told(speaker.stream(), "ended") != null);
        String cause = "device " + speaker.id() + " is held by somebody who is off duty";
        assertThat(peer.told(speaker.stream(), "ended").path("reason").asString())
                .isEqualTo(cause);
        await().atMost(PATIENCE).until(() -> speaker.device().speakers() == 0);
        JsonNode logged = house.ended(speaker.stream());
        assertThat(logged.path("outcome").asString()).isEqualTo("refused");
        assertThat(logged.path("reason").asString()).isEqualTo(cause);
        assertThat(logged.path("openedAt").isString()).isTrue();
    }

    @Test
    void nobodySpeaksWithoutRoleScopeAndPurpose() throws IOException {
        Speaker speaker = house.speaker(Loudspeaker.PROPER);
        String talk = "/streams/" + speaker.stream() + "/talk";
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
        assertThat(speaker.device().speakers()).isZero();
        assertThat(house.shouts("streamId=" + speaker.stream()).path("count").asInt())
                .isZero();
    }

    @Test
    @Proves(value = "R013", screen = "/video/shouts", api = "POST /shouts")
    void anAnnouncementIsShoutedByTheDevicesThatTakeItAndEachOutcomeIsKept() throws Exception {
        Speaker good = house.speaker(Loudspeaker.PROPER);
        Speaker refusing = house.speaker(Loudspeaker.PROPER.told(Loudspeaker.Broadcast.REFUSES));
        Person operator = people.with(Role.OPERATOR);
        String clip = house.announcement(operator, "劝离", "a.wav", Sounds.wav(1))
                .path("id")
                .asString();
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

        JsonNode said = house.ended(good.stream());
        assertThat(said.path("outcome").asString()).isEqualTo("done");
        assertThat(said.path("announcement").asString()).isEqualTo("劝离");
        assertThat(said.path("seconds").asDouble()).isEqualTo(2);
        assertThat(good.device().heard().bytes()).isEqualTo(2 * VoiceCall.RATE);
        JsonNode not = house.ended(refusing.stream());
        assertThat(not.path("outcome").asString()).isEqualTo("refused");
        assertThat(not.path("reason").asString()).isNotBlank();
        assertThat(not.path("batch")).isEqualTo(said.path("batch"));
        JsonNode ofAlert = house.shouts("alertId=" + alert);
        assertThat(ofAlert.path("count").asInt()).isEqualTo(2);
        assertThat(ofAlert.path("heard").asInt()).isEqualTo(1);

        Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        assertThat(people.get(stranger, "/api/v1/shouts").body().path("count").asInt())
                .isZero();
    }

    @Test
    void whatIsShoutedLiveIsHeardByEachAndOneThatIsMissingIsCounted() throws IOException {
        Speaker gate = house.speaker(Loudspeaker.PROPER);
        Speaker yard = house.speaker(Loudspeaker.PROPER.over(Loudspeaker.Link.CONNECTS));
        Speaker gone = house.speaker(Loudspeaker.PROPER);
        assertThat(gone.device().register(0)).isEqualTo(200);
        String streams = String.join(",", gate.stream(), gone.stream(), yard.stream());
        TalkPeer peer = house.peer(people.with(Role.OPERATOR), "/shouts/live?purpose=dispatch&streams=" + streams);
        await().atMost(PATIENCE)
                .until(() -> peer.told(gate.stream(), "open") != null && peer.told(yard.stream(), "open") != null);
        await().atMost(PATIENCE).until(() -> peer.told(gone.stream(), "ended") != null);
        byte[] said = Sounds.pieces(15);
        peer.say(said);
        for (Speaker each : List.of(gate, yard)) {
            await().atMost(PATIENCE).until(() -> each.device().heard().bytes() >= said.length);
        }
        peer.hangUp();

        for (Speaker each : List.of(gate, yard)) {
            assertThat(each.device().heard().last()).isEqualTo(said);
            assertThat(house.ended(each.stream()).path("outcome").asString()).isEqualTo("done");
        }
        JsonNode missing = house.ended(gone.stream());
        assertThat(missing.path("outcome").asString()).isEqualTo("refused");
        assertThat(missing.path("reason").asString()).contains("is not registered");
        JsonNode all = house.shouts("batch=" + missing.path("batch").asString());
        assertThat(all.path("count").asInt()).isEqualTo(3);
        assertThat(all.path("heard").asInt()).isEqualTo(2);
        assertThat(all.path("items"))
                .allSatisfy(each -> assertThat(each.path("kind").asString()).isEqualTo("live"));
    }

    @Test
    void announcementsOfEachFormAreHeard() throws Exception {
        Speaker speaker = house.speaker(Loudspeaker.PROPER);
        Person operator = people.with(Role.OPERATOR);
        Map<String, byte[]> files = Map.of(
                "a.mp3", Sounds.coded("mp3", avcodec.AV_CODEC_ID_MP3),
                "b.aac", Sounds.coded("adts", avcodec.AV_CODEC_ID_AAC),
                "c.M4A", Sounds.coded("ipod", avcodec.AV_CODEC_ID_AAC));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = People.unique(file.getKey());
            JsonNode clip = house.announcement(operator, name, file.getKey(), file.getValue());
            assertThat(clip.path("seconds").asDouble()).as(clip.toString()).isBetween(0.45, 0.65);
            int before = (int) speaker.device().heard().bytes();
            Map<String, Object> shout = Map.of(
                    "streams", List.of(speaker.stream()),
                    "clip", clip.path("id").asString(),
                    "purpose", "无序设摊劝离");
            assertThat(people.call(operator, "POST", "/api/v1/shouts", shout).status())
                    .isEqualTo(201);

            JsonNode said = house.ended(speaker.stream());
            assertThat(said.path("announcement").asString()).isEqualTo(name);
            assertThat(said.path("outcome").asString()).isEqualTo("done");
            await().atMost(PATIENCE).until(() -> speaker.device().heard().bytes() >= before + 3_000);
            byte[] heard = speaker.device().heard().last();
            // Coders run in and out: what lies between is the tone.
            byte[] middle = Arrays.copyOfRange(heard, before + 1_000, before + 3_000);
            assertThat(Sounds.frequency(middle)).as(file.getKey()).isCloseTo(Sounds.TONE, within(8.0));
            assertThat(Sounds.loudest(middle)).as(file.getKey()).isBetween(13_000, 19_000);
        }
    }

    @Test
    void whatIsNoAnnouncementIsRefusedNamingTheField() throws Exception {
        Person operator = people.with(Role.OPERATOR);
        assertThat(house.announcement(operator, "一", "a.wav", "hello, no sound".getBytes(StandardCharsets.UTF_8))
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("file");
        JsonNode other = house.announcement(operator, "名不副实", "a.mp3", Sounds.wav(1));
        assertThat(other.path("errors").get(0).path("field").asString()).isEqualTo("file");
        assertThat(other.path("detail").asString()).contains("must be what its name says: MP3, was WAV");
        assertThat(house.announcement(operator, "二", "a.wav", Sounds.wav(61))
                        .path("detail")
                        .asString())
                .contains("at most 60 seconds");
        JsonNode made = house.announcement(operator, "三", "a.wav", Sounds.wav(1));
        assertThat(made.path("seconds").asDouble()).isEqualTo(1);
        assertThat(house.announcement(operator, "三", "a.wav", Sounds.wav(1))
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
        Speaker gate = house.speaker(Loudspeaker.PROPER);
        Speaker yard = house.speaker(Loudspeaker.PROPER);
        house.announcement(people.with(Role.OPERATOR), "请勿占道经营", "a.wav", Sounds.wav(2));
        try (Browser browser = Browser.withMicrophone()) {
            Page page = browser.page(service, 1920, 1080, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            TalkScreen screen = new TalkScreen(page, gate, yard);
            screen.speaksByClicks();
            assertThat(house.ended(gate.stream()).path("outcome").asString()).isEqualTo("done");
            screen.speaksByKeys();
            screen.shouts("请勿占道经营");
            screen.showsTheLog(house.shouts(""), "请勿占道经营");
            screen.shoutsForAnAlert(alertOfACameraWithoutLoudspeaker(), "请勿占道经营", house.name(gate.stream()));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Dark for ten minutes. */
    private static String alertOfACameraWithoutLoudspeaker() {
        String camera = service.call(
                        "POST", "/api/v1/streams", Map.of("name", "南门枪机", "sourceUrl", "rtsp://127.0.0.1:9/none"))
                .body()
                .path("id")
                .asString();
        Instant now = Instant.now();
        NewAlert dark = new NewAlert(
                "camera-health",
                "stream-offline",
                "warning",
                now.minusSeconds(600),
                "stream-offline:" + camera,
                "南门枪机：视频中断",
                Map.of(
                        "place",
                        "南门枪机",
                        "since",
                        now.minusSeconds(600).toString(),
                        "minutes",
                        10,
                        "cause",
                        "unreachable"),
                0,
                0,
                0,
                0,
                0,
                Long.parseLong(camera),
                null,
                null,
                null);
        return Long.toString(service.bean(Alerts.class).raise(dark, now).orElseThrow());
    }

    private void refused(Person person, String path) {
        assertThatThrownBy(() -> house.peer(person, path))
                .as(person.username() + " " + path)
                .isNotNull();
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
}
