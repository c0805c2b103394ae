package org.farwatch.ingest.media.ts;

/**
 * A table that may go on over several packets (ISO/IEC 13818-1, 2.4.4). Its checksum is not looked at, since devices
 * leave it out.
 */
final class Section {
    private static final int HEADER = 3;
    private static final int CHECKSUM = 4;
    /** The longest table (2.4.4.1): 12 bits of length. */
    private static final int MAX = HEADER + 0x0fff;

    private final byte[] bytes = new byte[MAX];
    private int size;
    private boolean open;

    /** @return whether the table is whole now; what follows it in the packet is not looked at */
    boolean take(byte[] packet, int from, boolean begins) {
        int at = from;
        if (begins) {
            at += 1 + (packet[at] & 0xff);
            size = 0;
            open = true;
        }
        if (!open || at >= packet.length) {
            return false;
        }
        int count = Math.min(packet.length - at, MAX - size);
        System.arraycopy(packet, at, bytes, size, count);
        size += count;
        if (size < HEADER || size < HEADER + (word(1) & 0x0fff)) {
            return false;
        }
        open = false;
        return true;
    }

    void reset() {
        open = false;
        size = 0;
    }

    int id() {
        return octet(0);
    }

    /** Where the checksum begins. */
    int end() {
        return HEADER + (word(1) & 0x0fff) - CHECKSUM;
    }

    int octet(int at) {
        return bytes[at] & 0xff;
    }

    int word(int at) {
        return octet(at) << 8 | octet(at + 1);
    }
}
