package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Streams from a real RTSP server, watched over a real socket. */
class StreamsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RunningService SERVICE = RunningService.shared();
    private static RtspServer server;
    /** Asks everybody for a password. */
    private static RtspServer guarded;

    @BeforeAll
    static void start() {
        guarded = RtspServer.start("locked=secret");
        server = RtspServer.start(
                "plain=h264", "b=bframes", "h265=h265", "aac=aac", "alaw=alaw", "cut=h264", "datagrams=udp");
    }

    @AfterAll
    static void stop() {
        guarded.close();
        server.close();
    }

    @Test
    void aViewerGetsTypeHeaderAndFragmentsFromAKeyPictureOn() {
        String id = live(server.url("plain"));
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 10);
            JsonNode first = viewer.texts().getFirst();
            assertThat(first.path("mime").asString()).startsWith("video/mp4; codecs=\"avc1.");
            assertThat(Duration.between(
                            java.time.Instant.parse(first.path("start").asString()), java.time.Instant.now()))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(type(viewer.pieces().getFirst())).isEqualTo("ftyp");
            assertThat(viewer.pieces().stream().skip(1))
                    .allMatch(piece -> type(piece).equals("prft"));
        }
        JsonNode stream = SERVICE.get("/api/v1/streams/" + id).body();
        assertThat(stream.path("state").asString()).isEqualTo("live");
        assertThat(stream.path("width").asInt()).isEqualTo(640);
        assertThat(stream.path("codec").asString()).startsWith("avc1.");
        remove(id);
    }

    @Test
    void lookingAtALivePictureIsInTheViewLogWithItsPurpose() {
        String id = live(server.url("plain"));
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> !viewer.pieces().isEmpty());
        }
        JsonNode entry =
                SERVICE.get("/api/v1/view-log?limit=1").body().path("items").get(0);
        assertThat(entry.path("kind").asString()).isEqualTo("live-picture");
        assertThat(entry.path("purpose").asString()).isEqualTo("test");
        assertThat(entry.path("subjectId").asString()).isEqualTo(id);
        remove(id);
    }

    @Test
    void h265AndBFramesAndSoundInAacAndG711AreAllLive() {
        Map<String, String> codecs = new HashMap<>();
        for (String name : Set.of("h265", "b", "aac", "alaw")) {
            String id = live(server.url(name));
            try (PicturePeer viewer = watch(id)) {
                await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
                codecs.put(name, viewer.texts().getFirst().path("mime").asString());
            }
            remove(id);
        }
        assertThat(codecs.get("h265")).contains("hvc1.");
        assertThat(codecs.get("b")).contains("avc1.");
        assertThat(codecs.get("aac")).contains("mp4a.40.2");
        assertThat(codecs.get("alaw")).contains("avc1.").contains("mp4a.40.2");
    }

    @Test
    void aCameraThatSendsDatagramsOnlyIsLiveWithAndWithoutBeingToldSo() {
        Set<String> before = datagramSockets();
        double counted = counted("packets");
        for (String told : List.of("", "?transport=udp")) {
            String id = live(server.url("datagrams") + told);
            try (PicturePeer viewer = watch(id)) {
                await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 10);
            }
            JsonNode packets = SERVICE.get("/api/v1/streams/" + id).body().path("packets");
            assertThat(packets.path("came").asLong()).isGreaterThan(25);
            assertThat(packets.path("lost").isIntegralNumber()).isTrue();
            assertThat(datagramSockets()).hasSizeGreaterThan(before.size());
            remove(id);
        }
        assertThat(counted("packets")).isGreaterThan(counted + 50);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(datagramSockets())
                        .as("open sockets for datagrams")
                        .isSubsetOf(before));
    }

    private static double counted(String count) {
        return SERVICE.get("/actuator/metrics/farwatch.rtsp?tag=count:" + count)
                .body()
                .path("measurements")
                .get(0)
                .path("value")
                .asDouble();
    }

    /** Of this process, by their numbers in the kernel. */
    private static Set<String> datagramSockets() {
        Set<String> ours = new HashSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path one : open) {
                try {
                    String target = Files.readSymbolicLink(one).toString();
                    ours.add(target.startsWith("socket:") ? target.replaceAll("\\D", "") : "");
                } catch (NoSuchFileException _) {
                    // The descriptor by which this folder is read, or one that was closed meanwhile.
                }
            }
            Set<String> datagrams = new HashSet<>();
            for (String table : List.of("udp", "udp6")) {
                try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", table))) {
                    lines.skip(1)
                            .map(line -> line.strip().split("\\s+", -1)[9])
                            .filter(ours::contains)
                            .forEach(datagrams::add);
                }
            }
            return datagrams;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSourceThatEndsAndComesAgainIsAnInterruptionWithItsCause() {
        String id = live(server.url("cut"));
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
            server.remove("cut");
            await().atMost(PATIENCE)
                    .until(() -> viewer.texts().stream()
                            .anyMatch(text -> text.path("state").asString("").equals("offline")));
            server.add("cut=h264");
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> viewer.texts().stream()
                                    .filter(text -> text.has("mime"))
                                    .count()
                            > 1);
        }
        await().atMost(PATIENCE)
                .until(() -> SERVICE.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                                .sql(
                                        "select count(*) from stream_interruption where stream_id = :id and ends is not null")
                                .param("id", Long.valueOf(id))
                                .query(Long.class)
                                .single()
                        == 1);
        remove(id);
    }

    @Test
    void aWrongPasswordIsSaidAndTheRightOneIsHidden() {
        String wrong = create(guarded.url("locked", "camera", "guess"));
        awaitState(wrong, "offline", "unauthorised");
        remove(wrong);

        String right = live(guarded.url("locked", "camera", "secret"));
        assertThat(SERVICE.get("/api/v1/streams").response().body()).doesNotContain("secret@");
        assertThat(SERVICE.get("/api/v1/audit?limit=5").response().body()).doesNotContain(":secret");
        remove(right);
    }

    @Test
    void whatTheServerDoesNotHaveIsNotFound() {
        String id = create(server.url("nothing"));
        awaitState(id, "offline", "not-found");
        remove(id);
    }

    @Test
    void onlyRolesThatMaySeePicturesAndTheirOwnSquadsAreLetIn() {
        People people = new People(SERVICE);
        String squad = people.squad();
        String id = create(server.url("plain"));
        People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        People.Person officer = people.with(Set.of(Role.OFFICER), Set.of(squad));
        People.Person administrator = people.with(Role.ADMINISTRATOR);

        for (People.Person person : new People.Person[] {leader, officer, administrator}) {
            assertThatThrownBy(() -> new PicturePeer(SERVICE, id, person.username(), People.PASSWORD, "x"))
                    .isInstanceOf(CompletionException.class);
        }
        remove(id);
    }

    @Test
    void anAddressThatCannotBeFetchedIsRefusedAtItsField() {
        Map<String, String> wrong = Map.of(
                "ftp://camera/live",
                "must begin with",
                "rtsp:///live",
                "names no host",
                "file:/etc/passwd",
                "outside of the folders",
                "file:" + SERVICE.home() + "/video/../../../etc/passwd",
                "outside of the folders",
                "concat:/etc/passwd",
                "must begin with",
                "data:text/plain,x",
                "must begin with",
                "rtsp://a b/",
                "no spaces");
        wrong.forEach((address, words) -> {
            RunningService.Answer answer =
                    SERVICE.call("POST", "/api/v1/streams", Map.of("name", "x", "sourceUrl", address));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .isEqualTo("sourceUrl");
            assertThat(answer.body().path("detail").asString()).contains(words);
        });
    }

    @Test
    void aViewerOfAStreamWhoseAddressChangesIsSentAwayAndFindsTheNewPictures() {
        String id = live(server.url("plain"));
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> viewer.pieces().size() > 3);
            change(id, "sourceUrl", server.url("h265"));
            await().atMost(PATIENCE).until(() -> viewer.closed() == 1001);
        }
        awaitState(id, "live", null);
        try (PicturePeer viewer = watch(id)) {
            await().atMost(PATIENCE).until(() -> !viewer.pieces().isEmpty());
            assertThat(viewer.texts().getFirst().path("mime").asString()).contains("hvc1.");
        }
        remove(id);
    }

    @Test
    void nullClearsAFieldAndWhatIsLeftOutStays() {
        String squad = new People(SERVICE).squad();
        String device = SERVICE.call(
                        "POST",
                        "/api/v1/devices",
                        Map.of("name", "球机", "kind", "camera", "protocol", "rtsp", "protocolId", People.unique("ptz")))
                .body()
                .path("id")
                .asString();
        Map<String, Object> whole = new HashMap<>(Map.of(
                "location",
                Map.of("longitude", 121.5, "latitude", 31.2),
                "heading",
                90,
                "fieldOfView",
                60.5,
                "deviceId",
                device,
                "squadId",
                squad));
        Map<String, Object> wanted = new HashMap<>(whole);
        wanted.putAll(Map.of("name", People.unique("cam"), "sourceUrl", server.url("nothing")));
        String id = SERVICE.call("POST", "/api/v1/streams", wanted)
                .body()
                .path("id")
                .asString();

        JsonNode before = SERVICE.get("/api/v1/streams/" + id).body();
        for (String field : whole.keySet()) {
            assertThat(before.has(field)).as(field).isTrue();
            JsonNode after = change(id, field, null);
            assertThat(after.has(field)).as(field).isFalse();
            for (String other : whole.keySet()) {
                assertThat(other.equals(field) || after.path(other).equals(before.path(other)))
                        .as("%s after %s", other, field)
                        .isTrue();
            }
            assertThat(change(id, field, whole.get(field)).path(field)).isEqualTo(before.path(field));
        }
        assertThat(change(id, "name", null).path("name")).isEqualTo(before.path("name"));
        remove(id);
    }

    @Test
    void whatIsSetAgainIsCheckedAtItsField() {
        String id = create(server.url("nothing"));
        Map<String, Object> wrong = Map.of(
                "heading",
                -1,
                "fieldOfView",
                0,
                "location",
                Map.of("longitude", 181, "latitude", 31.2),
                "deviceId",
                "no-such-device",
                "squadId",
                "999999999");
        wrong.forEach((field, value) -> {
            RunningService.Answer answer =
                    SERVICE.call("PATCH", "/api/v1/streams/" + id, Map.of("version", 1, field, value));
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .startsWith(field);
        });
        remove(id);
    }

    @Test
    void anAdministratorOfSquadsLeavesNoStreamWithoutOne() {
        People people = new People(SERVICE);
        String squad = people.squad();
        People.Person limited = people.with(Set.of(Role.ADMINISTRATOR), Set.of(squad));
        String id = create(server.url("nothing"));
        change(id, "squadId", squad);

        Map<String, Object> cleared = new HashMap<>(Map.of("version", 2));
        cleared.put("squadId", null);
        RunningService.Answer answer = people.call(limited, "PATCH", "/api/v1/streams/" + id, cleared);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.body().path("errors").get(0).path("field").asString()).isEqualTo("squadId");
        remove(id);
    }

    @Test
    void noSecretOfAnAddressStandsInTheDatabaseOrIsGivenOut() {
        String id = live(guarded.url("locked", "camera", "secret") + "?token=tell-nobody");
        JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
        String shown =
                SERVICE.get("/api/v1/streams/" + id).body().path("sourceUrl").asString();

        assertThat(shown).contains("//camera:…@127.0.0.1").endsWith("/locked?token=…");
        assertThat(jdbc.sql("select row_to_json(s)::text from stream s where id = :id")
                        .param("id", Long.valueOf(id))
                        .query(String.class)
                        .single())
                .contains(shown)
                .doesNotContain(":secret", "tell-nobody");
        assertThat(jdbc.sql("select after::text from audit_log where subject = 'stream' and subject_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .contains(shown)
                .doesNotContain(":secret", "tell-nobody");

        // The address as it was given out is no new one, and no other is made of it.
        assertThat(change(id, "sourceUrl", shown).path("state").asString()).isEqualTo("live");
        RunningService.Answer refused = SERVICE.call(
                "PATCH", "/api/v1/streams/" + id, Map.of("version", 2, "sourceUrl", shown.replace("locked", "other")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").get(0).path("field").asString())
                .isEqualTo("sourceUrl");
        assertThat(SERVICE.bean(StreamTable.class)
                        .find(Long.parseLong(id), DataScope.EVERYTHING)
                        .orElseThrow()
                        .toString())
                .doesNotContain("secret@", "tell-nobody");
        remove(id);
    }

    /** @return the stream after the change */
    private static JsonNode change(String id, String field, Object value) {
        Map<String, Object> body = new HashMap<>();
        body.put(
                "version",
                SERVICE.get("/api/v1/streams/" + id).body().path("version").asInt());
        body.put(field, value);
        RunningService.Answer changed = SERVICE.call("PATCH", "/api/v1/streams/" + id, body);
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        return changed.body();
    }

    private static PicturePeer watch(String id) {
        return new PicturePeer(SERVICE, id, "admin", RunningService.ADMIN_PASSWORD, "test");
    }

    private static String live(String url) {
        String id = create(url);
        awaitState(id, "live", null);
        return id;
    }

    private static String create(String url) {
        RunningService.Answer created =
                SERVICE.call("POST", "/api/v1/streams", Map.of("name", People.unique("cam"), "sourceUrl", url));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void awaitState(String id, String state, String cause) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode stream = SERVICE.get("/api/v1/streams/" + id).body();
            assertThat(stream.path("state").asString()).as(stream.toString()).isEqualTo(state);
            assertThat(stream.path("cause").asString(null)).isEqualTo(cause);
        });
    }

    private static void remove(String id) {
        int version =
                SERVICE.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(SERVICE.call("DELETE", "/api/v1/streams/" + id + "?version=" + version, null)
                        .status())
                .isEqualTo(204);
    }

    private static String type(byte[] piece) {
        return new String(piece, 4, 4, StandardCharsets.US_ASCII);
    }
}
