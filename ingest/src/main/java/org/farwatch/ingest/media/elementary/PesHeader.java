package org.farwatch.ingest.media.elementary;

/**
 * The header of a PES packet (ISO/IEC 13818-1, 2.4.3.6).
 *
 * @param streamId 0xc0 to 0xef
 * @param length of the payload; -1 where the packet does not say it
 * @param presentation 33 bits at 90 kHz, or {@link Programme#NO_STAMP}
 * @param decode the same; the presentation where only that is there
 */
public record PesHeader(int streamId, int length, long presentation, long decode) {
    /** Bytes that tell how long the header is. */
    public static final int LEAST = 9;
    /** The longest header. */
    public static final int MOST = LEAST + 255;

    private static final int STAMP = 5;
    /** Start code and length, which the length does not count. */
    private static final int BEFORE = 6;

    /** Bytes of the whole header, when the first {@link #LEAST} are there. */
    public static int size(byte[] head) {
        return LEAST + (head[8] & 0xff);
    }

    /**
     * @param head start code first, {@link #size} bytes at least
     * @return null when it is none
     */
    public static PesHeader of(byte[] head) {
        int length = (head[4] & 0xff) << 8 | head[5] & 0xff;
        int payload = length == 0 ? -1 : length + BEFORE - size(head);
        if ((head[6] & 0xc0) != 0x80 || length > 0 && payload < 0) {
            return null;
        }
        int flags = (head[7] & 0xff) >>> 6;
        int room = size(head) - LEAST;
        long presentation = flags >= 2 && room >= STAMP ? stamp(head, LEAST) : Programme.NO_STAMP;
        long decode = flags == 3 && room >= 2 * STAMP ? stamp(head, LEAST + STAMP) : presentation;
        return new PesHeader(head[3] & 0xff, payload, presentation, decode);
    }

    private static long stamp(byte[] head, int at) {
        return (head[at] & 0x0eL) << 29
                | (head[at + 1] & 0xffL) << 22
                | (head[at + 2] & 0xfeL) << 14
                | (head[at + 3] & 0xffL) << 7
                | (head[at + 4] & 0xffL) >>> 1;
    }
}
