package org.farwatch.ingest.media.rtp;

/**
 * A packet (RFC 3550, 5.1) and its payload, without padding and header extension.
 *
 * @param bytes holds the payload; not changed
 * @param offset of the payload
 * @param length of the payload
 * @param sequence 16 bits
 * @param stamp 32 bits
 * @param ssrc 32 bits
 * @param type payload type, 0 to 127
 * @param marker often the last packet of a picture; believed when it has shown to be that
 * @param wire bytes of the whole packet
 * @param received our clock, milliseconds since 1970 UTC
 */
record RtpPacket(
        byte[] bytes,
        int offset,
        int length,
        int sequence,
        long stamp,
        long ssrc,
        int type,
        boolean marker,
        int wire,
        long received) {
    /** Of the shortest header. */
    static final int HEADER = 12;

    private static final int FIRST_CONTROL = 72;
    private static final int LAST_CONTROL = 76;

    /** Whether a packet may begin with these bytes. */
    static boolean begins(int first) {
        return (first & 0xc0) == 0x80;
    }

    /** A packet of RTCP (RFC 5761, 4): 200 to 204 where the payload type stands. */
    static boolean control(byte[] bytes, int offset, int length) {
        int type = length < 2 ? 0 : bytes[offset + 1] & 0x7f;
        return length >= 2 && begins(bytes[offset]) && type >= FIRST_CONTROL && type <= LAST_CONTROL;
    }

    /** @return null when it is none */
    static RtpPacket of(byte[] bytes, int offset, int length, long received) {
        if (length < HEADER || !begins(bytes[offset])) {
            return null;
        }
        int flags = bytes[offset];
        int end = length;
        int at = HEADER + 4 * (flags & 0x0f);
        if ((flags & 0x10) != 0) {
            if (at + 4 > end) {
                return null;
            }
            at += 4 + 4 * word(bytes, offset + at + 2);
        }
        if ((flags & 0x20) != 0) {
            end -= bytes[offset + length - 1] & 0xff;
        }
        return at > end
                ? null
                : new RtpPacket(
                        bytes,
                        offset + at,
                        end - at,
                        word(bytes, offset + 2),
                        number(bytes, offset + 4),
                        number(bytes, offset + 8),
                        bytes[offset + 1] & 0x7f,
                        bytes[offset + 1] < 0,
                        length,
                        received);
    }

    static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static long number(byte[] bytes, int at) {
        return (long) word(bytes, at) << 16 | word(bytes, at + 2);
    }
}
