package org.farwatch.ingest.media.rtp;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.media.FeedLog;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * Connections cut anywhere ({@link Framing}) and datagrams in any order ({@link Reordering}), both read by
 * {@link Reception}: the same packets whole and in pieces, the same pictures when each datagram comes twice, no more given
 * out or waiting than came.
 */
public final class RtpFuzz {
    /** A packet, its prefix, and the part of a piece that came with it. */
    private static final int MOST_HELD = 4 + 0xffff + 16 * 1024;
    /** Start codes and headers that are made anew: of 7 bytes at most for each frame, which needs 3. */
    private static final int MOST_MADE = 4;

    private static final int[] TYPES = {96, 97, 98, 99, 100, 8, 33, 101};
    private static final Answer ANSWER = new Answer(
            OptionalLong.empty(),
            Map.of(
                    96, RtpPayload.of(RtpContent.PS),
                    97, RtpPayload.of(RtpContent.AAC),
                    98, RtpPayload.of(RtpContent.H264),
                    99, RtpPayload.of(RtpContent.H265),
                    100, RtpPayload.of(RtpContent.TS)));

    private RtpFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        if ((in.octet() & 1) == 0) {
            connection(in);
        } else {
            datagrams(in);
        }
    }

    private static final class Cut implements Framing.Packets {
        private final List<byte[]> packets = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private long bytes;

        @Override
        public void packet(byte[] packet) {
            packets.add(packet);
            lines.add(HexFormat.of().formatHex(packet));
            bytes += packet.length;
        }

        @Override
        public void desync() {
            lines.add("desync");
        }
    }

    private static void connection(Input in) {
        int piece = 1 + in.octet();
        byte[] stream = in.rest();
        Cut whole = cut(stream, Math.max(1, stream.length));
        same(cut(stream, piece).lines, whole.lines, "packets of pieces of " + piece);
        holds(whole.bytes <= stream.length, "more bytes in packets than came");
        FeedLog feed = new FeedLog();
        RtpCounters counters = new RtpCounters();
        Reception reception = new Reception(false, RtpSessions.ANY_SSRC, feed, counters);
        reception.expect(ANSWER);
        for (byte[] packet : whole.packets) {
            reception.packet(packet, "connection", 0, 0);
        }
        holds(!reception.waits(), "a connection's packets wait for others");
        ended(reception, feed, counters, stream.length);
    }

    private static Cut cut(byte[] stream, int piece) {
        Cut cut = new Cut();
        Framing framing = new Framing(new RtpCounters(), cut);
        for (int at = 0; at < stream.length; at += piece) {
            boolean goesOn = framing.read(stream, at, Math.min(piece, stream.length - at));
            holds(goesOn, "given up after " + stream.length);
            holds(framing.unfinished() <= Math.min(stream.length, MOST_HELD), "more is held than a packet");
        }
        return cut;
    }

    /** A packet: kind, then what differs from the one before. From one source each may come twice. */
    private static void datagrams(Input in) {
        boolean one = (in.octet() & 1) == 1;
        List<byte[]> packets = new ArrayList<>();
        int sequence = in.word();
        int stamp = 0;
        long bytes = 0;
        while (in.hasMore()) {
            int kind = in.octet();
            sequence += (byte) in.octet();
            stamp += 900 * (kind >>> 6 & 1);
            byte[] payload = in.take(in.octet());
            ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER + payload.length);
            packet.put((byte) 0x80).put((byte) (kind & 0x80 | TYPES[kind & 7]));
            packet.putShort((short) sequence).putInt(stamp);
            packet.putInt(one || (kind & 8) == 0 ? 1 : 2).put(payload);
            if (!one && (kind & 0x10) != 0 && payload.length > 0) {
                packet.put(0, payload[0]);
            }
            packets.add(packet.array());
            bytes += packet.capacity();
        }
        FeedLog once = receive(packets, 1, bytes);
        if (one) {
            same(receive(packets, 2, bytes).lines(), once.lines(), "what is given of datagrams that come twice");
        }
    }

    private static FeedLog receive(List<byte[]> packets, int times, long bytes) {
        FeedLog feed = new FeedLog();
        RtpCounters counters = new RtpCounters();
        Reception reception = new Reception(true, RtpSessions.ANY_SSRC, feed, counters);
        reception.expect(ANSWER);
        long nanos = 0;
        for (byte[] packet : packets) {
            for (int i = 0; i < times; i++) {
                reception.packet(packet, "device", 0, nanos);
            }
            nanos += Reordering.PATIENCE_NANOS / 8;
            reception.expire(nanos);
        }
        ended(reception, feed, counters, times * bytes);
        return feed;
    }

    private static void ended(Reception reception, FeedLog feed, RtpCounters counters, long bytes) {
        holds(reception.unfinished() <= MOST_MADE * bytes, "more waits than came");
        reception.end(0, 0);
        holds(!reception.waits(), "packets wait behind the end");
        holds(feed.bytes() <= MOST_MADE * bytes, "more is given out than came");
        holds(counters.get(Count.BYTES) <= bytes, "more bytes counted than came");
    }
}
