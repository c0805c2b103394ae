package org.farwatch.ingest.media.rtp;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Packets of G.711 on their way out: one stamp for each sample (RFC 3551, 4.5.14). Owned by the session's event loop. */
final class Speech {
    /** Of one packet: fits an Ethernet frame. */
    static final int MAX_SAMPLES = 1_400;

    private static final int VERSION = 0x80;
    private static final int MARKER = 0x80;

    private final long ssrc;
    private short sequence = (short) ThreadLocalRandom.current().nextInt();
    private int stamp = ThreadLocalRandom.current().nextInt();
    private boolean begun;

    Speech(long ssrc) {
        this.ssrc = ssrc;
    }

    byte[] packet(int payloadType, byte[] samples) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER + samples.length);
        packet.put((byte) VERSION).put((byte) (payloadType | (begun ? 0 : MARKER)));
        packet.putShort(sequence++).putInt(stamp).putInt((int) ssrc).put(samples);
        stamp += samples.length;
        begun = true;
        return packet.array();
    }
}
