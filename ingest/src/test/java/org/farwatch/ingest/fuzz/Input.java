package org.farwatch.ingest.fuzz;

import java.util.Arrays;

/** Takes an input apart: what a target needs besides plain bytes. Past its end all numbers are 0 and all bytes are none. */
public final class Input {
    private final byte[] bytes;
    private int at;

    public Input(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    /** 0 to 255. */
    public int octet() {
        return hasMore() ? bytes[at++] & 0xFF : 0;
    }

    /** 0 to 65535. */
    public int word() {
        return octet() << 8 | octet();
    }

    /** So many bytes, or what is left. */
    public byte[] take(int count) {
        int end = Math.min(bytes.length, at + count);
        byte[] taken = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return taken;
    }

    public byte[] rest() {
        return take(bytes.length);
    }
}
