package org.farwatch.api.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.video.PeriodCheck;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Recordings are brought over HTTP and in a folder, by a station with its token, and become segments of the camera. */
class UploadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] BYTES = "0123456789".repeat(1_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static RunningService service;
    private static Station station;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.uploads.folders", folder.toString(),
                "farwatch.uploads.rest", "0s",
                "farwatch.uploads.max-size", "20MB",
                "farwatch.video.segment", "2s",
                "farwatch.uploads.open-per-user", "3"));
        station = new Station(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Instant ago(Duration time) {
        return Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String location(HttpResponse<String> made) {
        return made.headers().firstValue("Location").orElseThrow();
    }

    private static void end(Station of, String location) throws Exception {
        assertThat(of.send(of.request(location).DELETE()).statusCode()).isEqualTo(204);
        assertThat(of.send(of.patch(location, 0, BYTES)).statusCode()).isEqualTo(409);
    }

    @Test
    void tusKeepsItsRules() throws Exception {
        Station own = new Station(service);
        HttpResponse<String> options = own.send(
                own.request("/api/v1/uploads").method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(options.headers().firstValue("Tus-Extension")).contains("creation,termination,checksum,expiration");
        assertThat(own.create(30_000_000, Map.of("filename", "a.mp4")).statusCode())
                .isEqualTo(413);
        for (String name : List.of("../a.mp4", "a/b.mp4", "a\u0000.mp4", "")) {
            assertThat(own.create(10, Map.of("filename", name)).statusCode())
                    .as(name)
                    .isEqualTo(400);
        }
        HttpResponse<String> made = own.create(BYTES.length, Map.of("filename", "a.mp4"));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Upload-Expires")).isPresent();
        String location = location(made);
        assertThat(own.offset(location)).isZero();
        assertThat(own.send(own.patch(location, 5, BYTES)).statusCode()).isEqualTo(409);
        assertThat(own.send(own.patch(location, 0, BYTES).setHeader("Tus-Resumable", "0.2"))
                        .statusCode())
                .isEqualTo(412);
        assertThat(own.send(own.patch(location, 0, BYTES).setHeader("Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(own.send(own.patch(location, 0, Arrays.copyOf(BYTES, BYTES.length + 1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(new Station(service).send(station.patch(location, 0, BYTES)).statusCode())
                .as("somebody else's")
                .isEqualTo(404);
        String wrong = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest("other".getBytes(StandardCharsets.UTF_8)));
        assertThat(own.send(own.patch(location, 0, Arrays.copyOf(BYTES, 100))
                                .header("Upload-Checksum", "sha256 " + wrong))
                        .statusCode())
                .isEqualTo(460);
        assertThat(own.offset(location)).as("what was not verified is gone").isZero();
        byte[] piece = Arrays.copyOf(BYTES, 100);
        String right = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(piece));
        assertThat(own.send(own.patch(location, 0, piece).header("Upload-Checksum", "sha1 " + right))
                        .statusCode())
                .isEqualTo(204);
        assertThat(own.offset(location)).isEqualTo(100);
        String second = location(own.create(10, Map.of("filename", "b.mp4")));
        String third = location(own.create(10, Map.of("filename", "c.mp4")));
        assertThat(own.create(10, Map.of("filename", "d.mp4")).statusCode()).isEqualTo(409);
        for (String one : List.of(location, second, third)) {
            end(own, one);
        }
    }

    @Test
    void aCutConnectionLosesNothingThatCame() throws Exception {
        String location = location(station.create(BYTES.length, Map.of("filename", "cut.mp4")));
        URI url = URI.create(service.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String token = station.request(location)
                    .build()
                    .headers()
                    .firstValue("Authorization")
                    .orElseThrow();
            socket.getOutputStream()
                    .write(("PATCH " + location
                                    + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                                    + "Content-Type: application/offset+octet-stream\r\nAuthorization: " + token
                                    + "\r\nContent-Length: " + BYTES.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(BYTES, 0, 4_000);
            socket.getOutputStream().flush();
            Path file =
                    service.home().resolve("uploads/files").resolve(location.substring(location.lastIndexOf('/') + 1));
            await().atMost(PATIENCE).until(() -> Files.size(file) == 4_000);
            assertThat(station.send(station.patch(location, 4_000, BYTES)).statusCode())
                    .as("another request writes")
                    .isEqualTo(423);
        }
        await().atMost(PATIENCE)
                .until(() -> station.send(station.request(location)
                                        .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                                .statusCode()
                        == 200);
        assertThat(station.offset(location)).isEqualTo(4_000);
        assertThat(station.send(station.patch(location, 4_000, Arrays.copyOfRange(BYTES, 4_000, BYTES.length)))
                        .statusCode())
                .isEqualTo(204);
        assertThat(station.decided(location.substring(location.lastIndexOf('/') + 1))
                        .path("fault")
                        .asString())
                .as("its bytes are no video and its name is none")
                .isEqualTo("name");
    }

    @Test
    @Proves(value = "R134", screen = "/admin/uploads", api = "POST /uploads")
    void aRecordingArrivesAndALateOneSaysSoAndTheChainVerifies() throws Exception {
        Station own = new Station(service);
        Instant recent = ago(Duration.ofHours(1));
        Instant days = ago(Duration.ofDays(3));
        JsonNode first = own.decided(own.bring(Station.recording(), Map.of("filename", own.name(recent))));
        assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("arrived");
        assertThat(first.path("late").asBoolean()).isFalse();
        assertThat(first.path("officerId").asString()).isEqualTo(own.officer);
        byte[] file = Station.recording();
        JsonNode late = own.decided(own.bring(
                file, Map.of("filename", own.nameless(days), "clockOffsetMillis", "5000", "important", "true")));
        assertThat(late.path("state").asString()).as(late.toString()).isEqualTo("arrived");
        assertThat(late.path("late").asBoolean()).isTrue();
        assertThat(late.path("important").asBoolean()).isTrue();
        assertThat(service.get("/api/v1/streams/" + late.path("streamId").asString() + "/kept?from="
                                + late.path("start").asString() + "&to="
                                + late.path("end").asString())
                        .body()
                        .path("held")
                        .valueStream()
                        .map(held -> held.path("source").asString() + " "
                                + held.path("from").asString()))
                .as("what was marked where it was recorded is held from retention")
                .containsExactly("important " + late.path("start").asString());
        assertThat(Instant.parse(late.path("start").asString())).isEqualTo(days.minusSeconds(5));
        assertThat(Instant.parse(late.path("deviceStart").asString())).isEqualTo(days);
        assertThat(late.path("sha256").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));

        String stream = late.path("streamId").asString();
        assertThat(stream).isEqualTo(first.path("streamId").asString());
        await().atMost(PATIENCE)
                .until(() -> segments(stream).size()
                        == first.path("segments").asInt()
                                + late.path("segments").asInt());
        assertThat(segments(stream).stream()
                        .map(segment -> segment.path("start").asString())
                        .toList())
                .isSorted();
        Recordings recordings = service.bean(Recordings.class);
        List<Sidecar> sidecars = recordings.sidecars(stream, 0, 1_000);
        assertThat(sidecars.getLast().upload().late()).isTrue();
        assertThat(sidecars.getLast().start())
                .as("chained at arrival")
                .isLessThan(sidecars.getFirst().start());
        assertThat(new Verification(stream, recordings.folder(stream)).check(Verification.Scope.whole(stream), _ -> {}))
                .isInstanceOf(Verdict.Intact.class);
        PeriodCheck.Result checked = service.bean(PeriodCheck.class)
                .check(days.minusSeconds(60), days.plusSeconds(60), DataScope.EVERYTHING, true, _ -> {});
        assertThat(checked.intact()).isEqualTo(late.path("segments").asLong());
        assertThat(checked.faults()).isEmpty();

        String playlist = service.get("/api/v1/streams/" + stream + "/playlist.m3u8?from=" + days.minusSeconds(60)
                        + "&to=" + Instant.now())
                .response()
                .body();
        List<String> times = playlist.lines()
                .filter(line -> line.startsWith("#EXT-X-PROGRAM-DATE-TIME"))
                .toList();
        assertThat(times).hasSize(segments(stream).size()).isSorted();
        assertThat(playlist.lines().filter("#EXT-X-DISCONTINUITY"::equals))
                .as("one between the two")
                .hasSize(1);
        assertThat(service.get("/api/v1/streams/" + stream + "/export?from=" + days.minusSeconds(60) + "&to="
                                + Instant.now())
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/api/v1/streams/" + stream + "/coverage?from=" + days.minusSeconds(60) + "&to="
                                + days.plusSeconds(60))
                        .body()
                        .path("recorded"))
                .hasSize(1);

        JsonNode again = own.decided(own.bring(file, Map.of("filename", "another-name.mp4")));
        assertThat(again.path("state").asString()).isEqualTo("duplicate");
        assertThat(again.path("sameAs").asString()).isEqualTo(late.path("id").asString());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.home()
                                .resolve("uploads/files")
                                .resolve(late.path("id").asString()))
                        .doesNotExist());
    }

    private static List<JsonNode> segments(String stream) {
        return service.get("/api/v1/streams/" + stream + "/segments?limit=1000")
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode refused(Station own, byte[] file, Map<String, String> metadata) throws Exception {
        JsonNode decided = own.decided(own.bring(file, metadata));
        assertThat(decided.path("state").asString()).as(decided.toString()).isEqualTo("refused");
        return decided;
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsKeptAsideAndAPersonDecides() throws Exception {
        Station own = new Station(service);
        Instant start = ago(Duration.ofHours(2));
        byte[] text = "this is no video".getBytes(StandardCharsets.UTF_8);
        assertThat(refused(own, text, Map.of("filename", own.name(start)))
                        .path("fault")
                        .asString())
                .isEqualTo("not-video");
        byte[] playlist = "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8);
        assertThat(refused(own, playlist, Map.of("filename", own.name(start)))
                        .path("fault")
                        .asString())
                .isEqualTo("not-video");
        assertThat(refused(own, Station.recording(), Map.of("filename", "X9_20261101093000_1.mp4"))
                        .path("fault")
                        .asString())
                .isEqualTo("unknown-device");
        assertThat(refused(own, Station.recording(), Map.of("filename", own.name(start), "durationSeconds", "600"))
                        .path("fault")
                        .asString())
                .isEqualTo("duration");
        assertThat(refused(own, Station.recording(), Map.of("filename", own.name(start), "sha256", "0".repeat(64)))
                        .path("fault")
                        .asString())
                .isEqualTo("hash");
        assertThat(refused(own, Station.recording(), Map.of("filename", own.name(ago(Duration.ofDays(-2)))))
                        .path("fault")
                        .asString())
                .isEqualTo("time");
        assertThat(refused(own, Station.recording(), Map.of("filename", own.name(start), "officer", "4711"))
                        .path("fault")
                        .asString())
                .isEqualTo("mismatch");
        Station other = new Station(service);
        JsonNode wrong = refused(
                own, Station.recording(), Map.of("filename", own.nameless(start), "officer", other.officerNumber));
        assertThat(wrong.path("fault").asString()).isEqualTo("other-officer");
        assertThat(wrong.path("reason").asString())
                .contains(other.officerNumber)
                .contains(own.officerNumber);

        String path = "/api/v1/uploads/" + wrong.path("id").asString();
        var leader = own.people.with(java.util.Set.of(Role.SQUAD_LEADER), java.util.Set.of(own.squad));
        var stranger = own.people.with(java.util.Set.of(Role.SQUAD_LEADER), java.util.Set.of(other.squad));
        Map<String, Object> right = Map.of("version", wrong.path("version").asInt(), "officer", own.officerNumber);
        assertThat(own.people.call(stranger, "POST", path + "/correct", right).status())
                .isEqualTo(404);
        assertThat(own.people
                        .call(leader, "POST", path + "/correct", Map.of("version", 1))
                        .status())
                .isEqualTo(409);
        assertThat(own.people.call(leader, "POST", path + "/correct", right).status())
                .isEqualTo(200);
        assertThat(own.decided(wrong.path("id").asString()).path("state").asString())
                .isEqualTo("arrived");

        JsonNode gone = refused(own, text, Map.of("filename", "zz.mp4"));
        String away = "/api/v1/uploads/" + gone.path("id").asString() + "/discard";
        assertThat(service.call(
                                "POST",
                                away,
                                Map.of("version", gone.path("version").asInt()))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.home()
                                .resolve("uploads/files")
                                .resolve(gone.path("id").asString()))
                        .doesNotExist());
        assertThat(service.get("/api/v1/audit?limit=50").response().body())
                .contains("discard")
                .contains("correct");
    }

    @Test
    void aWatchedFolderIsEmptiedWithItsSidecars() throws Exception {
        Station own = new Station(service);
        Instant start = ago(Duration.ofHours(3));
        Path video = folder.resolve("whatever " + own.code + ".mp4");
        Files.writeString(
                folder.resolve("whatever " + own.code + ".json"),
                "{\"device\":\"" + own.code + "\",\"start\":\"" + start + "\",\"sequence\":7}");
        Files.write(folder.resolve("part.tmp"), Station.recording());
        Files.move(folder.resolve("part.tmp"), video);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(video).doesNotExist());
        await().atMost(PATIENCE)
                .until(() -> service.get("/api/v1/uploads?state=arrived&limit=1000")
                        .body()
                        .path("items")
                        .valueStream()
                        .anyMatch(upload -> upload.path("name")
                                .asString()
                                .equals(video.getFileName().toString())));
        assertThat(folder.resolve("whatever " + own.code + ".json")).doesNotExist();
    }
}
