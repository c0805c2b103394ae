package org.farwatch.ingest.jt1078;

import java.util.Arrays;
import org.farwatch.ingest.jt1078.MediaPacket.Kind;
import org.farwatch.ingest.jt1078.MediaPacket.Part;

/** Reads the head of a packet at a place in a buffer; keeps nothing. */
final class PacketHeader {
    static final int MARK = 0x30316364;
    static final int MARK_BYTES = 4;

    /** What stands here can be no packet. */
    static final int NONE = -1;

    /** More bytes are needed to tell. */
    static final int UNKNOWN = 0;

    private static final int SIM_AT = 8;
    /** From the channel: kind, stamp, milliseconds since the last key picture. */
    private static final int SINCE_LAST = 12;

    private static final int VERSION = 2;
    private static final Kind[] KINDS = Kind.values();
    private static final Part[] PARTS = Part.values();

    private PacketHeader() {}

    /** Whether bytes that may be fewer than the mark's could begin one. */
    static boolean mayBegin(byte[] bytes, int at, int end) {
        for (int i = 0; i < MARK_BYTES && at + i < end; i++) {
            if (bytes[at + i] != (byte) (MARK >> 24 - 8 * i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Bytes of the packet that begins here, when its SIM is that long.
     *
     * @param end behind the last byte that has come
     * @param mostBody a longer body is none
     * @return {@link #NONE} or {@link #UNKNOWN} instead; more than have come is possible
     */
    static int length(byte[] bytes, int at, int end, int simBytes, int mostBody) {
        if (!mayBegin(bytes, at, end)) {
            return NONE;
        }
        if (at + SIM_AT > end) {
            return UNKNOWN;
        }
        if ((bytes[at + 4] & 0xFF) >> 6 != VERSION) {
            return NONE;
        }
        int kindAt = at + SIM_AT + simBytes + 1;
        for (int i = at + SIM_AT; i < Math.min(end, at + SIM_AT + simBytes); i++) {
            if ((bytes[i] & 0xF) > 9 || (bytes[i] >> 4 & 0xF) > 9) {
                return NONE;
            }
        }
        if (kindAt >= end) {
            return UNKNOWN;
        }
        int kind = bytes[kindAt] >> 4 & 0xF;
        if (kind >= KINDS.length || (bytes[kindAt] & 0xF) >= PARTS.length) {
            return NONE;
        }
        int header = MediaPacket.headerBytes(KINDS[kind], simBytes);
        if (at + header > end) {
            return UNKNOWN;
        }
        int body = word(bytes, at + header - 2);
        return body > mostBody ? NONE : header + body;
    }

    /** The SIM without leading zeros; its bytes must have come. */
    static String sim(byte[] bytes, int at, int simBytes) {
        char[] digits = new char[2 * simBytes];
        int first = digits.length;
        for (int i = 0; i < simBytes; i++) {
            int two = bytes[at + SIM_AT + i];
            digits[2 * i] = (char) ('0' + (two >> 4 & 0xF));
            digits[2 * i + 1] = (char) ('0' + (two & 0xF));
        }
        for (int i = digits.length - 1; i >= 0; i--) {
            first = digits[i] == '0' ? first : i;
        }
        return new String(digits, first, digits.length - first);
    }

    /** A whole packet, of the length that {@link #length} said. */
    static MediaPacket read(byte[] bytes, int at, int length, int simBytes) {
        int channelAt = at + SIM_AT + simBytes;
        Kind kind = KINDS[bytes[channelAt + 1] >> 4 & 0xF];
        int header = MediaPacket.headerBytes(kind, simBytes);
        long stamp = 0;
        for (int i = 0; i < 8 && kind != Kind.TRANSPARENT; i++) {
            stamp = stamp << 8 | bytes[channelAt + 2 + i] & 0xFF;
        }
        return new MediaPacket(
                sim(bytes, at, simBytes),
                simBytes,
                bytes[channelAt] & 0xFF,
                bytes[at + 5] & 0x7F,
                (bytes[at + 5] & 0x80) != 0,
                word(bytes, at + 6),
                kind,
                PARTS[bytes[channelAt + 1] & 0xF],
                stamp,
                kind.picture() ? word(bytes, channelAt + SINCE_LAST) : 0,
                Arrays.copyOfRange(bytes, at + header, at + length));
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
