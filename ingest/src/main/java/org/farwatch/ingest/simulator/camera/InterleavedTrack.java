package org.farwatch.ingest.simulator.camera;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client's RTP track inside of its RTSP connection (RFC 2326, 10.12; RFC 3550, 5.1 and 6.4.1). Owned by the
 * connection's event loop.
 */
final class InterleavedTrack {
    static final int PAYLOAD_TYPE = 96;

    private static final int RTP_HEADER = 12;
    private static final int INTERLEAVED_HEADER = 4;
    private static final int VERSION = 0x80;
    private static final int MARKER = 0x80;
    private static final int SENDER_REPORT = 200;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int CNAME = 1;
    private static final byte[] NAME = "camera".getBytes(StandardCharsets.US_ASCII);
    private static final long REPORT_MILLIS = 5_000;
    /** From 1900, where NTP begins, to 1970. */
    private static final long NTP_SECONDS = 2_208_988_800L;

    private final int rtpChannel;
    private final int rtcpChannel;
    private final long clockAhead;
    private final int source = ThreadLocalRandom.current().nextInt();
    private int sequence = ThreadLocalRandom.current().nextInt(0x10000);
    private int packets;
    private int bytes;
    private long lastReport;

    /**
     * @param rtpChannel 0 to 255; {@code rtcpChannel} likewise
     * @param clockAhead what the camera's clock shows too much
     */
    InterleavedTrack(int rtpChannel, int rtcpChannel, Duration clockAhead) {
        this.rtpChannel = rtpChannel;
        this.rtcpChannel = rtcpChannel;
        this.clockAhead = clockAhead.toMillis();
    }

    /** Both, as the transport header writes them. */
    String channels() {
        return rtpChannel + "-" + rtcpChannel;
    }

    /** As the transport header writes it. */
    String ssrc() {
        return "%08X".formatted(source);
    }

    /** Of the next packet. */
    int sequence() {
        return sequence;
    }

    /** A picture's packets, and a sender report in front of them when one is due. */
    ByteBuf packets(SceneFrame frame, ByteBufAllocator memory) {
        List<byte[]> payloads = frame.payloads();
        int size = payloads.stream()
                .mapToInt(payload -> INTERLEAVED_HEADER + RTP_HEADER + payload.length)
                .sum();
        ByteBuf out = memory.buffer(size + 64);
        if (frame.sentAt() - lastReport >= REPORT_MILLIS) {
            lastReport = frame.sentAt();
            report(frame, out);
        }
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            interleaved(out, rtpChannel, RTP_HEADER + payload.length);
            out.writeByte(VERSION);
            out.writeByte(PAYLOAD_TYPE | (i == payloads.size() - 1 ? MARKER : 0));
            out.writeShort(sequence);
            out.writeInt(frame.timestamp());
            out.writeInt(source);
            out.writeBytes(payload);
            sequence = sequence + 1 & 0xffff;
            packets++;
            bytes += payload.length;
        }
        return out;
    }

    private void report(SceneFrame frame, ByteBuf out) {
        int description = 4 + 4 + 2 + NAME.length;
        int padded = description + 4 & ~3;
        interleaved(out, rtcpChannel, 28 + padded);
        out.writeByte(VERSION);
        out.writeByte(SENDER_REPORT);
        out.writeShort(6);
        out.writeInt(source);
        long shown = frame.sentAt() + clockAhead;
        out.writeInt((int) (shown / 1000 + NTP_SECONDS));
        out.writeInt((int) ((shown % 1000 << 32) / 1000));
        out.writeInt(frame.timestamp());
        out.writeInt(packets);
        out.writeInt(bytes);
        out.writeByte(VERSION | 1);
        out.writeByte(SOURCE_DESCRIPTION);
        out.writeShort(padded / 4 - 1);
        out.writeInt(source);
        out.writeByte(CNAME);
        out.writeByte(NAME.length);
        out.writeBytes(NAME);
        out.writeZero(padded - description);
    }

    private static void interleaved(ByteBuf out, int channel, int length) {
        out.writeByte('$');
        out.writeByte(channel);
        out.writeShort(length);
    }
}
