package org.farwatch.api.access;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.farwatch.api.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A live connection as a program or a browser opens it. */
public final class LivePeer implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private volatile int closedWith = -1;

    /** @throws java.util.concurrent.CompletionException when the service does not let it in */
    private LivePeer(RunningService service, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address = URI.create(service.url().replaceFirst("^http", "ws") + "/api/v1/live");
        socket = builder.buildAsync(address, this).join();
    }

    public static LivePeer open(RunningService service, Map<String, String> headers) {
        return new LivePeer(service, headers);
    }

    public static LivePeer of(RunningService service, People.Person person) {
        String pair = person.username() + ":" + People.PASSWORD;
        return open(
                service,
                Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }

    public void send(Object message) {
        socket.sendText(message instanceof String text ? text : json.writeValueAsString(message), true)
                .join();
    }

    /** The first message so far, or still to come, that fits. */
    public JsonNode awaitMessage(Predicate<JsonNode> wanted) {
        await().pollInterval(OFTEN)
                .atMost(PATIENCE)
                .until(() -> messages.stream().anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** @return the status code that the service closed with */
    public int awaitClose() {
        await().pollInterval(OFTEN).atMost(PATIENCE).until(() -> closedWith >= 0);
        return closedWith;
    }

    public boolean open() {
        return closedWith < 0;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(json.readTree(part.toString()));
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closedWith = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closedWith = 1006;
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
