package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.database.Child;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service in a process of its own that records, on a home that outlives it; asked over its API, killed and begun again. */
final class RecordingHouse implements AutoCloseable {
    private static final Duration DYING = Duration.ofSeconds(30);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final Map<String, String> settings;
    private Child child;

    /** @param settings environment variables */
    RecordingHouse(Path home, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        begin();
    }

    void begin() {
        child = Child.start(home, settings, "serve");
        child.awaitReady();
    }

    /** {@code kill -9}; its PostgreSQL lives on. */
    void kill() throws InterruptedException {
        child.kill();
        child.close();
    }

    /** {@code kill -9} of PostgreSQL. */
    void killDatabase() throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                                .getFirst()
                                .strip()))
                .orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(DYING.toSeconds(), TimeUnit.SECONDS);
    }

    /** @return id of a stream that is recorded */
    String record(String name, String url) {
        return post("/api/v1/streams", Map.of("name", name, "sourceUrl", url, "record", true))
                .path("id")
                .asString();
    }

    /** Requires the stream to be recorded for an hour. */
    void require(String stream, Instant from) {
        post("/api/v1/requirements", Map.of("streamId", stream, "from", from, "to", from.plusSeconds(3_600)));
    }

    List<JsonNode> segments(String stream) {
        return get("/api/v1/streams/" + stream + "/segments?limit=10000")
                .path("items")
                .valueStream()
                .toList();
    }

    JsonNode coverage(String stream, Instant from) {
        return get("/api/v1/streams/" + stream + "/coverage?from=" + from + "&to=" + from.plusSeconds(3_600));
    }

    String playlist(String stream, Instant from) {
        return text("/api/v1/streams/" + stream + "/playlist.m3u8?from=" + from + "&to=" + from.plusSeconds(3_600));
    }

    /** A segment's file over the API. */
    byte[] file(String stream, long sequence) {
        return answer(request("/api/v1/streams/" + stream + "/segments/" + sequence + ".mp4"), 200);
    }

    Path videos() {
        return home.resolve("video");
    }

    /** Every segment file on the disk, by its path. */
    Map<Path, RecordedFile> files() throws IOException {
        Map<Path, RecordedFile> files = new TreeMap<>();
        for (Path path : paths()) {
            files.put(path, RecordedFile.read(path));
        }
        return files;
    }

    /** Bytes of all segment files. */
    long written() throws IOException {
        long bytes = 0;
        for (Path path : paths()) {
            bytes += Files.size(path);
        }
        return bytes;
    }

    static Path sidecar(Path video) {
        return video.resolveSibling(video.getFileName().toString().replaceFirst("mp4$", "json"));
    }

    /** Ends the service as a service manager does. */
    @Override
    public void close() {
        child.close();
    }

    private List<Path> paths() {
        return LiveFolder.files(videos()).stream()
                .filter(path -> path.toString().endsWith(".mp4"))
                .toList();
    }

    private JsonNode get(String path) {
        return json.readTree(text(path));
    }

    private String text(String path) {
        return new String(answer(request(path), 200), StandardCharsets.UTF_8);
    }

    private JsonNode post(String path, Object body) {
        return json.readTree(answer(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))),
                201));
    }

    private HttpRequest.Builder request(String path) {
        String pair =
                Base64.getEncoder().encodeToString(("admin:" + Child.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(child.url() + path)).header("Authorization", "Basic " + pair);
    }

    private byte[] answer(HttpRequest.Builder request, int status) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode())
                    .as("%s: %s", response.uri(), new String(response.body(), StandardCharsets.UTF_8))
                    .isEqualTo(status);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
