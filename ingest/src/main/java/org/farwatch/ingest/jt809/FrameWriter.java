package org.farwatch.ingest.jt809;

import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes the frames of one direction of a link: header, body, CRC, escaped between delimiters, numbered. Used as {@link
 * #begin}, then the fields of the body in order, then {@link #end}. Owned by one thread.
 */
public final class FrameWriter {
    private static final int LENGTH = 0;
    private static final int DELIMITERS = 2;
    private static final int CRC_BYTES = 2;
    private static final byte MAJOR_VERSION = 1;

    private final Edition edition;
    private final long accessCode;
    private final BodyCipher cipher;
    private final Clock clock;
    private byte[] plain = new byte[512];
    private int length;
    private int serial;

    /** @param cipher null to send in clear */
    public FrameWriter(Edition edition, long accessCode, BodyCipher cipher, Clock clock) {
        this.edition = edition;
        this.accessCode = accessCode;
        this.cipher = cipher;
        this.clock = clock;
    }

    public FrameWriter begin(int messageId) {
        length = edition.headerBytes();
        Wire.putDword(plain, 4, serial++);
        Wire.putWord(plain, 8, messageId);
        Wire.putDword(plain, 10, (int) accessCode);
        plain[14] = MAJOR_VERSION;
        Wire.putWord(plain, 15, 0);
        plain[17] = (byte) (cipher == null ? 0 : 1);
        Wire.putDword(
                plain, 18, cipher == null ? 0 : ThreadLocalRandom.current().nextInt());
        if (edition == Edition.V2019) {
            Wire.putEight(plain, 22, clock.millis() / 1000);
        }
        return this;
    }

    public FrameWriter putByte(int value) {
        room(1);
        plain[length++] = (byte) value;
        return this;
    }

    public FrameWriter putWord(int value) {
        room(2);
        Wire.putWord(plain, length, value);
        length += 2;
        return this;
    }

    public FrameWriter putDword(long value) {
        room(4);
        Wire.putDword(plain, length, (int) value);
        length += 4;
        return this;
    }

    public FrameWriter putBytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, plain, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** GBK, filled up with zeros, cut where it is too long. */
    public FrameWriter putText(String text, int width) {
        room(width);
        byte[] bytes = text.getBytes(Wire.GBK);
        int count = Math.min(width, bytes.length);
        System.arraycopy(bytes, 0, plain, length, count);
        Arrays.fill(plain, length + count, length + width, (byte) 0);
        length += width;
        return this;
    }

    /** Where the next field goes; for a length that is known later. */
    int at() {
        return length;
    }

    /** Puts a length in its place. */
    void setDword(int at, int value) {
        Wire.putDword(plain, at, value);
    }

    /** The finished frame with both delimiters. */
    public byte[] end() {
        room(CRC_BYTES);
        Wire.putDword(plain, LENGTH, length + CRC_BYTES + DELIMITERS);
        if (cipher != null) {
            cipher.apply(Wire.dword(plain, 18), plain, edition.headerBytes(), length);
        }
        Wire.putWord(plain, length, Crc.of(plain, 0, length));
        length += CRC_BYTES;
        byte[] wire = new byte[2 * length + DELIMITERS];
        int n = 0;
        wire[n++] = FrameReader.BEGIN;
        for (int i = 0; i < length; i++) {
            byte b = plain[i];
            switch (b) {
                case FrameReader.BEGIN, FrameReader.ESCAPE_BEGIN -> {
                    wire[n++] = FrameReader.ESCAPE_BEGIN;
                    wire[n++] = (byte) (b == FrameReader.BEGIN ? 1 : 2);
                }
                case FrameReader.END, FrameReader.ESCAPE_END -> {
                    wire[n++] = FrameReader.ESCAPE_END;
                    wire[n++] = (byte) (b == FrameReader.END ? 1 : 2);
                }
                default -> wire[n++] = b;
            }
        }
        wire[n++] = FrameReader.END;
        return Arrays.copyOf(wire, n);
    }

    private void room(int more) {
        if (length + more > plain.length) {
            plain = Arrays.copyOf(plain, Math.max(length + more, plain.length * 2));
        }
    }
}
