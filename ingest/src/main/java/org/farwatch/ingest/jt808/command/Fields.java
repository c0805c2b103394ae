package org.farwatch.ingest.jt808.command;

import java.io.Serial;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads the fields of a body one after another. Used by one thread. */
final class Fields {
    private final byte[] bytes;
    private int at;

    /** The body ended within a field. */
    static final class Truncated extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Truncated(String message) {
            super(message, null, false, false);
        }
    }

    Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    int left() {
        return bytes.length - at;
    }

    int octet() throws Truncated {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int word() throws Truncated {
        return octet() << 8 | octet();
    }

    long dword() throws Truncated {
        return (long) word() << 16 | word();
    }

    byte[] raw(int length) throws Truncated {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** GBK without padding. */
    String text(int length) throws Truncated {
        return new String(raw(length), Body.GBK).replace("\0", "").strip();
    }

    /** BCD digits, two a byte. */
    String digits(int length) throws Truncated {
        return HexFormat.of().formatHex(raw(length));
    }

    private void need(int count) throws Truncated {
        if (count > left()) {
            throw new Truncated("%d bytes are needed at offset %d, %d are left".formatted(count, at, left()));
        }
    }
}
