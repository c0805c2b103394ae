package org.farwatch.api.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.BureauTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A collection station with a bearer token and a body camera of its own, held by an officer since ten days. */
public final class Station {
    static final Path FILE = Path.of(System.getProperty("farwatch.shared", "/nowhere"), "data/media/720p25_6s.mp4");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(BureauTime.ZONE);

    final RunningService service;
    final People people;
    final String squad;
    final String officer;
    public final String officerNumber;
    final int deviceNo;
    final String deviceId;
    /** As its files call it. */
    public final String code;

    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();
    private static int copies;

    public Station(RunningService service) {
        this.service = service;
        this.people = new People(service);
        squad = people.squad();
        officer = people.officer(squad);
        JdbcClient jdbc = service.bean(JdbcClient.class);
        officerNumber = "N" + System.nanoTime();
        jdbc.sql("update officer set number = :number where id = :id")
                .param("number", officerNumber)
                .param("id", Long.valueOf(officer))
                .update();
        code = "C" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        deviceId = service.call(
                        "POST",
                        "/api/v1/devices",
                        Map.of(
                                "name",
                                "记录仪 " + code,
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
        deviceNo = jdbc.sql("select no from device where id = :id")
                .param("id", deviceId)
                .query(Integer.class)
                .single();
        jdbc.sql(
                        "insert into custody (device_no, officer_id, held) values (:device, :officer, tstzrange(now() - interval '10 days', null))")
                .param("device", deviceNo)
                .param("officer", Long.valueOf(officer))
                .update();
        token = people.token(people.with(Role.COLLECTION_STATION));
    }

    /** A real recording whose bytes no other has. */
    static byte[] recording() throws IOException {
        assumeTrue(Files.exists(FILE), "skipped: no recordings at farwatch.shared");
        byte[] video = Files.readAllBytes(FILE);
        return ByteBuffer.allocate(video.length + 16)
                .put(video)
                .putInt(16)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .putLong(System.nanoTime() + ++copies)
                .array();
    }

    /** As a camera names a file that begins then. */
    public String name(Instant start) {
        return code + "_" + officerNumber + "_" + NAME.format(start) + "_0001.mp4";
    }

    /** Without the officer. */
    public String nameless(Instant start) {
        return code + "_" + NAME.format(start) + "_0001.mp4";
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Tus-Resumable", "1.0.0");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> create(long length, Map<String, String> metadata) throws Exception {
        return send(request("/api/v1/uploads")
                .header("Upload-Length", Long.toString(length))
                .header(
                        "Upload-Metadata",
                        metadata.entrySet().stream()
                                .map(entry -> entry.getKey() + " "
                                        + Base64.getEncoder()
                                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                                .collect(Collectors.joining(",")))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpRequest.Builder patch(String location, long offset, byte[] bytes) {
        return request(location)
                .header("Upload-Offset", Long.toString(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    long offset(String location) throws Exception {
        HttpResponse<String> head = send(request(location).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        return head.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /** Brings a whole file in two pieces. @return its id */
    public String bring(byte[] file, Map<String, String> metadata) throws Exception {
        HttpResponse<String> made = create(file.length, metadata);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        int half = file.length / 2;
        assertThat(send(patch(location, 0, Arrays.copyOf(file, half))).statusCode())
                .isEqualTo(204);
        assertThat(send(patch(location, half, Arrays.copyOfRange(file, half, file.length)))
                        .statusCode())
                .isEqualTo(204);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    JsonNode upload(String id) {
        return service.get("/api/v1/uploads/" + id).body();
    }

    /** What became of it. */
    public JsonNode decided(String id) {
        await().atMost(PATIENCE)
                .until(() -> !java.util.Set.of("open", "waiting", "storing")
                        .contains(upload(id).path("state").asString()));
        return upload(id);
    }
}
