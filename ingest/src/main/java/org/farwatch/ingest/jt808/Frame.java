package org.farwatch.ingest.jt808;

import java.util.Arrays;
import org.farwatch.ingest.FaultKind;

/**
 * One frame as a view on the bytes of its reader: header fields, where the body lies, and what is wrong with it. One
 * object serves all frames of a connection; it is valid until the reader reads on.
 *
 * <p>A bad frame is a value like a good one: {@link #fault()} says why, {@link #reason()} explains. Source: JT/T
 * 808-2013 and -2019, 4.4 (message structure).
 */
public final class Frame {
    /** Decimal digits have no nibble above 9: bit 3 together with bit 2 or bit 1. */
    private static final long NIBBLE_TOPS = 0x8888_8888_8888_8888L;

    private static final int SUB_PACKAGE_BYTES = 4;
    private static final int SUB_PACKAGE = 0x2000;
    private static final int LENGTH = 0x3FF;

    private byte[] bytes = new byte[0];
    private int length;
    private FaultKind fault;
    private boolean headerRead;
    private boolean longer;
    private boolean assembled;
    private int messageId;
    private int properties;
    private long phoneHigh;
    private long phoneLow;
    private int serial;
    private int bodyOffset;
    private int bodyLength;

    /**
     * Takes a frame's bytes: unescaped, header to checksum, without delimiters.
     *
     * @param found what the reader found wrong already, or null
     * @param xor of all bytes, 0 when the checksum is right
     */
    void accept(byte[] content, int size, FaultKind found, int xor) {
        bytes = content;
        length = size;
        fault = found;
        headerRead = false;
        longer = false;
        assembled = false;
        bodyOffset = 0;
        bodyLength = 0;
        if (fault != null) {
            return;
        }
        int header = size > 3 && (content[2] & 0x40) != 0 ? Layout.V2019.headerBytes() : Layout.V2013.headerBytes();
        if (size > 3 && (content[2] & 0x20) != 0) {
            header += SUB_PACKAGE_BYTES;
        }
        if (size < header + 1) {
            fault = FaultKind.MALFORMED;
            return;
        }
        readHeader(header);
        if ((xor & 0xFF) != 0) {
            fault = FaultKind.BAD_CHECKSUM;
        } else {
            check();
        }
    }

    /**
     * A message put together: the header of its package that came last, without the fields of a package, and the bodies
     * of all. Valid as long as it is referred to. Its {@link #statedLength()} is 0, as ten bits cannot state it.
     *
     * @param last taken for the header and, as the message's, the serial
     * @param fixed bytes at the beginning of the last one's body that all packages repeat; kept once
     * @param bodies in their order, together {@code size} bytes
     */
    static Frame whole(Frame last, int fixed, Iterable<byte[]> bodies, int size) {
        Frame whole = new Frame();
        int header = last.subPackage() ? last.bodyOffset - SUB_PACKAGE_BYTES : last.bodyOffset;
        int at = header + fixed;
        whole.bytes = Arrays.copyOf(Arrays.copyOf(last.bytes, at), at + size + 1);
        Bytes.putWord(whole.bytes, 2, last.properties & ~(SUB_PACKAGE | LENGTH));
        for (byte[] body : bodies) {
            System.arraycopy(body, 0, whole.bytes, at, body.length);
            at += body.length;
        }
        whole.length = at + 1;
        whole.bytes[at] = xor(whole.bytes, at);
        whole.readHeader(header);
        whole.assembled = true;
        return whole;
    }

    /** A frame whose bytes are unescaped already, header to checksum. */
    static Frame plain(byte[] content) {
        Frame frame = new Frame();
        frame.accept(content, content.length, null, xor(content, content.length));
        return frame;
    }

    private void readHeader(int header) {
        headerRead = true;
        messageId = Bytes.word(bytes, 0);
        properties = Bytes.word(bytes, 2);
        if (v2019()) {
            phoneHigh = Bytes.word(bytes, 5);
            phoneLow = Bytes.eight(bytes, 7);
            serial = Bytes.word(bytes, 15);
        } else {
            phoneHigh = 0;
            phoneLow = Bytes.eight(bytes, 2) & 0xFFFF_FFFF_FFFFL;
            serial = Bytes.word(bytes, 10);
        }
        bodyOffset = header;
        bodyLength = length - header - 1;
    }

    private void check() {
        if (((notDecimal(phoneHigh) | notDecimal(phoneLow)) & NIBBLE_TOPS) != 0) {
            fault = FaultKind.NOT_BCD_PHONE;
            return;
        }
        int stated = statedLength();
        if (stated > bodyLength) {
            // A serial line that lost bytes makes a frame shorter, and one in 256 such frames keeps its checksum.
            fault = FaultKind.BAD_LENGTH;
        } else if (stated < bodyLength) {
            longer = true;
            // Two frames whose delimiter was lost have a right checksum together; so has the first one alone.
            if (xor(bytes, bodyOffset + stated) == bytes[bodyOffset + stated]) {
                bodyLength = stated;
            }
        }
    }

