package org.farwatch.ingest.media.rtsp;

import java.util.function.LongUnaryOperator;

/**
 * Brings the stamps of one track onto the clock of all: microseconds since the camera began to play, by what it said of
 * that moment (RTP-Info, RFC 2326, 12.33), otherwise by when the first packet came. Owned by the stream's thread.
 */
final class TrackClock implements LongUnaryOperator {
    private static final long MICROS = 1_000_000;
    /** What a camera says of its beginning is believed so far, seconds: many say anything. */
    private static final long BELIEVED = 10;

    private final int rate;
    private long begin = -1;
    private long playing = System.nanoTime();
    private boolean fixed;
    private long offset;

    TrackClock(int rate) {
        this.rate = rate;
    }

    /** @param stamp of the beginning, 32 bits; -1 when the camera did not say */
    void playing(long stamp) {
        begin = stamp;
        playing = System.nanoTime();
    }

    @Override
    public long applyAsLong(long ticks) {
        if (!fixed) {
            fixed = true;
            long since = begin < 0 ? Long.MAX_VALUE : (int) (ticks - begin);
            long came = (System.nanoTime() - playing) / 1_000;
            offset = Math.abs(since) <= BELIEVED * rate ? micros(since) - micros(ticks) : came - micros(ticks);
        }
        return micros(ticks) + offset;
    }

    private long micros(long ticks) {
        return ticks / rate * MICROS + ticks % rate * MICROS / rate;
    }
}
