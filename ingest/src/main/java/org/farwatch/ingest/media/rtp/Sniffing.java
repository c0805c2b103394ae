package org.farwatch.ingest.media.rtp;

import org.farwatch.ingest.media.ts.TsReader;

/** What a payload is, by its first bytes. */
final class Sniffing {
    private static final int LEAST_SYSTEM_CODE = 0xba;

    private Sniffing() {}

    /** Whether a pack of a program stream begins here, which nothing else begins like. */
    static boolean pack(RtpPacket packet) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        return packet.length() >= 4
                && bytes[at] == 0
                && bytes[at + 1] == 0
                && bytes[at + 2] == 1
                && (bytes[at + 3] & 0xff) == LEAST_SYSTEM_CODE;
    }

    /** @return {@link RtpContent#UNKNOWN} of packets that say nothing, such as the middle of a picture */
    static RtpContent content(RtpPacket packet) {
        byte[] bytes = packet.bytes();
        int at = packet.offset();
        int length = packet.length();
        if (length < 4) {
            return RtpContent.UNKNOWN;
        }
        if (NalStream.startCoded(bytes, at, length)) {
            boolean system = bytes[at + 2] == 1 && (bytes[at + 3] & 0xff) >= LEAST_SYSTEM_CODE;
            return system ? RtpContent.PS : RtpContent.H264;
        }
        if (length % TsReader.PACKET == 0 && transport(bytes, at, length)) {
            return RtpContent.TS;
        }
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        if (avc(first, second)) {
            return RtpContent.H264;
        }
        return hevc(first, second, third) ? RtpContent.H265 : RtpContent.UNKNOWN;
    }

    private static boolean transport(byte[] bytes, int at, int length) {
        boolean synced = true;
        for (int i = 0; synced && i < length; i += TsReader.PACKET) {
            synced = bytes[at + i] == TsReader.SYNC;
        }
        return synced;
    }

    /** Parameter sets with a reference count, alone or as the first of many, and the first fragment of a key picture. */
    private static boolean avc(int first, int second) {
        int type = first & 0x1f;
        boolean referred = first < 0x80 && first >= 0x20;
        return referred && (type == 7 || type == 8 || type == 24 && second == 0 || type == 28 && second == 0x85);
    }

    /** Parameter sets of the first layer, alone or as the first of many, and the first fragment of a key picture. */
    private static boolean hevc(int first, int second, int third) {
        boolean sets = first == 0x40 || first == 0x42 || first == 0x44 || first == 0x60;
        boolean key = first == 0x62 && (third & 0x80) != 0 && (third & 0x3f) >= 16 && (third & 0x3f) <= 21;
        return second == 1 && (sets || key);
    }
}
