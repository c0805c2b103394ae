package org.farwatch.ingest.simulator.camera;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.media.Configuration;
import org.farwatch.ingest.media.NalUnits;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFormat;

/** Cuts H.264 into RTP payloads: single NAL units and FU-A (RFC 6184, packetization mode 1; 5.6 and 5.8). */
final class AvcPayloads {
    /** Largest payload in bytes: with all headers it fits an Ethernet frame. */
    static final int MAX_PAYLOAD = 1_400;

    private static final int FU_A = 28;
    private static final int NRI = 0x60;
    private static final int TYPE = 0x1f;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int LENGTH_BYTES = 4;

    private AvcPayloads() {}

    /** Sequence and picture parameter sets. */
    static List<byte[]> parameterSets(VideoFormat format) {
        return Configuration.sets(VideoCodec.H264, format.configuration());
    }

    /**
     * @param picture NAL units behind 4-byte lengths
     * @param sets that go in front of it, none unless it is a key picture
     */
    static List<byte[]> of(byte[] picture, List<byte[]> sets) {
        List<byte[]> payloads = new ArrayList<>(sets);
        for (NalUnits.Range unit : NalUnits.ofLengths(picture, LENGTH_BYTES)) {
            if (unit.length() <= MAX_PAYLOAD) {
                payloads.add(Arrays.copyOfRange(picture, unit.offset(), unit.offset() + unit.length()));
            } else {
                fragments(picture, unit, payloads);
            }
        }
        return payloads;
    }

    private static void fragments(byte[] picture, NalUnits.Range unit, List<byte[]> payloads) {
        byte header = picture[unit.offset()];
        int end = unit.offset() + unit.length();
        for (int at = unit.offset() + 1; at < end; ) {
            int size = Math.min(MAX_PAYLOAD - 2, end - at);
            byte[] payload = new byte[size + 2];
            payload[0] = (byte) (header & NRI | FU_A);
            int first = at == unit.offset() + 1 ? START : 0;
            int last = at + size == end ? END : 0;
            payload[1] = (byte) (first | last | header & TYPE);
            System.arraycopy(picture, at, payload, 2, size);
            payloads.add(payload);
            at += size;
        }
    }
}
