package org.farwatch.ingest.jt809;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.Arrays;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.OpenRegister;

/** {@link FrameReader}: wherever a stream is cut its frames are the same, and a message is read as it was written. */
public final class FrameFuzz {
    private FrameFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 16;
        byte[] stream = in.rest();
        int limit = FrameReader.LEAST_LIMIT;
        same(kinds(stream, piece, limit), kinds(stream, stream.length + 1, limit), "frames in pieces of " + piece);
        kinds(stream, stream.length + 1, 65_536);
        written(bytes);
    }

    /** All that can be said of the frames. */
    private static String kinds(byte[] stream, int piece, int limit) {
        FrameReader reader = new FrameReader(limit);
        StringBuilder all = new StringBuilder();
        for (int from = 0; from < stream.length; from += piece) {
            int to = Math.min(stream.length, from + piece);
            int at = from;
            while (at < to) {
                int next = reader.read(stream, at, to);
                holds(next > at && next <= to, "read from %d to %d of %d".formatted(at, next, to));
                at = next;
                if (reader.complete()) {
                    all.append(kind(reader.frame(), limit)).append('\n');
                }
            }
        }
        return all.append(reader.unfinished()).toString();
    }

    private static String kind(Frame frame, int limit) {
        holds(frame.length() >= 0 && frame.length() <= limit, "frame of %d bytes".formatted(frame.length()));
        holds(frame.fault() != null || frame.hasHeader(), "whole without a header");
        String content = frame.fault() + " " + Arrays.toString(frame.copy());
        if (!frame.hasHeader()) {
            return content + frame.reason();
        }
        holds(frame.bodyLength() >= 0, "body of %d bytes".formatted(frame.bodyLength()));
        return content + frame.reason() + frame.edition() + frame.serial() + ' ' + frame.messageId();
    }

    private static void written(byte[] body) {
        for (Edition edition : Edition.values()) {
            FrameWriter writer = new FrameWriter(edition, 0x5B5D5A5E, new BodyCipher(10, 20, 30), OpenRegister.CLOCK);
            byte[] wire = writer.begin(MessageId.VEHICLE).putBytes(body).end();
            FrameReader reader = new FrameReader(65_536);
            int read = reader.read(wire, 0, wire.length);
            holds(read == wire.length && reader.complete(), "what was written is not one frame");
            Frame frame = reader.frame();
            holds(frame.fault() == null && !frame.lengthDiffers(), "what was written has a fault");
            holds(frame.edition(edition), "what was written is too short");
            frame.decrypt(new BodyCipher(10, 20, 30));
            byte[] there =
                    Arrays.copyOfRange(frame.bytes(), frame.bodyOffset(), frame.bodyOffset() + frame.bodyLength());
            same(there, body, "body written and read");
        }
    }
}
