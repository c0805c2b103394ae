package org.farwatch.ingest.media.voice;

import java.util.concurrent.CompletionStage;

/** A loudspeaker that was asked to take sound, until it is closed. Safe for use by many threads; nothing here waits. */
public interface VoiceCall extends AutoCloseable {
    /** Samples in a second of what it takes: G.711 A-law, one channel, a byte each. */
    int RATE = 8_000;

    /** Bytes of the pieces that sound is cut into: 20 milliseconds. */
    int PIECE = RATE / 50;

    /**
     * Completes when the device takes sound; fails with {@link org.farwatch.ingest.media.pull.PullFailure} saying why it
     * does not.
     */
    CompletionStage<Void> open();

    /**
     * Sends a piece of sound at once: whoever calls keeps the pace.
     *
     * @param alaw at most {@link #PIECE} bytes
     * @return false when it was not sent: the call is not open, or there is no room on the way
     */
    boolean send(byte[] alaw);

    /** Completes with the reason when the device or its link ended the call; not after {@link #close}. */
    CompletionStage<String> ended();

    /** Says good-bye and lets go of everything; once is enough, again does nothing. */
    @Override
    void close();
}
