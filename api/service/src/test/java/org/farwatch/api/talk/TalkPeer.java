package org.farwatch.api.talk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.api.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to devices as a program does. */
final class TalkPeer implements WebSocket.Listener, AutoCloseable {
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    /** @throws java.util.concurrent.CompletionException when the service does not let it in */
    TalkPeer(RunningService service, String path, String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Basic " + pair)
                .buildAsync(URI.create(service.url().replaceFirst("^http", "ws") + "/api/v1" + path), this)
                .join();
    }

    void say(byte[] alaw) {
        socket.sendBinary(ByteBuffer.wrap(alaw), true).join();
    }

    void hangUp() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** What was said of a state of a stream, null when nothing was. */
    JsonNode told(String stream, String state) {
        return texts.stream()
                .filter(told -> told.path("stream").asString().equals(stream)
                        && told.path("state").asString().equals(state))
                .findFirst()
                .orElse(null);
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
    public void close() {
        socket.abort();
        http.close();
    }
}
