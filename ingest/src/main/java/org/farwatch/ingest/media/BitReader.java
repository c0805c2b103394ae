package org.farwatch.ingest.media;

/**
 * Bits of a NAL unit's payload, most significant first, emulation prevention bytes left out (ITU-T H.264, 7.3.1 and
 * 9.1; H.265, 7.3.1.1 and 9.2). Reading past the end throws {@link IllegalArgumentException}.
 */
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private int position;
    private int zeros;
    private int current;
    private int left;

    BitReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    int bit() {
        if (left == 0) {
            load();
        }
        left--;
        return current >>> left & 1;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** @param count 0 to 32 */
    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /** Exp-Golomb, unsigned: 0 to 2^31 - 1. */
    int ue() {
        int leading = 0;
        while (bit() == 0) {
            leading++;
            if (leading > 30) {
                throw new IllegalArgumentException("Exp-Golomb code of more than 30 leading zeros");
            }
        }
        return (int) ((1L << leading) - 1 + bits(leading));
    }

    /** Exp-Golomb, signed. */
    int se() {
        int code = ue();
        return (code & 1) == 1 ? (code + 1) >>> 1 : -(code >>> 1);
    }

    private void load() {
        if (position < end && zeros >= 2 && bytes[position] == 3) {
            position++;
            zeros = 0;
        }
        if (position >= end) {
            throw new IllegalArgumentException("parameter set ends early");
        }
        current = bytes[position++] & 0xff;
        zeros = current == 0 ? zeros + 1 : 0;
        left = 8;
    }
}
