package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.fuzz.Input;

/** {@link FrameReader}: wherever a stream is cut its frames are the same, and a whole frame is written as it was read. */
public final class FrameFuzz {
    private static final int MAX_LENGTH = 64;

    private FrameFuzz() {}

    private record Seen(FaultKind fault, String reason, byte[] bytes, String phone, int serial, byte[] body) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Seen seen
                    && fault == seen.fault
                    && reason.equals(seen.reason)
                    && Arrays.equals(bytes, seen.bytes)
                    && phone.equals(seen.phone)
                    && serial == seen.serial
                    && Arrays.equals(body, seen.body);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 16;
        byte[] stream = in.rest();
        List<Seen> whole = frames(stream, Math.max(1, stream.length), MAX_LENGTH);
        same(frames(stream, piece, MAX_LENGTH), whole, "frames in pieces of " + piece);
        frames(stream, stream.length + 1, FrameReader.DEFAULT_MAX_FRAME_LENGTH);
    }

    private static List<Seen> frames(byte[] stream, int piece, int maxLength) {
        FrameReader reader = new FrameReader(maxLength);
        List<Seen> frames = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            int to = Math.min(stream.length, from + piece);
            int at = from;
            while (at < to) {
                int next = reader.read(stream, at, to);
                holds(next > at && next <= to, "read from %d to %d of %d".formatted(at, next, to));
                holds(reader.complete() || next == to, "stopped without a frame");
                at = next;
                if (reader.complete()) {
                    frames.add(seen(reader.frame(), maxLength));
                }
            }
        }
        return frames;
    }

    private static Seen seen(Frame frame, int maxLength) {
        holds(frame.length() >= 0 && frame.length() <= maxLength, "frame of %d bytes".formatted(frame.length()));
        if (!frame.hasHeader()) {
            holds(frame.fault() != null, "whole without a header");
            return new Seen(frame.fault(), frame.reason(), frame.copy(), "", 0, new byte[0]);
        }
        int end = frame.bodyOffset() + frame.bodyLength();
        holds(frame.bodyLength() >= 0 && end < frame.length(), "body ends at %d".formatted(end));
        byte[] body = Arrays.copyOfRange(frame.bytes(), frame.bodyOffset(), end);
        if (frame.fault() == null && !frame.longerThanStated() && frame.encryption() == 0) {
            written(frame, body, maxLength);
        }
        return new Seen(frame.fault(), frame.reason(), frame.copy(), frame.phone(), frame.serial(), body);
    }

    /** Reserved bits of the header are not written, everything else is. */
    private static void written(Frame frame, byte[] body, int maxLength) {
        ByteBuf out = Unpooled.buffer();
        FrameWriter writer = new FrameWriter()
                .begin(
                        frame.messageId(),
                        frame.v2019(),
                        frame.protocolVersion(),
                        frame.phoneHigh(),
                        frame.phoneLow(),
                        frame.serial());
        if (frame.subPackage()) {
            writer.ofPackages(frame.packageTotal(), frame.packageIndex());
        }
        writer.putBytes(body).end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        FrameReader reader = new FrameReader(maxLength);
        int read = reader.read(wire, 0, wire.length);
        holds(reader.complete() && read == wire.length, "what was written is not one frame");
        Frame again = reader.frame();
        holds(again.fault() == null, "fault of what was written");
        byte[] reserved = frame.copy();
        reserved[2] &= 0x7F;
        reserved[reserved.length - 1] = again.bytes()[again.length() - 1];
        same(again.copy(), reserved, "written and read again");
    }
}
