package org.farwatch.ingest.jt808;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks 0x0901: DWORD length, then the GZIP form of one whole message. What it grows to is bounded, whatever it says of
 * itself. Stateless.
 */
final class Compressed {
    private static final int LENGTH_BYTES = 4;

    private Compressed() {}

    /**
     * Reads the message within.
     *
     * @param limit bytes that it may have, header to checksum
     * @return a whole frame of the same terminal, neither compressed again nor encrypted
     * @throws IOException naming what is wrong
     */
    static Frame unpack(Frame frame, int limit) throws IOException {
        int packed = frame.bodyLength() - LENGTH_BYTES;
        long stated = packed < 0 ? 0 : Bytes.dword(frame.bytes(), frame.bodyOffset()) & 0xFFFF_FFFFL;
        if (packed < 0 || stated != packed) {
            throw new IOException("length: says %d, %d bytes follow".formatted(stated, Math.max(packed, 0)));
        }
        byte[] plain;
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(frame.bytes(), frame.bodyOffset() + LENGTH_BYTES, packed))) {
            plain = in.readNBytes(limit + 1);
        }
        if (plain.length > limit) {
            throw new IOException("content: more than %d bytes unpacked".formatted(limit));
        }
        boolean wire = plain.length > 0 && plain[0] == FrameReader.DELIMITER;
        return fit(wire ? escaped(plain, limit) : Frame.plain(plain), frame);
    }

    private static Frame fit(Frame within, Frame wrapping) throws IOException {
        if (within.fault() != null) {
            throw new IOException("message within: " + within.reason());
        }
        if (within.phoneHigh() != wrapping.phoneHigh() || within.phoneLow() != wrapping.phoneLow()) {
            throw new IOException("message within: of phone " + within.phone());
        }
        if (within.messageId() == MessageId.COMPRESSED || within.encryption() != 0) {
            throw new IOException("message within: compressed again or encrypted");
        }
        return within;
    }

    private static Frame escaped(byte[] wire, int limit) throws IOException {
        FrameReader reader = new FrameReader(limit);
        reader.read(wire, 0, wire.length);
        if (!reader.complete()) {
            throw new IOException("content: the last delimiter 7e is missing");
        }
        return reader.frame();
    }
}
