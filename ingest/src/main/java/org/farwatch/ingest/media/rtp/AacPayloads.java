package org.farwatch.ingest.media.rtp;

import java.io.ByteArrayOutputStream;
import org.farwatch.ingest.media.push.Feed;

/**
 * AAC in high bit rate mode (RFC 3640, 3.3.6), whole frames only; or frames that bring ADTS headers. Of low complexity,
 * since nothing in the packet says otherwise.
 */
record AacPayloads(Feed feed, int sampleRate, int channels) implements Payloads {
    private static final int HEADER_BITS = 16;
    private static final int ADTS_HEADER = 7;
    private static final int MAX_FRAME = 0x1fff;
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    @Override
    public boolean take(RtpPacket packet, long micros) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int end = at + packet.length();
        if (packet.length() < 4) {
            return false;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream(packet.length() + 64);
        if ((bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xf6) == 0xf0) {
            frames.write(bytes, at, packet.length());
            feed.aac(micros, packet.received(), frames.toByteArray());
            return true;
        }
        int headers = RtpPacket.word(bytes, at) / HEADER_BITS;
        int data = at + 2 + 2 * headers;
        int rate = rate();
        if (headers == 0 || data > end || rate < 0) {
            return false;
        }
        for (int i = 0; i < headers; i++) {
            int size = RtpPacket.word(bytes, at + 2 + 2 * i) >>> 3;
            if (size == 0 || size > end - data || size + ADTS_HEADER > MAX_FRAME) {
                return false;
            }
            frames.writeBytes(adts(rate, size + ADTS_HEADER));
            frames.write(bytes, data, size);
            data += size;
        }
        feed.aac(micros, packet.received(), frames.toByteArray());
        return true;
    }

    private int rate() {
        for (int i = 0; i < RATES.length; i++) {
            if (RATES[i] == sampleRate) {
                return i;
            }
        }
        return -1;
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
