package org.farwatch.ingest.simulator.gb28181;

import java.io.ByteArrayOutputStream;

/** Wraps access units into an MPEG program stream (ISO/IEC 13818-1, 2.5) as cameras do. */
final class PsWriter {
    private static final int MOST_OF_PES = 65_000;
    private static final int H264 = 0x1B;
    private static final int VIDEO = 0xE0;

    private final boolean withMap;

    /** @param withMap whether the program stream map is sent: some devices do not */
    PsWriter(boolean withMap) {
        this.withMap = withMap;
    }

    /**
     * @param accessUnit with start codes
     * @param stamp 90,000 a second
     */
    byte[] write(byte[] accessUnit, boolean key, long stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(accessUnit.length + 128);
        pack(out, stamp);
        if (key) {
            systemHeader(out);
            if (withMap) {
                map(out);
            }
        }
        for (int at = 0; at < accessUnit.length; at += MOST_OF_PES) {
            int size = Math.min(MOST_OF_PES, accessUnit.length - at);
            boolean first = at == 0;
            int header = first ? 5 : 0;
            bytes(
                    out,
                    0,
                    0,
                    1,
                    VIDEO,
                    size + 3 + header >> 8,
                    size + 3 + header & 0xFF,
                    0x80,
                    first ? 0x80 : 0,
                    header);
            if (first) {
                bytes(
                        out,
                        0x21 | (int) (stamp >> 29 & 0x0E),
                        (int) (stamp >> 22 & 0xFF),
                        (int) (stamp >> 14 & 0xFE) | 1,
                        (int) (stamp >> 7 & 0xFF),
                        (int) (stamp << 1 & 0xFE) | 1);
            }
            out.write(accessUnit, at, size);
        }
        return out.toByteArray();
    }

    private static void pack(ByteArrayOutputStream out, long stamp) {
        bytes(
                out,
                0,
                0,
                1,
                0xBA,
                0x44 | (int) (stamp >> 27 & 0x38) | (int) (stamp >> 28 & 0x03),
                (int) (stamp >> 20 & 0xFF),
                0x04 | (int) (stamp >> 12 & 0xF8) | (int) (stamp >> 13 & 0x03),
                (int) (stamp >> 5 & 0xFF),
                0x04 | (int) (stamp << 3 & 0xF8),
                0x01,
                0x01,
                0x89,
                0xC3,
                0xF8);
    }

    private static void systemHeader(ByteArrayOutputStream out) {
        bytes(out, 0, 0, 1, 0xBB, 0, 9, 0x80, 0xC4, 0xE1, 0x04, 0xE1, 0x7F, VIDEO, 0xE0, 0x80);
    }

    private static void map(ByteArrayOutputStream out) {
        bytes(out, 0, 0, 1, 0xBC, 0, 14, 0xE1, 0xFF, 0, 0, 0, 4, H264, VIDEO, 0, 0, 0x45, 0xBD, 0xDC, 0xF4);
    }

    private static void bytes(ByteArrayOutputStream out, int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}
