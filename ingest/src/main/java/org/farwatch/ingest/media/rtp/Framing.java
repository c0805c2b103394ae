package org.farwatch.ingest.media.rtp;

import java.util.Arrays;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * Cuts a connection into packets: behind a length (RFC 4571), or behind {@code $}, channel and length as RTSP interleaves
 * them (RFC 7826, 14), which older devices send without asking; the first packet decides. Where no packet can begin, the
 * next one of the same source is searched. Owned by the connection's event loop; holds at most one packet and one piece.
 */
final class Framing {
    /** So much is searched for the next packet before the connection is given up. */
    static final int MAX_SEARCH = 1024 * 1024;

    private static final int FIRST_BUFFER = 8 * 1024;
    private static final int LENGTH = 2;
    private static final int INTERLEAVED = 4;
    private static final int DOLLAR = '$';
    /** What has to be there to tell where a packet begins. */
    private static final int DECIDING = INTERLEAVED + RtpPacket.HEADER;
    /** Pieces are taken in parts of this, so that what is held is bounded. */
    private static final int PART = 16 * 1024;

    /** Where packets go. */
    interface Packets {
        /** @param bytes the packet's own, not changed afterwards */
        void packet(byte[] bytes);

        /** Bytes in between are none of any packet. */
        void desync();
    }

    private final Packets packets;
    private final RtpCounters counters;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;
    /** Bytes before the packet: {@link #LENGTH} or {@link #INTERLEAVED}; 0 before the first one. */
    private int prefix;

    private boolean known;
    private long ssrc;
    private int type;
    private boolean searching;
    private int searched;

    Framing(RtpCounters counters, Packets packets) {
        this.counters = counters;
        this.packets = packets;
    }

    /** @return false when no packet can be found in it any more */
    boolean read(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at += PART) {
            int count = Math.min(PART, offset + length - at);
            room(count);
            System.arraycopy(bytes, at, buffer, to, count);
            to += count;
            cut();
            if (searched > MAX_SEARCH) {
                return false;
            }
        }
        return true;
    }

    /** Whether packets stand behind {@code $}. */
    boolean interleaved() {
        return prefix == INTERLEAVED;
    }

    /** Bytes that wait for the rest of their packet. */
    int unfinished() {
        return to - from;
    }

    private void room(int count) {
        if (to + count <= buffer.length) {
            return;
        }
        int size = to - from;
        byte[] wider = size + count <= buffer.length ? buffer : new byte[Math.max(2 * buffer.length, size + count)];
        System.arraycopy(buffer, from, wider, 0, size);
        buffer = wider;
        from = 0;
        to = size;
    }

    private void cut() {
        while (to - from >= DECIDING || !searching && prefix > 0 && to - from >= prefix) {
            if (prefix == 0 && !searching) {
                prefix = form();
            }
            if (searching) {
                if (!found()) {
                    continue;
                }
            }
            int length = length();
            if (length < 0) {
                desync();
                continue;
            }
            if (to - from - prefix < length) {
                return;
            }
            byte[] packet = Arrays.copyOfRange(buffer, from + prefix, from + prefix + length);
            from += prefix + length;
            give(packet);
        }
    }

    private int form() {
        boolean interleaved = buffer[from] == DOLLAR && RtpPacket.begins(buffer[from + INTERLEAVED]);
        return interleaved && !RtpPacket.begins(buffer[from + LENGTH]) ? INTERLEAVED : LENGTH;
    }

    /** Of the packet that begins here; below 0 when none does. */
    private int length() {
        int length = RtpPacket.word(buffer, from + prefix - LENGTH);
        boolean marked = prefix != INTERLEAVED || buffer[from] == DOLLAR;
        // A length of 0 keeps connections alive.
        if (!marked || length > 0 && length < 4) {
            return -1;
        }
        int at = from + prefix;
        boolean begins = length == 0 || at >= to || RtpPacket.begins(buffer[at]);
        return begins ? length : -1;
    }

    private void give(byte[] packet) {
        if (packet.length >= RtpPacket.HEADER && !RtpPacket.control(packet, 0, packet.length)) {
            known = true;
            ssrc = RtpPacket.number(packet, 8);
            type = packet[1] & 0x7f;
            searched = 0;
        }
        if (packet.length > 0) {
            packets.packet(packet);
        }
    }

    private void desync() {
        searching = true;
        counters.count(Count.DESYNC);
        packets.desync();
        step();
    }

    private void step() {
        from++;
        searched++;
    }

    /** Whether a packet of the same source and type begins here; where none came yet, one of any. Else goes on by a byte. */
    private boolean found() {
        int form = known ? prefix : form();
        int at = from + form;
        int length = RtpPacket.word(buffer, at - LENGTH);
        boolean plausible = length >= RtpPacket.HEADER
                && RtpPacket.begins(buffer[at])
                && (form == LENGTH || buffer[from] == DOLLAR)
                && (!known || RtpPacket.number(buffer, at + 8) == ssrc && (buffer[at + 1] & 0x7f) == type);
        if (plausible) {
            prefix = form;
            searching = false;
        } else {
            step();
        }
        return plausible;
    }
}
