package org.farwatch.ingest.media.voice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.ingest.media.pull.PullFailure;

/** A call that is not made. */
public record RefusedCall(PullFailure why) implements VoiceCall {
    @Override
    public CompletionStage<Void> open() {
        return CompletableFuture.failedFuture(why);
    }

    @Override
    public boolean send(byte[] alaw) {
        return false;
    }

    @Override
    public CompletionStage<String> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {}
}
