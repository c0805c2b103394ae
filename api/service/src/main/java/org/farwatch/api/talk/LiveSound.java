package org.farwatch.api.talk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.farwatch.ingest.media.voice.VoiceCall;

/**
 * Sound as it comes from a browser, made even: it waits {@link #AHEAD} before the first piece goes out, so that the next
 * ones are there in time although the network brings them in heaps. When more waits than the buffer holds, the oldest is
 * dropped, so that what is heard is never later than that. Guarded by itself.
 */
final class LiveSound implements Sound {
    /** Waits before the first piece, and again after there was none, nanoseconds. */
    static final long AHEAD = Duration.ofMillis(60).toNanos();

    private final int most;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final byte[] part = new byte[VoiceCall.PIECE];
    private int filled;
    private boolean running;
    private long due;
    private boolean ended;
    private int late;

    /** @param buffer of what may wait */
    LiveSound(Duration buffer) {
        most = (int) Math.max(1, buffer.toMillis() * VoiceCall.RATE / 1_000 / VoiceCall.PIECE);
    }

    /** Takes sound of any length. */
    synchronized void offer(byte[] sound, long now) {
        if (ended) {
            return;
        }
        for (int taken = 0; taken < sound.length; ) {
            int count = Math.min(sound.length - taken, part.length - filled);
            System.arraycopy(sound, taken, part, filled, count);
            taken += count;
            filled += count;
            if (filled == part.length) {
                add(part.clone(), now);
                filled = 0;
            }
        }
    }

    private void add(byte[] piece, long now) {
        if (!running && waiting.isEmpty()) {
            due = now + AHEAD;
        }
        waiting.add(piece);
        if (waiting.size() > most) {
            waiting.remove();
            late++;
        }
    }

    @Override
    public synchronized byte[] next(long now) {
        running = (running || ended || now - due >= 0) && !waiting.isEmpty();
        return running ? waiting.remove() : null;
    }

    @Override
    public synchronized boolean over() {
        return ended && waiting.isEmpty();
    }

    @Override
    public synchronized void end() {
        if (!ended && filled > 0) {
            waiting.add(Arrays.copyOf(part, filled));
        }
        ended = true;
    }

    @Override
    public synchronized int late() {
        return late;
    }
}
