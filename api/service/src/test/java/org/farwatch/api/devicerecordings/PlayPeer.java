package org.farwatch.api.devicerecordings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches what a device recorded as a program does. */
final class PlayPeer implements WebSocket.Listener, AutoCloseable {
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger pieces = new AtomicInteger();
    private final WebSocket socket;
    private volatile int closed;

    /** @throws java.util.concurrent.CompletionException when the service does not let it in */
    PlayPeer(RunningService service, String stream, Instant from, Instant to) {
        String address = service.url().replaceFirst("^http", "ws") + "/api/v1/streams/" + stream
                + "/device-recordings/play?from=" + from + "&to=" + to + "&purpose=test";
        String pair = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Basic " + pair)
                .buildAsync(URI.create(address), this)
                .join();
    }

    void order(String order) {
        socket.sendText(order, true).join();
    }

    int pieces() {
        return pieces.get();
    }

    int closed() {
        return closed;
    }

    /** Where each run of pictures begins. */
    List<Instant> starts() {
        return texts.stream()
                .filter(one -> one.has("start"))
                .map(one -> Instant.parse(one.path("start").asString()))
                .toList();
    }

    List<JsonNode> texts() {
        return List.copyOf(texts);
    }

    /** What was said of it last. */
    String state() {
        return last().path("state").asString("");
    }

    JsonNode last() {
        return texts.stream()
                .filter(one -> one.has("state"))
                .reduce((_, later) -> later)
                .orElse(json.createObjectNode());
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed = statusCode;
        return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(json.readTree(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        if (last) {
            pieces.incrementAndGet();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
