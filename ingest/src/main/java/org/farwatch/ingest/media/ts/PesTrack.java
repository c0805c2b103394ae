package org.farwatch.ingest.media.ts;

import org.farwatch.ingest.media.elementary.PesHeader;
import org.farwatch.ingest.media.elementary.Programme;

/** The PES packets of one PID. */
final class PesTrack {
    private final Programme programme;
    private final boolean video;
    private final byte[] head = new byte[PesHeader.MOST];
    private int headSize;
    /** Payload that is still to come; below 0 up to the next beginning. */
    private int left;

    private boolean inHead;
    private boolean inPayload;
    /** -1 before the first packet. */
    private int counter = -1;

    PesTrack(Programme programme, boolean video) {
        this.programme = programme;
        this.video = video;
    }

    void reset() {
        inHead = false;
        inPayload = false;
        counter = -1;
        if (!video) {
            programme.soundLost();
        }
    }

    /**
     * @param now continuity counter, 0 to 15
     * @param announced the counter may jump here
     */
    void take(byte[] packet, int from, boolean begins, int now, boolean announced, long received) {
        if (counter == now && !announced) {
            return;
        }
        if (counter >= 0 && now != (counter + 1 & 0x0f) && !announced) {
            reset();
            if (video) {
                programme.lost();
            }
        }
        counter = now;
        int at = from;
        if (begins) {
            if (inPayload && !video) {
                programme.endSound(received);
            }
            inHead = true;
            inPayload = false;
            headSize = 0;
        }
        if (inHead) {
            at = head(packet, at, received);
        }
        if (inPayload && at < packet.length) {
            payload(packet, at, received);
        }
    }

    private int head(byte[] packet, int from, long received) {
        int at = from;
        while (inHead && at < packet.length) {
            int need = headSize < PesHeader.LEAST ? PesHeader.LEAST : PesHeader.size(head);
            int count = Math.min(need - headSize, packet.length - at);
            System.arraycopy(packet, at, head, headSize, count);
            at += count;
            headSize += count;
            if (headSize >= PesHeader.LEAST && headSize == PesHeader.size(head)) {
                inHead = false;
                begin(received);
            }
        }
        return at;
    }

    private void begin(long received) {
        boolean startCoded = head[0] == 0 && head[1] == 0 && head[2] == 1;
        PesHeader header = startCoded ? PesHeader.of(head) : null;
        if (header == null) {
            programme.lost();
            return;
        }
        inPayload = true;
        // Video leaves its length out, or says it modulo 65,536: the next beginning ends it.
        left = video ? -1 : header.length();
        if (video) {
            programme.beginVideo(header);
        } else {
            programme.beginSound(header);
            if (left == 0) {
                inPayload = false;
                programme.endSound(received);
            }
        }
    }

    private void payload(byte[] packet, int at, long received) {
        int count = packet.length - at;
        if (video) {
            programme.putVideo(packet, at, count, received);
            return;
        }
        count = left < 0 ? count : Math.min(left, count);
        programme.putSound(packet, at, count);
        if (left > 0) {
            left -= count;
            if (left == 0) {
                inPayload = false;
                programme.endSound(received);
            }
        }
    }
}
