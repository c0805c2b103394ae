package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The message of several packages that was sent to a terminal last, kept so that packages can be sent again as they were
 * when the terminal asks for them (0x0005, since 2019). One for each session, at most {@link #MAX_BYTES} of a body;
 * forgotten with the session, by the next one, or after the idle timeout. Owned by the session's event loop.
 */
final class LongAnswer {
    /** The longest body that is sent. */
    static final int MAX_BYTES = 256 * 1024;

    /** Fields of a body in one package; the header's ten bits and a little room. */
    private static final int BYTES_OF_PACKAGE = 1000;

    /** {@link System#nanoTime()}. */
    final long sentAt = System.nanoTime();

    private final int firstSerial;
    private final List<byte[]> packages = new ArrayList<>();

    /**
     * Cuts a body into packages, each with the next serial of the session.
     *
     * @throws IllegalArgumentException when the body is longer than {@link #MAX_BYTES}
     */
    LongAnswer(FrameWriter writer, Session session, boolean v2019, int protocolVersion, int messageId, byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new IllegalArgumentException("body must be at most " + MAX_BYTES + " bytes, was " + body.length);
        }
        int total = Math.max(1, (body.length + BYTES_OF_PACKAGE - 1) / BYTES_OF_PACKAGE);
        int first = session.nextSerial();
        firstSerial = first;
        for (int index = 1; index <= total; index++) {
            int serial = index == 1 ? first : session.nextSerial();
            int from = (index - 1) * BYTES_OF_PACKAGE;
            writer.begin(messageId, v2019, protocolVersion, session.phoneHigh, session.phoneLow, serial)
                    .part(total, index)
                    .putBytes(body, from, Math.min(BYTES_OF_PACKAGE, body.length - from));
            ByteBuf out = Unpooled.buffer();
            writer.end(out);
            byte[] wire = new byte[out.readableBytes()];
            out.readBytes(wire);
            packages.add(wire);
        }
    }

    /** Sends all packages. */
    void send(Peer peer) {
        for (byte[] wire : packages) {
            peer.send(peer.buffer(wire.length).writeBytes(wire));
        }
    }

    /**
     * Sends packages again, byte for byte.
     *
     * @param frame 0x0005: serial of package 1, WORD count, WORD numbers
     * @return whether the message is this one and all numbers are its packages'
     */
    boolean sendAgain(Frame frame, Peer peer) {
        int at = frame.bodyOffset();
        int count = frame.bodyLength() < 4 ? 0 : Bytes.word(frame.bytes(), at + 2);
        if (count == 0 || frame.bodyLength() < 4 + 2 * count || Bytes.word(frame.bytes(), at) != firstSerial) {
            return false;
        }
        boolean all = true;
        for (int i = 0; i < count && i < packages.size(); i++) {
            int index = Bytes.word(frame.bytes(), at + 4 + 2 * i);
            if (index >= 1 && index <= packages.size()) {
                byte[] wire = packages.get(index - 1);
                peer.send(peer.buffer(wire.length).writeBytes(wire));
            } else {
                all = false;
            }
        }
        return all;
    }
}
