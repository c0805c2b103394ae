package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;

/**
 * Writes frames: header, body, checksum, escaped between delimiters. Used as {@link #begin}, then the fields of the body
 * in order, then {@link #end}. One object serves all messages of one thread and allocates nothing.
 *
 * <p>Source: JT/T 808-2013 and -2019, 4.4.
 */
public final class FrameWriter {
    /** What ten bits of the header can state; longer messages go as sub-packages. */
    public static final int MAX_BODY = 1023;

    private static final int MAX_HEADER = 17 + 4;
    private static final int SUB_PACKAGE = 0x2000;

    private final byte[] plain = new byte[MAX_HEADER + MAX_BODY + 1];
    private final byte[] wire = new byte[2 * plain.length + 2];
    private int bodyOffset;
    private int length;

    /**
     * Begins a message.
     *
     * @param v2019 the header's layout
     * @param protocolVersion of a 2019 header, from 1; unused otherwise
     * @param phoneHigh digits 1 to 4 of twenty, BCD; 0 when not 2019
     * @param phoneLow the last sixteen digits (twelve when not 2019), BCD
     */
    FrameWriter begin(int messageId, boolean v2019, int protocolVersion, long phoneHigh, long phoneLow, int serial) {
        Bytes.putWord(plain, 0, messageId);
        if (v2019) {
            plain[4] = (byte) protocolVersion;
            Bytes.putWord(plain, 5, (int) phoneHigh);
            Bytes.putEight(plain, 7, phoneLow);
            Bytes.putWord(plain, 15, serial);
            bodyOffset = 17;
        } else {
            Bytes.putEight(plain, 2, phoneLow);
            Bytes.putWord(plain, 10, serial);
            bodyOffset = 12;
        }
        Bytes.putWord(plain, 2, v2019 ? 0x4000 : 0);
        length = bodyOffset;
        return this;
    }

    /**
     * Begins a message of the terminal with this phone.
     *
     * @param phone decimal digits, at most 12 before 2019 and 20 since
     */
    public FrameWriter begin(int messageId, Layout layout, String phone, int serial) {
        int most = layout.phoneBytes() * 2;
        if (phone.isEmpty()
                || phone.length() > most
                || !phone.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new IllegalArgumentException("phone must be 1 to " + most + " decimal digits, was " + phone);
        }
        int split = Math.max(0, phone.length() - 16);
        long high = split == 0 ? 0 : Long.parseLong(phone.substring(0, split), 16);
        long low = Long.parseUnsignedLong(phone.substring(split), 16);
        return begin(messageId, layout == Layout.V2019, 1, high, low, serial);
    }

    /**
     * Makes the message just begun one package of several.
     *
     * @param total packages of the whole
     * @param index of this one, from 1
     */
    public FrameWriter ofPackages(int total, int index) {
        Bytes.putWord(plain, 2, Bytes.word(plain, 2) | SUB_PACKAGE);
        putWord(total).putWord(index);
        bodyOffset = length;
        return this;
    }

    public FrameWriter putByte(int value) {
        plain[length++] = (byte) value;
        return this;
    }

    public FrameWriter putWord(int value) {
        Bytes.putWord(plain, length, value);
        length += 2;
        return this;
    }

    public FrameWriter putDword(int value) {
        Bytes.putDword(plain, length, value);
        length += 4;
        return this;
    }

    /** BCD[6] in GMT+8. */
    public FrameWriter putTime(long millis) {
        TerminalTime.write(millis, plain, length);
        length += TerminalTime.BYTES;
        return this;
    }

    FrameWriter putUtcTime(long millis) {
        TerminalTime.writeUtc(millis, plain, length);
        length += TerminalTime.BYTES;
        return this;
    }

    public FrameWriter putBytes(byte[] bytes) {
        return putBytes(bytes, 0, bytes.length);
    }

    /** @throws IllegalArgumentException when the body would exceed {@link #MAX_BODY} bytes */
    public FrameWriter putBytes(byte[] bytes, int offset, int count) {
        if (length - bodyOffset + count > MAX_BODY) {
            throw new IllegalArgumentException(
                    "body must be at most " + MAX_BODY + " bytes, was " + (length - bodyOffset + count));
        }
        System.arraycopy(bytes, offset, plain, length, count);
        length += count;
        return this;
    }

    /** Bytes of the body so far. */
    public int bodyLength() {
        return length - bodyOffset;
    }

    /**
     * Writes the finished frame with both delimiters.
     *
     * @throws IllegalStateException when the body exceeds {@link #MAX_BODY} bytes
     */
    public void end(ByteBuf out) {
        if (bodyLength() > MAX_BODY) {
            throw new IllegalStateException("body must be at most " + MAX_BODY + " bytes, was " + bodyLength());
        }
        Bytes.putWord(plain, 2, Bytes.word(plain, 2) | bodyLength());
        byte xor = 0;
        int n = 0;
        wire[n++] = FrameReader.DELIMITER;
        for (int i = 0; i < length; i++) {
            xor ^= plain[i];
            n = escape(plain[i], n);
        }
        n = escape(xor, n);
        wire[n++] = FrameReader.DELIMITER;
        out.writeBytes(wire, 0, n);
    }

    private int escape(byte b, int n) {
        if (b == FrameReader.DELIMITER) {
            wire[n] = FrameReader.ESCAPE;
            wire[n + 1] = 0x02;
            return n + 2;
        }
        if (b == FrameReader.ESCAPE) {
            wire[n] = FrameReader.ESCAPE;
            wire[n + 1] = 0x01;
            return n + 2;
        }
        wire[n] = b;
        return n + 1;
    }
}
