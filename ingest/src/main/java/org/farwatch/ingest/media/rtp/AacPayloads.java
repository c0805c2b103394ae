package org.farwatch.ingest.media.rtp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.farwatch.ingest.media.Adts;
import org.farwatch.ingest.media.push.Feed;

/**
 * AAC in high bit rate mode (RFC 3640, 3.3.6), whole frames only; or frames that bring ADTS headers. Of low complexity,
 * since nothing in the packet says otherwise.
 */
record AacPayloads(Feed feed, int sampleRate, int channels) implements Payloads {
    private static final int HEADER_BITS = 16;
    private static final int MAX_FRAME = 0x1fff;

    @Override
    public boolean take(RtpPacket packet, long micros) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int end = at + packet.length();
        if (packet.length() < 4) {
            return false;
        }
        if (Adts.begins(bytes, at)) {
            int whole = Adts.whole(bytes, at, end);
            if (whole > at) {
                feed.aac(micros, packet.received(), Arrays.copyOfRange(bytes, at, whole));
            }
            return whole > at;
        }
        int headers = RtpPacket.word(bytes, at) / HEADER_BITS;
        int data = at + 2 + 2 * headers;
        int rate = Adts.rateIndex(sampleRate);
        if (headers == 0 || data > end || rate < 0) {
            return false;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream(packet.length() + 64);
        for (int i = 0; i < headers; i++) {
            int size = RtpPacket.word(bytes, at + 2 + 2 * i) >>> 3;
            if (size == 0 || size > end - data || size + Adts.SHORT_HEADER > MAX_FRAME) {
                return false;
            }
            frames.writeBytes(adts(rate, size + Adts.SHORT_HEADER));
            frames.write(bytes, data, size);
            data += size;
        }
        feed.aac(micros, packet.received(), frames.toByteArray());
        return true;
    }

    /** ISO/IEC 13818-7, 6.2. */
    private byte[] adts(int rate, int length) {
        int arrangement = channels == 8 ? 7 : channels;
        return new byte[] {
            (byte) 0xff,
            (byte) 0xf1,
            (byte) (1 << 6 | rate << 2 | arrangement >>> 2),
            (byte) ((arrangement & 3) << 6 | length >>> 11),
            (byte) (length >>> 3),
            (byte) ((length & 7) << 5 | 0x1f),
            (byte) 0xfc
        };
    }

    @Override
    public void lost() {}

    @Override
    public void end(long received) {}
}
