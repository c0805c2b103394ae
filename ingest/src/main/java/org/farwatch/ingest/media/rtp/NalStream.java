package org.farwatch.ingest.media.rtp;

import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.elementary.AccessUnits;
import org.farwatch.ingest.media.push.Feed;

/**
 * Makes a byte stream of NAL units again, whole ones and fragments. Old devices put the byte stream itself into the
 * packets: where one begins with a start code, which no packet of NAL units does, all are taken as that from then on.
 */
final class NalStream {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final Feed feed;
    private final AccessUnits pictures;
    private final byte[] header = new byte[2];
    private boolean raw;
    /** A unit whose beginning came, and its end not yet. */
    private boolean fragment;

    NalStream(Feed feed, VideoCodec codec) {
        this.feed = feed;
        pictures = new AccessUnits(feed);
        pictures.codec(codec);
    }

    /** A packet begins; true when it was taken as a piece of a byte stream. */
    boolean raw(RtpPacket packet, long micros) {
        pictures.stamp(micros, micros);
        raw |= startCoded(packet.bytes(), packet.offset(), packet.length());
        if (raw) {
            pictures.put(packet.bytes(), packet.offset(), packet.length(), packet.received());
        }
        return raw;
    }

    void before(byte[] sets, long micros, long received) {
        pictures.stamp(micros, micros);
        pictures.put(sets, 0, sets.length, received);
    }

    static boolean startCoded(byte[] bytes, int at, int length) {
        boolean three = length >= 4 && bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1;
        boolean four = length >= 5 && bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 0 && bytes[at + 3] == 1;
        return three || four;
    }

    void unit(byte[] bytes, int offset, int length, long received) {
        fragment = false;
        pictures.put(START_CODE, 0, START_CODE.length, received);
        pictures.put(bytes, offset, length, received);
    }

    /**
     * Units behind lengths of 16 bits each.
     *
     * @return false when a length leads out of the packet
     */
    boolean units(RtpPacket packet, int skip) {
        int at = packet.offset() + skip;
        int end = packet.offset() + packet.length();
        while (at + 2 < end) {
            int length = RtpPacket.word(packet.bytes(), at);
            at += 2;
            if (length == 0 || length > end - at) {
                return false;
            }
            unit(packet.bytes(), at, length, packet.received());
            at += length;
        }
        return true;
    }

    /** The first fragment's header, of one byte or two. */
    void begin(int first, int second, int size, long received) {
        fragment = true;
        header[0] = (byte) first;
        header[1] = (byte) second;
        pictures.put(START_CODE, 0, START_CODE.length, received);
        pictures.put(header, 0, size, received);
    }

    /** Without its beginning a fragment is of no use. */
    void fragment(RtpPacket packet, int skip, boolean last) {
        if (fragment) {
            pictures.put(packet.bytes(), packet.offset() + skip, packet.length() - skip, packet.received());
        }
        fragment &= !last;
    }

    /** The packet was the last one of its picture, as its marker says. */
    void mark() {
        if (!raw) {
            pictures.mark();
        }
    }

    void lost() {
        fragment = false;
        pictures.lost();
        feed.lost();
    }

    void end() {
        pictures.end();
    }

    int unfinished() {
        return pictures.unfinished();
    }
}
