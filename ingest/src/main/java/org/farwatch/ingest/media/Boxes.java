package org.farwatch.ingest.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes boxes of ISO/IEC 14496-12: size, type, content; sizes are set when a box is closed. Owned by one thread. */
final class Boxes {
    private byte[] bytes;
    private int length;

    Boxes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Opens a box. @return its place, for {@link #close} */
    int open(String type) {
        int at = length;
        u32(0);
        ascii(type);
        return at;
    }

    /** Opens a box with version and flags (4.2.2). */
    int open(String type, int version, int flags) {
        int at = open(type);
        u32(version << 24 | flags);
        return at;
    }

    void close(int at) {
        set32(at, length - at);
    }

    void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    void u32(long value) {
        reserve(4);
        set32(length, (int) value);
        length += 4;
    }

    void u64(long value) {
        u32(value >>> 32);
        u32(value);
    }

    void ascii(String text) {
        bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    void zeros(int count) {
        reserve(count);
        length += count;
    }

    void bytes(byte[] added) {
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
    }

    int length() {
        return length;
    }

    void set32(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
