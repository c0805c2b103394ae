package org.farwatch.ingest.explain;

import java.time.Instant;

/** A packet of a JT/T 1078 stream (JT/T 1078-2016, 5.5.3, table 19). */
final class VideoPacketExplainer implements FrameExplainer {
    private static final int[] MARK = {0x30, 0x31, 0x63, 0x64};
    private static final int SOUND = 3;
    private static final int TRANSPARENT = 4;

    @Override
    public boolean takes(byte[] bytes) {
        boolean marked = bytes.length >= MARK.length;
        for (int i = 0; marked && i < MARK.length; i++) {
            marked = (bytes[i] & 0xFF) == MARK[i];
        }
        return marked;
    }

    @Override
    public Explanation explain(byte[] bytes) {
        Explanation out = new Explanation(bytes, bytes.length);
        while (out.left() > 0 && !(out.left() >= MARK.length && out.peek(0) != MARK[0])) {
            packet(out);
        }
        out.wrongRest("no packet: 30 31 63 64 has to begin it");
        return out;
    }

    private static void packet(Explanation out) {
        out.heading("packet of a JT/T 1078 stream");
        out.field(MARK.length, "mark of a packet");
        out.octet("version, padding, extension, sources: %d");
        int payload = out.octet("marker and payload type: %d") & 0x7F;
        out.heading("payload type %d: %s".formatted(payload, codec(payload)));
        out.word("sequence number %d");
        out.field(6, "SIM card " + out.digits(6));
        out.octet("channel %d");
        int kinds = out.peek(0) < 0 ? 0 : out.peek(0);
        int kind = kinds >> 4;
        out.field(1, "%s, %s".formatted(kind(kind), part(kinds & 15)));
        if (kind != TRANSPARENT) {
            out.field(8, "time " + time(out.digits(8)));
        }
        if (kind < SOUND) {
            out.word("ms since the last key frame: %d");
            out.word("ms since the last frame: %d");
        }
        int length = out.word("%d bytes of payload");
        out.field(length, "payload");
    }

    private static String time(String digits) {
        if (digits.length() < 16) {
            return "missing";
        }
        long millis = Long.parseUnsignedLong(digits, 16);
        boolean clock = millis > 1_000_000_000_000L && millis < 4_000_000_000_000L;
        return clock ? Instant.ofEpochMilli(millis).toString() : millis + " ms";
    }

    private static String kind(int kind) {
        return switch (kind) {
            case 0 -> "video, I frame";
            case 1 -> "video, P frame";
            case 2 -> "video, B frame";
            case SOUND -> "sound";
            case TRANSPARENT -> "transparent data";
            default -> "kind " + kind + " is reserved";
        };
    }

    private static String part(int part) {
        return switch (part) {
            case 0 -> "whole";
            case 1 -> "first part";
            case 2 -> "last part";
            case 3 -> "part in the middle";
            default -> "part " + part + " is reserved";
        };
    }

    private static String codec(int payload) {
        return switch (payload) {
            case 6 -> "G.711 A-law";
            case 7 -> "G.711 mu-law";
            case 8 -> "G.726";
            case 19 -> "AAC";
            case 26 -> "ADPCM";
            case 98 -> "H.264";
            case 99 -> "H.265";
            default -> "see table 12 of JT/T 1078-2016";
        };
    }
}
