package org.farwatch.ingest.jt808.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.LocalTime;
import org.farwatch.ingest.jt808.TerminalTime;

/** The body of a message as it grows; big-endian, texts in GBK (JT/T 808 4.2, 4.3). Used by one thread. */
final class Body {
    static final Charset GBK = Charset.forName("GBK");

    private static final double MICRO_DEGREES = 1e6;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body octet(int value) {
        bytes.write(value);
        return this;
    }

    Body word(int value) {
        return octet(value >> 8).octet(value);
    }

    Body dword(long value) {
        return word((int) (value >> 16)).word((int) value);
    }

    Body raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    Body text(String value) {
        return raw(value.getBytes(GBK));
    }

    /** A degree without its sign, which goes into the attributes (JT/T 808 8.45). */
    Body degree(double value) {
        return dword(Math.round(Math.abs(value) * MICRO_DEGREES));
    }

    /** A time of each day: BCD[6] whose date is zero. */
    Body daily(LocalTime at) {
        return octet(0).octet(0)
                .octet(0)
                .octet(bcd(at.getHour()))
                .octet(bcd(at.getMinute()))
                .octet(bcd(at.getSecond()));
    }

    /** BCD[6] in GMT+8; zeros for any time. */
    Body time(Long millis) {
        byte[] bcd = new byte[TerminalTime.BYTES];
        if (millis != null) {
            TerminalTime.write(millis, bcd, 0);
        }
        return raw(bcd);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private static int bcd(int twoDigits) {
        return twoDigits / 10 << 4 | twoDigits % 10;
    }

    /**
     * A text that a terminal can be sent.
     *
     * @throws IllegalArgumentException naming the field when it is longer in GBK or cannot be written in it
     */
    static String requireText(String field, String value, int mostBytes) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given");
        }
        if (!GBK.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(field + " must be writable in GBK, which the protocol demands");
        }
        int length = value.getBytes(GBK).length;
        if (length > mostBytes) {
            throw new IllegalArgumentException(
                    "%s must have at most %d bytes in GBK, has %d".formatted(field, mostBytes, length));
        }
        return value;
    }

    /** @throws IllegalArgumentException naming the field and its rule */
    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
