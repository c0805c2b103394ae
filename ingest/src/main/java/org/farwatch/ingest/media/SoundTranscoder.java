package org.farwatch.ingest.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.farwatch.ingest.media.MediaUnit.Track;

/**
 * Makes AAC of a stream's sound, 16 kHz, one channel: what telephone codecs carry and every browser plays. The track it
 * makes has no holes: where a device sends no sound for a while, silence stands in its place, because a browser that is
 * promised sound shows no picture without it. What comes at times that are filled already is left out and counted.
 * Sound is given out some 150 ms after it came, at the time at which it belongs. Owned by the stream's platform thread;
 * native memory is freed by {@link #close}.
 */
public final class SoundTranscoder implements AutoCloseable {
    /** Of a device's stamps against the count of its samples, microseconds; ears notice more. */
    static final long TOLERANCE = 80_000;

    /** How far sound may stay behind the pictures before silence is put in its place, microseconds. */
    static final long PATIENCE = 2_000_000;

    /** Once it is taken to be absent, silence stays this far behind the pictures, microseconds. */
    static final long BEHIND = 300_000;

    /** Longer than this is not filled: the track goes on behind a hole, microseconds. */
    static final long LONGEST_FILL = 60_000_000;

    private static final long MICROS = 1_000_000;
    private static final float[] SILENCE = new float[AacEncoder.FRAME];

    private final AudioFormat format;
    private final SoundDecoder decoder;
    private final AacEncoder encoder;
    private final float[] frame = new float[AacEncoder.FRAME];
    private int filled;
    /** Time of each frame that the encoder holds back, microseconds. */
    private final Deque<Long> times = new ArrayDeque<>();

    private boolean begun;
    /** Whether silence has been put where sound should be. */
    private boolean absent = true;
    /** Time of the first sample since the track begun or went on behind a hole, microseconds. */
    private long base;
    /** Samples since then. */
    private long samples;
    /** Our clock against the stream's, milliseconds. */
    private long clock;

    private long leftOut;

    /** @throws IllegalStateException when libavcodec cannot decode or encode it */
    public SoundTranscoder(SourceSound source) {
        decoder = new SoundDecoder(source, AacEncoder.RATE);
        try {
            encoder = new AacEncoder();
        } catch (IllegalStateException e) {
            decoder.close();
            throw e;
        }
        format = new AudioFormat(source.codec().label(), AacEncoder.RATE, 1, encoder.configuration());
    }

    /** Of what is given out. */
    public AudioFormat format() {
        return format;
    }

    /**
     * Takes sound as the device sent it.
     *
     * @param sound its payload in the source's codec, its time that of its first sample
     * @param out told of each AAC frame that is complete
     */
    public void sound(MediaUnit sound, Consumer<MediaUnit> out) {
        clock = sound.receiveTime() - sound.decodeTime() / 1_000;
        begin(sound.decodeTime());
        float[] decoded = decoder.decode(sound.payload());
        if (decoded.length == 0) {
            leftOut++;
            return;
        }
        long early = sound.decodeTime() - end();
        if (early < -TOLERANCE) {
            leftOut++;
            return;
        }
        if (early > TOLERANCE || absent && early > 0) {
            fill(sound.decodeTime(), out);
        }
        absent = false;
        append(decoded, decoded.length, out);
    }

    /** Takes notice of how far the stream's pictures are. */
    public void picture(MediaUnit picture, Consumer<MediaUnit> out) {
        begin(picture.decodeTime());
        long behind = picture.decodeTime() - end();
        if (behind > (absent && samples > 0 ? BEHIND + TOLERANCE : PATIENCE)) {
            absent = true;
            clock = picture.receiveTime() - picture.decodeTime() / 1_000;
            fill(picture.decodeTime() - BEHIND, out);
        }
    }

    /** Pieces of sound that came too late or could not be decoded. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        encoder.close();
        decoder.close();
    }

    private void begin(long time) {
        if (!begun) {
            begun = true;
            base = time;
        }
    }

    /** Where the next sample belongs, microseconds. */
    private long end() {
        return base + samples * MICROS / AacEncoder.RATE;
    }

    private void fill(long until, Consumer<MediaUnit> out) {
        if (until - end() > LONGEST_FILL) {
            append(SILENCE, (AacEncoder.FRAME - filled) % AacEncoder.FRAME, out);
            base = until;
            samples = 0;
            return;
        }
        long missing = (until - end()) * AacEncoder.RATE / MICROS;
        while (missing > 0) {
            int part = (int) Math.min(missing, SILENCE.length);
            append(SILENCE, part, out);
            missing -= part;
        }
    }

    private void append(float[] sound, int count, Consumer<MediaUnit> out) {
        for (int taken = 0; taken < count; ) {
            if (filled == 0) {
                times.add(end());
            }
            int part = Math.min(count - taken, frame.length - filled);
            System.arraycopy(sound, taken, frame, filled, part);
            taken += part;
            filled += part;
            samples += part;
            if (filled == frame.length) {
                filled = 0;
                encoder.encode(frame, aac -> give(aac, out));
            }
        }
    }

    private void give(byte[] aac, Consumer<MediaUnit> out) {
        long time = times.remove();
        out.accept(new MediaUnit(Track.AUDIO, time, time, clock + time / 1_000, true, aac));
    }
}
