package org.farwatch.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service in the test's JVM: real PostgreSQL ({@link TestDatabase}), real sockets, ports chosen by the system, a home of its own. One
 * instance serves all tests of a JVM that can live with its default settings; each makes the data it needs.
 */
public final class RunningService implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "test-password-1";

    private static RunningService shared;

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Path home;

    private RunningService(Path home, Map<String, Object> settings) {
        this.home = home;
        Map<String, Object> all = new HashMap<>(Map.of(
                "farwatch.home", home.toString(),
                "farwatch.http.port", "0",
                "farwatch.jt808.port", "0",
                "farwatch.jt809.port", "0",
                "farwatch.mqtt.port", "0",
                "farwatch.devices.self-registration", "true",
                "FARWATCH_ADMIN_PASSWORD", ADMIN_PASSWORD,
                "farwatch.access.attempts-per-minute", "10000"));
        all.put("farwatch.gb28181.port", "0");
        all.put("farwatch.jt1078.port", "0");
        all.put("farwatch.jt1078.playback-port", "0");
        all.put("farwatch.jt1078.talk-port", "0");
        all.putAll(TestDatabase.settings(home));
        all.putAll(settings);
        SpringApplication application = new SpringApplication(Application.class);
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        context = application.run(arguments);
    }

    /** The instance that tests share; self-registration is on. */
    public static synchronized RunningService shared() {
        if (shared == null) {
            shared = start(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** An instance of the caller's own, in a new home that goes with it. */
    public static RunningService start(Map<String, Object> settings) {
        try {
            return new RunningService(Files.createTempDirectory("farwatch-test"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance on a home that an earlier one left. */
    public static RunningService startOn(Path home, Map<String, Object> settings) {
        return new RunningService(home, settings);
    }

    public Path home() {
        return home;
    }

    public String url() {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public int port(String name) {
        return URI.create(context.getBean(Ports.class).bound().get(name)).getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All of a kind. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** An answer with its body read as JSON. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    /** Calls the API as the first user. */
    public Answer call(String method, String path, Object body) {
        return callAs("admin", ADMIN_PASSWORD, method, path, body);
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    /** @param body sent as JSON; a string is sent as it is; null for none */
    public Answer callAs(String user, String password, String method, String path, Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        body instanceof String text ? text : json.writeValueAsString(body)));
        if (user != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), isJson ? json.readTree(text) : json.nullNode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
