package org.farwatch.ingest.jt809;

import java.util.Arrays;
import org.farwatch.ingest.FaultKind;

/**
 * A frame between its delimiters, unescaped: header, body, CRC. A view on its reader's buffer, valid until the next read;
 * belongs to the reader's owner. Source: JT/T 809-2011 and -2019, 4.4 and 4.5.
 */
public final class Frame {
    private static final int CRC_BYTES = 2;
    private static final int DELIMITERS = 2;
    private static final int SHORTEST = Edition.V2011.headerBytes() + CRC_BYTES;
    private static final long YEAR_2000 = 946_684_800L;
    private static final long YEAR_2100 = 4_102_444_800L;

    private byte[] bytes = {};
    private int length;
    private FaultKind fault;
    private String reason;
    private Edition edition = Edition.V2011;

    void accept(byte[] content, int count, FaultKind found) {
        bytes = content;
        length = count;
        edition = Edition.V2011;
        fault = found;
        reason = found == null ? null : reasonOf(found);
        if (fault != null) {
            return;
        }
        if (length < SHORTEST) {
            fault = FaultKind.MALFORMED;
            reason = "frame: %d bytes, a header and a CRC are %d".formatted(length, SHORTEST);
            return;
        }
        int stated = Wire.word(bytes, length - CRC_BYTES);
        int crc = Crc.of(bytes, 0, length - CRC_BYTES);
        if (stated != crc) {
            fault = FaultKind.BAD_CHECKSUM;
            reason = "CRC: %04x is stated, %04x is right".formatted(stated, crc);
        }
        edition = guessedEdition();
    }

    /** An escape byte stood alone: where the CRC is wrong as well, that is why. */
    void escapedLoosely() {
        if (fault == FaultKind.BAD_CHECKSUM || fault == FaultKind.MALFORMED) {
            fault = FaultKind.BAD_ESCAPE;
            reason = reasonOf(fault);
        }
    }

    private static String reasonOf(FaultKind kind) {
        return switch (kind) {
            case OVERSIZE -> "frame: longer than any may be";
            case BAD_ESCAPE -> "escape: 5a and 5e must be followed by 01 or 02";
            default -> "bytes outside of a frame, or one that began before the last had ended";
        };
    }

    /** What is wrong with it, null when nothing is. */
    public FaultKind fault() {
        return fault;
    }

    /** A sentence for {@link #fault()} or for {@link #lengthDiffers()}. */
    public String reason() {
        return reason != null
                ? reason
                : "length: %d is stated, the frame has %d bytes".formatted(statedLength(), length + DELIMITERS);
    }

    /** Unescaped, without delimiters; only the first {@link #length()} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    boolean hasHeader() {
        return length >= SHORTEST
                && (fault == null || fault == FaultKind.BAD_CHECKSUM || fault == FaultKind.BAD_ESCAPE);
    }

    /** The whole message with its delimiters, as the sender counts it. */
    public long statedLength() {
        return Wire.unsigned(bytes, 0);
    }

    /** The CRC proves the content, so such a frame is used all the same; it is counted. */
    public boolean lengthDiffers() {
        return statedLength() != length + DELIMITERS;
    }

    public long serial() {
        return Wire.unsigned(bytes, 4);
    }

    public int messageId() {
        return Wire.word(bytes, 8);
    }

    /** The access code of the lower platform (下级平台接入码). */
    public long accessCode() {
        return Wire.unsigned(bytes, 10);
    }

    /** Three bytes: major, minor, revision. */
    public int version() {
        return Wire.octet(bytes, 14) << 16 | Wire.word(bytes, 15);
    }

    public boolean encrypted() {
        return bytes[17] != 0;
    }

    public long key() {
        return Wire.unsigned(bytes, 18);
    }

    /** The edition in which header and body are read: guessed until {@link #edition(Edition)} has said it. */
    public Edition edition() {
        return edition;
    }

    /** Says what is agreed with the sender. @return false when the frame is too short for it */
    boolean edition(Edition agreed) {
        edition = agreed;
        return length >= agreed.headerBytes() + CRC_BYTES;
    }

    /** A header of 2019 ends with the seconds since 1970 in eight bytes; no body of 2011 begins like that. */
    private Edition guessedEdition() {
        int at = Edition.V2011.headerBytes();
        if (length < Edition.V2019.headerBytes() + CRC_BYTES || Wire.dword(bytes, at) != 0) {
            return Edition.V2011;
        }
        long seconds = Wire.unsigned(bytes, at + 4);
        return seconds > YEAR_2000 && seconds < YEAR_2100 ? Edition.V2019 : Edition.V2011;
    }

    public int bodyOffset() {
        return edition.headerBytes();
    }

    public int bodyLength() {
        return length - CRC_BYTES - edition.headerBytes();
    }

    /** Decrypts the body in place; once. */
    void decrypt(BodyCipher cipher) {
        cipher.apply((int) key(), bytes, bodyOffset(), bodyOffset() + bodyLength());
    }

    /** The bytes of the frame, for keeping. */
    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
