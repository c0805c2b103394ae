package org.farwatch.ingest.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AAC frames that carry their own header, as MPEG transport streams and HLS have them (ISO/IEC 13818-7, 6.2); in MP4 the
 * header stands once, as the AudioSpecificConfig.
 */
public final class Adts {
    /** Bytes of a header without checksum. */
    public static final int SHORT_HEADER = 7;

    private static final int LONG_HEADER = 9;
    private static final int LOW_COMPLEXITY = 2;
    /** ISO/IEC 14496-3, table 1.18. */
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private Adts() {}

    /** Whether a header begins here, by its sync word and layer. */
    public static boolean begins(byte[] bytes, int at) {
        return bytes.length - at >= 2 && (bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xf6) == 0xf0;
    }

    /**
     * The number that stands for a rate in headers and configurations.
     *
     * @param sampleRate samples a second
     * @return -1 when none does
     */
    public static int rateIndex(int sampleRate) {
        int index = RATES.length - 1;
        while (index >= 0 && RATES[index] != sampleRate) {
            index--;
        }
        return index;
    }

    /**
     * @param index 0 to 15
     * @return samples a second; -1 of the numbers that stand for none
     */
    public static int sampleRate(int index) {
        return index < RATES.length ? RATES[index] : -1;
    }

    /**
     * AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3, 1.6.2.1).
     *
     * @param sampleRate samples a second
     * @param channels 1 to 8, of the usual arrangements
     * @return null when these two bytes cannot say it
     */
    public static byte[] configuration(int sampleRate, int channels) {
        int rate = rateIndex(sampleRate);
        if (rate < 0 || channels < 1 || channels > 8 || channels == 7) {
            return null;
        }
        int arrangement = channels == 8 ? 7 : channels;
        int bits = LOW_COMPLEXITY << 11 | rate << 7 | arrangement << 3;
        return new byte[] {(byte) (bits >>> 8), (byte) bits};
    }

    /**
     * A frame and what its header says of it.
     *
     * @param sampleRate samples a second
     * @param configuration AudioSpecificConfig
     * @param payload without the header
     */
    public record Frame(int sampleRate, int channels, byte[] configuration, byte[] payload) {
        /** How long it sounds, microseconds. */
        public long micros() {
            return 1_024L * 1_000_000 / sampleRate;
        }
    }

    /** Bytes of the header that begins here. */
    public static int header(byte[] bytes, int at) {
        return (bytes[at + 1] & 1) == 1 ? SHORT_HEADER : LONG_HEADER;
    }

    /** Bytes of the frame with its header, of which {@link #SHORT_HEADER} have to be there. */
    public static int length(byte[] bytes, int at) {
        return (bytes[at + 3] & 3) << 11 | (bytes[at + 4] & 0xff) << 3 | bytes[at + 5] >>> 5 & 7;
    }

    /** Samples a second that the header here says, of which {@link #SHORT_HEADER} bytes have to be there; -1 of none. */
    public static int rate(byte[] bytes, int at) {
        return sampleRate(bytes[at + 2] >>> 2 & 0x0f);
    }

    /**
     * @param to end of the bytes
     * @return where the whole frames end that follow each other from here: {@code from} when none does
     */
    public static int whole(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= SHORT_HEADER && begins(bytes, at)) {
            int length = length(bytes, at);
            if (length <= header(bytes, at) || length > to - at || rate(bytes, at) < 0) {
                break;
            }
            at += length;
        }
        return at;
    }

    /** The whole frames that follow each other in these bytes; ends where one has no header or is cut off. */
    public static List<Frame> frames(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        int end = whole(bytes, 0, bytes.length);
        for (int at = 0; at < end; at += length(bytes, at)) {
            int rate = rate(bytes, at);
            int arrangement = (bytes[at + 2] & 1) << 2 | bytes[at + 3] >>> 6 & 3;
            int channels = arrangement == 7 ? 8 : Math.max(1, arrangement);
            byte[] payload = Arrays.copyOfRange(bytes, at + header(bytes, at), at + length(bytes, at));
            frames.add(new Frame(rate, channels, configuration(rate, channels), payload));
        }
        return frames;
    }

    /** The frame without its header; as it is when it has none, empty when it is nothing but a header. */
    public static byte[] strip(byte[] frame) {
        if (frame.length < SHORT_HEADER || !begins(frame, 0)) {
            return frame;
        }
        return Arrays.copyOfRange(frame, Math.min(header(frame, 0), frame.length), frame.length);
    }
}
