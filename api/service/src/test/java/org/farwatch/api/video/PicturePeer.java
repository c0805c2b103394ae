package org.farwatch.api.video;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.api.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches a stream as a program does. */
final class PicturePeer implements WebSocket.Listener, AutoCloseable {
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final List<byte[]> pieces = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile int closed;

    /** Also of the smaller picture: {@code quality} is {@code main} or {@code sub}. */
    static PicturePeer of(RunningService service, String stream, String quality) {
        return new PicturePeer(service, stream, "admin", RunningService.ADMIN_PASSWORD, "test&quality=" + quality);
    }

    /** @throws java.util.concurrent.CompletionException when the service does not let it in */
    PicturePeer(RunningService service, String stream, String user, String password, String purpose) {
        String address =
                service.url().replaceFirst("^http", "ws") + "/api/v1/streams/" + stream + "/live?purpose=" + purpose;
        String pair = Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Basic " + pair)
                .buildAsync(URI.create(address), this)
                .join();
    }

    List<JsonNode> texts() {
        return List.copyOf(texts);
    }

    /** The header, then fragments. */
    List<byte[]> pieces() {
        return List.copyOf(pieces);
    }

    /** Which picture the last header was of, empty before the first. */
    String quality() {
        return texts.stream()
                .map(text -> text.path("quality").asString(""))
                .filter(quality -> !quality.isEmpty())
                .reduce("", (_, last) -> last);
    }

    /** Why the service closed it, 0 while it has not (RFC 6455, section 7.4.1). */
    int closed() {
        return closed;
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
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        part.writeBytes(bytes);
        if (last) {
            pieces.add(part.toByteArray());
            part.reset();
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
