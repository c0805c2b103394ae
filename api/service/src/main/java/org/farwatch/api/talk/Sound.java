package org.farwatch.api.talk;

import org.farwatch.ingest.media.voice.VoiceCall;

/** What is said to a loudspeaker, in pieces of 20 ms of G.711 A-law. Safe for use by many threads. */
sealed interface Sound permits LiveSound, ClipSound {
    /**
     * The piece that is due.
     *
     * @param now {@link System#nanoTime}
     * @return at most {@link VoiceCall#PIECE} bytes, null when there is none now
     */
    byte[] next(long now);

    /** Whether all of it was given out. */
    boolean over();

    /** No more of it comes. */
    void end();

    /** Pieces that came too late to be given out. */
    int late();
}
