package org.farwatch.api.talk;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.VoiceCall;

/** A call that opens when the test says so and keeps what it is sent. */
final class HeardCall implements VoiceCall {
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final List<Long> at = new ArrayList<>();
    private volatile boolean closed;

    void opens() {
        open.complete(null);
    }

    void refuses(PullFailure why) {
        open.completeExceptionally(why);
    }

    void hangsUp(String why) {
        ended.complete(why);
    }

    @Override
    public CompletionStage<Void> open() {
        return open;
    }

    @Override
    public synchronized boolean send(byte[] alaw) {
        heard.writeBytes(alaw);
        at.add(System.nanoTime());
        return open.isDone() && !closed;
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    synchronized byte[] heard() {
        return heard.toByteArray();
    }

    /** From the first piece to the last. */
    synchronized Duration took() {
        return Duration.ofNanos(at.getLast() - at.getFirst());
    }
}
