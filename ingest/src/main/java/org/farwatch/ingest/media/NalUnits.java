package org.farwatch.ingest.media;

import java.util.ArrayList;
import java.util.List;

/** Where NAL units begin and end, in either of the forms in which they travel. */
public final class NalUnits {
    /** @param offset of the NAL unit's header in the array */
    public record Range(int offset, int length) {}

    private NalUnits() {}

    /** Whether the frame begins with a start code (ITU-T H.264, Annex B), not with a length. */
    static boolean startCoded(byte[] frame) {
        return frame.length >= 4 && frame[0] == 0 && frame[1] == 0 && (frame[2] == 1 || frame[2] == 0 && frame[3] == 1);
    }

    /** NAL units between start codes of 3 or 4 bytes; zeros behind a unit are not part of it. */
    static List<Range> ofByteStream(byte[] frame) {
        List<Range> units = new ArrayList<>();
        int begin = -1;
        int i = 0;
        while (i + 2 < frame.length) {
            if (frame[i + 2] > 1 || frame[i + 2] < 0) {
                i += 3;
            } else if (frame[i] == 0 && frame[i + 1] == 0 && frame[i + 2] == 1) {
                add(units, frame, begin, i);
                i += 3;
                begin = i;
            } else {
                i++;
            }
        }
        add(units, frame, begin, frame.length);
        return units;
    }

    /**
     * NAL units behind their lengths (ISO/IEC 14496-15, 5.3.4.2).
     *
     * @param lengthSize bytes of a length, 1 to 4
     * @throws IllegalArgumentException when a length leads out of the frame
     */
    public static List<Range> ofLengths(byte[] frame, int lengthSize) {
        List<Range> units = new ArrayList<>();
        int i = 0;
        while (i + lengthSize <= frame.length) {
            int length = 0;
            for (int n = 0; n < lengthSize; n++) {
                length = length << 8 | frame[i + n] & 0xff;
            }
            i += lengthSize;
            if (length < 0 || length > frame.length - i) {
                throw new IllegalArgumentException(
                        "NAL unit of " + length + " bytes where " + (frame.length - i) + " are left");
            }
            if (length > 0) {
                units.add(new Range(i, length));
            }
            i += length;
        }
        return units;
    }

    /**
     * Whether lengths lead through the whole frame. Decides where a frame only looks start coded: 00 00 01 is also the
     * beginning of a length of 256 to 511.
     */
    static boolean lengthsFit(byte[] frame, int lengthSize) {
        int i = 0;
        while (i + lengthSize <= frame.length) {
            long length = 0;
            for (int n = 0; n < lengthSize; n++) {
                length = length << 8 | frame[i + n] & 0xff;
            }
            if (length > frame.length - i - lengthSize) {
                return false;
            }
            i += lengthSize + (int) length;
        }
        return i == frame.length;
    }

    private static void add(List<Range> units, byte[] frame, int begin, int limit) {
        if (begin < 0) {
            return;
        }
        int end = limit;
        while (end > begin && frame[end - 1] == 0) {
            end--;
        }
        if (end > begin) {
            units.add(new Range(begin, end - begin));
        }
    }
}
