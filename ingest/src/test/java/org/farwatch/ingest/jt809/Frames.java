package org.farwatch.ingest.jt809;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.ingest.FaultKind;

/** Reads frames of hex or bytes in tests. */
final class Frames {
    /** What of a frame can be kept after the next was read. */
    record Read(FaultKind fault, String reason, int messageId, long serial, byte[] body) {}

    private Frames() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    /** The first frame of these bytes. */
    static Frame first(byte[] wire) {
        FrameReader reader = new FrameReader(65_536);
        reader.read(wire, 0, wire.length);
        if (!reader.complete()) {
            throw new AssertionError("no frame in " + HexFormat.of().formatHex(wire));
        }
        return reader.frame();
    }

    /** All frames, given to the reader in pieces of this size. */
    static List<Read> all(byte[] wire, int piece, int maxFrameLength) {
        FrameReader reader = new FrameReader(maxFrameLength);
        List<Read> frames = new ArrayList<>();
        for (int from = 0; from < wire.length; from += piece) {
            int to = Math.min(wire.length, from + piece);
            int at = from;
            while (at < to) {
                at = reader.read(wire, at, to);
                if (reader.complete()) {
                    frames.add(read(reader.frame()));
                }
            }
        }
        return frames;
    }

    private static Read read(Frame frame) {
        boolean header = frame.hasHeader();
        byte[] body = header
                ? java.util.Arrays.copyOfRange(
                        frame.bytes(), frame.bodyOffset(), frame.bodyOffset() + frame.bodyLength())
                : new byte[0];
        return new Read(
                frame.fault(),
                frame.fault() == null ? null : frame.reason(),
                header ? frame.messageId() : -1,
                header ? frame.serial() : -1,
                body);
    }
}
