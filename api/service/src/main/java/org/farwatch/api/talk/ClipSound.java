package org.farwatch.api.talk;

import java.util.Arrays;
import org.farwatch.ingest.media.voice.VoiceCall;

/** A stored announcement, some times over with a pause of a second between. Guarded by itself. */
final class ClipSound implements Sound {
    /** Pieces. */
    static final int PAUSE = 50;

    private final byte[] clip;
    private int left;
    private int at;
    private int pause;

    /** @param times that it is said */
    ClipSound(byte[] clip, int times) {
        this.clip = clip;
        this.left = times;
    }

    @Override
    public synchronized byte[] next(long now) {
        if (left == 0) {
            return null;
        }
        if (pause > 0) {
            pause--;
            return null;
        }
        int end = Math.min(at + VoiceCall.PIECE, clip.length);
        byte[] piece = Arrays.copyOfRange(clip, at, end);
        at = end;
        if (at == clip.length) {
            at = 0;
            left--;
            pause = PAUSE;
        }
        return piece;
    }

    @Override
    public synchronized boolean over() {
        return left == 0;
    }

    @Override
    public synchronized void end() {
        left = 0;
    }

    /** A recording is never late. */
    @Override
    public int late() {
        return 0;
    }
}
