package org.farwatch.benchmarks.video;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.benchmarks.process.House;

/** A program that watches a stream until it has the header and the first fragment. */
final class Viewer implements WebSocket.Listener {
    private final CompletableFuture<Picture> picture = new CompletableFuture<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private byte[] header;

    /**
     * What a decoder needs for a picture.
     *
     * @param header {@code ftyp} and {@code moov}
     * @param fragment the first one
     * @param at by {@link System#nanoTime}, when its last byte was there
     */
    record Picture(byte[] header, byte[] fragment, long at) {}

    /** Opens a connection of its own and closes it once it has a picture. */
    static CompletableFuture<Picture> join(HttpClient http, House house, String stream) {
        Viewer viewer = new Viewer();
        String address = house.url().replaceFirst("^http", "ws") + "/api/v1/streams/" + stream + "/live?purpose=drill";
        return http.newWebSocketBuilder()
                .header("Authorization", house.authorization())
                .buildAsync(URI.create(address), viewer)
                .thenCompose(_ -> viewer.picture);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        part.writeBytes(bytes);
        if (last) {
            long now = System.nanoTime();
            byte[] whole = part.toByteArray();
            part.reset();
            if (header == null) {
                header = whole;
            } else {
                picture.complete(new Picture(header, whole, now));
                webSocket.abort();
                return null;
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        picture.completeExceptionally(failure);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        picture.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
        return null;
    }
}
