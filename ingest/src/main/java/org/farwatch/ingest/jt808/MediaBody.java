package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.util.Arrays;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.TerminalMedia;

/**
 * Reads 0x0800 (a medium is there) and 0x0801 (the medium itself). Since 2013 a position follows the eight fixed bytes and
 * long media come in packages of the header; a terminal of 2011 packs in the body instead: number of packages, number of
 * this one, no position. The layouts share a header and are told apart by whether a position can be read.
 */
final class MediaBody {
    static final int FIXED_BYTES = 8;
    static final int PACKAGED_BYTES = FIXED_BYTES + 8;
    private static final int LOCATED_BYTES = FIXED_BYTES + LocationBody.FIXED_BYTES;
    private static final int MAX_PACKAGES = 65_535;

    private MediaBody() {}

    /** The medium's number; the body has at least four bytes. */
    static int id(Frame frame) {
        return Bytes.dword(frame.bytes(), frame.bodyOffset());
    }

    /** Whether the body is one of several packages of the layout of 2011. */
    static boolean packagedIn2011(Frame frame) {
        return !frame.v2019()
                && !frame.assembled()
                && frame.bodyLength() > PACKAGED_BYTES
                && !located(frame)
                && total2011(frame) >= 1
                && total2011(frame) <= MAX_PACKAGES
                && index2011(frame) >= 1
                && index2011(frame) <= total2011(frame);
    }

    static long total2011(Frame frame) {
        return Bytes.dword(frame.bytes(), frame.bodyOffset() + FIXED_BYTES) & 0xFFFF_FFFFL;
    }

    static long index2011(Frame frame) {
        return Bytes.dword(frame.bytes(), frame.bodyOffset() + FIXED_BYTES + 4) & 0xFFFF_FFFFL;
    }

    private static boolean located(Frame frame) {
        int at = frame.bodyOffset() + FIXED_BYTES;
        return frame.bodyLength() >= LOCATED_BYTES
                && TerminalTime.millis(frame.bytes(), at + 22) != FixTimes.NO_DATE
                && (Bytes.dword(frame.bytes(), at + 8) & 0xFFFF_FFFFL) <= 90_000_000
                && (Bytes.dword(frame.bytes(), at + 12) & 0xFFFF_FFFFL) <= 180_000_000;
    }

    /** A medium with its position; null when the body is too short. */
    static TerminalMedia located(Frame frame, KnownDevice device, long receiveMillis) {
        if (frame.bodyLength() <= LOCATED_BYTES) {
            return null;
        }
        int at = frame.bodyOffset() + FIXED_BYTES;
        byte[] location = Arrays.copyOfRange(frame.bytes(), at, at + LocationBody.FIXED_BYTES);
        byte[] content = Arrays.copyOfRange(
                frame.bytes(), at + LocationBody.FIXED_BYTES, frame.bodyOffset() + frame.bodyLength());
        return media(frame, device, location, receiveMillis, content);
    }

    /** A medium of 2011, its packages put together: eight fixed bytes, then the content. */
    static TerminalMedia unlocated(Frame frame, KnownDevice device, long receiveMillis) {
        byte[] content = Arrays.copyOfRange(
                frame.bytes(), frame.bodyOffset() + FIXED_BYTES, frame.bodyOffset() + frame.bodyLength());
        return media(frame, device, null, receiveMillis, content);
    }

    /** The notice that there is a medium; null when the body is too short. */
    static TerminalMedia notice(Frame frame, KnownDevice device, long receiveMillis) {
        return frame.bodyLength() < FIXED_BYTES ? null : media(frame, device, null, receiveMillis, null);
    }

    private static TerminalMedia media(
            Frame frame, KnownDevice device, byte[] location, long receiveMillis, byte[] content) {
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        return new TerminalMedia(
                device,
                id(frame) & 0xFFFF_FFFFL,
                bytes[at + 4] & 0xFF,
                bytes[at + 5] & 0xFF,
                bytes[at + 6] & 0xFF,
                bytes[at + 7] & 0xFF,
                location,
                Instant.ofEpochMilli(receiveMillis),
                content);
    }
}
