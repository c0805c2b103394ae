package org.farwatch.ingest.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AAC frames that carry their own header, as MPEG transport streams and HLS have them (ISO/IEC 13818-7, 6.2); in MP4 the
 * header stands once, as the AudioSpecificConfig.
 */
public final class Adts {
    private static final int SHORT_HEADER = 7;
    private static final int LONG_HEADER = 9;
    private static final int LOW_COMPLEXITY = 2;
    /** ISO/IEC 14496-3, table 1.18. */
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private Adts() {}

    /**
     * AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3, 1.6.2.1).
     *
     * @param sampleRate samples a second
     * @param channels 1 to 8, of the usual arrangements
     * @return null when these two bytes cannot say it
     */
    public static byte[] configuration(int sampleRate, int channels) {
        int rate = 0;
        while (rate < RATES.length && RATES[rate] != sampleRate) {
            rate++;
        }
        if (rate == RATES.length || channels < 1 || channels > 8 || channels == 7) {
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

    /** The whole frames that follow each other in these bytes; ends where one has no header or is cut off. */
    public static List<Frame> frames(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        while (bytes.length - at >= SHORT_HEADER && (bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xf6) == 0xf0) {
            int header = (bytes[at + 1] & 1) == 1 ? SHORT_HEADER : LONG_HEADER;
            int rate = bytes[at + 2] >>> 2 & 0x0f;
            int arrangement = (bytes[at + 2] & 1) << 2 | bytes[at + 3] >>> 6 & 3;
            int length = (bytes[at + 3] & 3) << 11 | (bytes[at + 4] & 0xff) << 3 | bytes[at + 5] >>> 5 & 7;
            if (length <= header || length > bytes.length - at || rate >= RATES.length) {
                break;
            }
            int channels = arrangement == 7 ? 8 : Math.max(1, arrangement);
            frames.add(new Frame(
                    RATES[rate],
                    channels,
                    configuration(RATES[rate], channels),
                    Arrays.copyOfRange(bytes, at + header, at + length)));
            at += length;
        }
        return frames;
    }

    /** The frame without its header; as it is when it has none, empty when it is nothing but a header. */
    public static byte[] strip(byte[] frame) {
        if (frame.length < SHORT_HEADER || (frame[0] & 0xff) != 0xff || (frame[1] & 0xf6) != 0xf0) {
            return frame;
        }
        int header = (frame[1] & 1) == 1 ? SHORT_HEADER : LONG_HEADER;
        return Arrays.copyOfRange(frame, Math.min(header, frame.length), frame.length);
    }
}
