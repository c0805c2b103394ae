package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.fuzz.Invariant.holds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.fuzz.Input;

/**
 * {@link Reassembly}: packages of several terminals in any order, with any numbers and contents. Never above its limits;
 * a whole message has all its packages; what is given up after the timeout leaves nothing behind.
 */
public final class PackageFuzz {
    private static final PackageSettings LIMITS =
            new PackageSettings(1024, 2048, 4096, Duration.ofSeconds(10), 2, Duration.ofMinutes(10));

    private static final long SECOND = 1_000_000_000L;

    private PackageFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        List<Reassembly.GivenUp> givenUp = new ArrayList<>();
        Reassembly reassembly = new Reassembly(LIMITS, givenUp::add);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(new Session(null, 0, i, Integer.toString(i)));
        }
        long now = 0;
        long packages = 0;
        while (in.hasMore()) {
            int kind = in.octet();
            Session session = sessions.get(kind & 3);
            if ((kind & 4) != 0) {
                now += (kind >> 3) * SECOND;
                reassembly.overdue(now);
            }
            byte[] content = in.take(in.octet());
            int total = (kind & 8) == 0 ? in.octet() & 15 : in.word();
            Frame frame = frame(total, in.octet() & 15, in.octet(), content, (kind & 16) != 0);
            holds(frame.fault() == null, "fault " + frame.reason());
            packages++;
            boolean inBody = MediaBody.packagedIn2011(frame) && (kind & 32) != 0;
            Piece piece = inBody ? Piece.ofBody(frame) : Piece.ofHeader(frame);
            Reassembly.Outcome outcome = reassembly.accept(session, frame, piece, now);
            holds(reassembly.bytes() >= 0 && reassembly.bytes() <= LIMITS.totalBytes(), "holds " + reassembly.bytes());
            holds(reassembly.terminals() <= sessions.size(), "terminals");
            if (outcome instanceof Reassembly.Outcome.Whole(Frame message)) {
                holds(message.fault() == null && message.assembled(), "whole, and not");
                int fixed = inBody ? MediaBody.FIXED_BYTES : 0;
                holds(message.bodyLength() <= LIMITS.messageBytes() + fixed, "longer than any may be");
                holds(piece.total() <= packages, "whole of too few packages");
            }
        }
        reassembly.overdue(now + LIMITS.timeout().toNanos());
        holds(reassembly.bytes() == 0 && reassembly.terminals() == 0, "something is left of " + reassembly.bytes());
        holds(givenUp.size() <= packages, "given up more often than begun");
    }

    private static Frame frame(int total, int index, int serial, byte[] content, boolean v2019) {
        int header = v2019 ? 17 : 12;
        byte[] plain = new byte[header + 4 + content.length + 1];
        Bytes.putWord(plain, 0, MessageId.MEDIA);
        Bytes.putWord(plain, 2, 0x2000 | (v2019 ? 0x4000 : 0) | content.length);
        Bytes.putWord(plain, header - 2, serial);
        Bytes.putWord(plain, header, total);
        Bytes.putWord(plain, header + 2, index);
        System.arraycopy(content, 0, plain, header + 4, content.length);
        byte xor = 0;
        for (byte each : plain) {
            xor ^= each;
        }
        plain[plain.length - 1] = xor;
        FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        Frame frame = reader.frame();
        frame.accept(plain, plain.length, null, 0);
        return frame;
    }
}