    private static long notDecimal(long digits) {
        return digits & ((digits << 1) | (digits << 2));
    }

    private static byte xor(byte[] bytes, int end) {
        byte xor = 0;
        for (int i = 0; i < end; i++) {
            xor ^= bytes[i];
        }
        return xor;
    }

    /** What is wrong with the frame; null when it is whole. */
    public FaultKind fault() {
        return fault;
    }

    /** Whether it was put together of several packages. */
    boolean assembled() {
        return assembled;
    }

    /** Whether the header could be read, though the rest may be wrong. */
    public boolean hasHeader() {
        return headerRead;
    }

    /**
     * Whether a whole frame's body is longer than its header says: some terminals do not count what they append. The
     * checksum is right, so the body is taken as it came.
     */
    public boolean longerThanStated() {
        return longer;
    }

    public int messageId() {
        return messageId;
    }

    /** Whether the header has the layout of 2019 (bit 14); 2011 and 2013 share the other one. */
    public boolean v2019() {
        return (properties & 0x4000) != 0;
    }

    /** The protocol version of a 2019 header, from 1; 0 in the older ones. */
    public int protocolVersion() {
        return v2019() ? bytes[4] & 0xFF : 0;
    }

    /** The body's length as the header says, 0 to 1023. */
    public int statedLength() {
        return properties & LENGTH;
    }

    /** Bits 10 to 12: 0 none, 1 RSA, others reserved. */
    public int encryption() {
        return (properties >> 10) & 7;
    }

    public boolean subPackage() {
        return (properties & SUB_PACKAGE) != 0;
    }

    /** How many packages the message has; 1 when it is none of several. */
    public int packageTotal() {
        return subPackage() ? Bytes.word(bytes, bodyOffset - 4) : 1;
    }

    /** The package's number, from 1. */
    public int packageIndex() {
        return subPackage() ? Bytes.word(bytes, bodyOffset - 2) : 1;
    }

    /** The first four of twenty digits of the phone as BCD; 0 in headers of twelve digits. */
    long phoneHigh() {
        return phoneHigh;
    }

    /** The last sixteen digits of the phone as BCD. */
    long phoneLow() {
        return phoneLow;
    }

    /** The terminal's identity: its phone without leading zeros, {@code 0} when there is nothing else. */
    public String phone() {
        return phone(phoneHigh, phoneLow);
    }

    /** All digits of the phone as sent, 12 or 20. */
    public String phoneDigits() {
        String digits = String.format("%04x%016x", phoneHigh, phoneLow);
        return v2019() ? digits : digits.substring(8);
    }

    static String phone(long high, long low) {
        if (high == 0) {
            return Long.toHexString(low);
        }
        return Long.toHexString(high) + String.format("%016x", low);
    }

    public int serial() {
        return serial;
    }

    /** The unescaped frame: header, body, checksum. Only {@link #length()} bytes of it are the frame. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int bodyOffset() {
        return bodyOffset;
    }

    public int bodyLength() {
        return bodyLength;
    }

    /** A copy of the unescaped frame, header to checksum. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** A sentence naming field, value and rule; for a whole frame it says so. */
    public String reason() {
        if (fault == null) {
            return longer
                    ? "body length: header says %d, body has %d".formatted(statedLength(), bodyLength)
                    : "nothing is wrong";
        }
        return switch (fault) {
            case BAD_CHECKSUM ->
                "checksum: frame ends in %02x, its bytes give %02x"
                        .formatted(bytes[length - 1], xor(bytes, length - 1));
            case BAD_ESCAPE -> "escape: 7d must be followed by 01 or 02";
            case OVERSIZE -> "frame: longer than the %d bytes allowed".formatted(length);
            case MALFORMED -> "frame: %d bytes do not hold a header and a checksum".formatted(length);
            case BAD_LENGTH -> "body length: header says %d, body has %d".formatted(statedLength(), bodyLength);
            case NOT_BCD_PHONE -> "phone: %s is not made of decimal digits".formatted(phoneDigits());
            case UNFINISHED,
                    ENCRYPTED,
                    SUB_PACKAGE,
                    GIVEN_UP,
                    UNKNOWN_MESSAGE,
                    BAD_BODY,
                    TRUNCATED_ITEM,
                    NOT_ADMITTED,
                    OVER_LIMIT -> fault.label();
        };
    }
}
