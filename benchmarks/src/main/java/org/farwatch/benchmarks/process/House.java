package org.farwatch.benchmarks.process;

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
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.ingest.SteadyPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service as {@code ./run} starts it: a process of its own, embedded PostgreSQL, a home that goes with it. */
public final class House implements AutoCloseable {
    public static final String USER = "admin";
    public static final String PASSWORD = "bench-password-1";

    /** What {@code ./run} gives it. */
    public static final int HEAP_MIB = 1024;

    private static final Duration START = Duration.ofMinutes(2);

    private final Path home;
    private final int port;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    private House(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    public static House start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /** @param settings environment that goes before what is set here */
    public static House start(Map<String, String> settings) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("farwatch-bench-home");
        int port = SteadyPort.free();
        List<String> command = Processes.java("org.farwatch.api.Farwatch", "serve");
        command.add(1, "-Xmx" + HEAP_MIB + "m");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolveSibling(home.getFileName() + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "FARWATCH_HOME", home.toString(),
                        "FARWATCH_ADMIN_PASSWORD", PASSWORD,
                        "FARWATCH_HTTP_PORT", Integer.toString(port),
                        "FARWATCH_JT808_PORT", "0",
                        "FARWATCH_JT809_PORT", "0",
                        "FARWATCH_GB28181_PORT", "0",
                        "FARWATCH_MQTT_PORT", "0",
                        "FARWATCH_VIDEO_KEEPFREE", "100MB",
                        "FARWATCH_ACCESS_ATTEMPTSPERMINUTE", "10000"));
        builder.environment()
                .putAll(Map.of(
                        "FARWATCH_JT1078_PORT",
                        "0",
                        "FARWATCH_JT1078_PLAYBACKPORT",
                        "0",
                        "FARWATCH_JT1078_TALKPORT",
                        "0"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        // Also when the benchmark is broken off.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        House house = new House(home, port, process);
        try {
            await("the service starts", START, house::healthy);
            return house;
        } catch (IllegalStateException e) {
            System.out.println(Files.readString(house.log()));
            house.close();
            throw e;
        }
    }

    /** Waits for a condition, asked often. */
    public static void await(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(what + ": not within " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean healthy() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service ended with " + process.exitValue());
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/actuator/health"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request that asks the service for nothing but its health, over a connection of its own; milliseconds. */
    public double healthMillis() throws IOException, InterruptedException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            long began = System.nanoTime();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/actuator/health"))
                    .build();
            fresh.send(request, HttpResponse.BodyHandlers.discarding());
            return (System.nanoTime() - began) / 1e6;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** PostgreSQL's first process, which is not a child of the service's. */
    public ProcessHandle database() throws IOException {
        long pid = Long.parseLong(postmaster().getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
    }

    /** A way of one's own to the same PostgreSQL. */
    public DatabaseServer databaseServer() throws IOException {
        String port = postmaster().get(3).strip();
        String password = Files.readString(home.resolve("keys/database")).strip();
        return new DatabaseServer("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", password, () -> {});
    }

    private List<String> postmaster() throws IOException {
        try (Stream<Path> files =
                Files.find(home.resolve("postgres"), 3, (path, _) -> path.endsWith("postmaster.pid"))) {
            Path file = files.findFirst().orElseThrow(() -> new IOException("no postmaster.pid below " + home));
            return Files.readAllLines(file);
        }
    }

    public Path recordings() {
        return home.resolve("video");
    }

    /** Fetches a camera from now on. @return the stream's id, once pictures come */
    public String stream(String name, String source, boolean record) throws IOException, InterruptedException {
        JsonNode made = send("POST", "/api/v1/streams", Map.of("name", name, "sourceUrl", source, "record", record));
        String id = made.path("id").asString();
        await("stream " + name + " is live", Duration.ofSeconds(30), () -> {
            try {
                return get("/api/v1/streams/" + id).path("state").asString().equals("live");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        return id;
    }

    /** A stream that is never fetched: its camera is a port where nobody is. */
    public String made(String name) throws IOException, InterruptedException {
        String nobody = "rtsp://127.0.0.1:9/" + name;
        return send("POST", "/api/v1/streams", Map.of("name", name, "sourceUrl", nobody, "record", false))
                .path("id")
                .asString();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    private JsonNode send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", authorization())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
        Processes.end(process);
        delete(home);
        delete(log());
    }

    private Path log() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    /** Deletes a file or a folder with all that is in it. */
    public static void delete(Path path) {
        try (Stream<Path> content = Files.walk(path)) {
            for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of all files below a folder. */
    public static long bytes(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            return content.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
