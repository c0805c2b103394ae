package org.farwatch.ingest.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Collects a video's parameter sets as they come by and makes its {@link VideoFormat} of them. The newest set of an id
 * counts. Owned by one thread.
 */
final class ParameterSets {
    /** Sets of one kind that are kept; a stream uses one or two. */
    private static final int MOST = 16;

    /** A decoder configuration record has two bytes for a set's length. */
    private static final int MOST_BYTES = 0xffff;

    private final VideoCodec codec;
    private final Kind video = new Kind(false, new ArrayList<>());
    private final Kind sequence = new Kind(false, new ArrayList<>());
    private final Kind picture = new Kind(true, new ArrayList<>());
    private boolean changed;

    /** @param several whether a stream has sets of several ids at a time */
    private record Kind(boolean several, List<byte[]> sets) {}

    ParameterSets(VideoCodec codec) {
        this.codec = codec;
    }

    /**
     * @return whether the NAL unit is a parameter set, which is then kept
     * @throws IllegalArgumentException when it is one and too short to have an id, or too long; it is not kept
     */
    boolean take(byte[] frame, NalUnits.Range range) {
        Kind kind = kind(frame[range.offset()]);
        if (kind == null) {
            return false;
        }
        if (range.length() > MOST_BYTES) {
            throw new IllegalArgumentException("parameter set of " + range.length() + " bytes");
        }
        byte[] set = Arrays.copyOfRange(frame, range.offset(), range.offset() + range.length());
        for (byte[] known : kind.sets()) {
            if (Arrays.equals(known, set)) {
                return true;
            }
        }
        if (kind.several()) {
            int id = id(set);
            kind.sets().removeIf(known -> id(known) == id);
        }
        if (!kind.several() || kind.sets().size() == MOST) {
            kind.sets().clear();
        }
        kind.sets().add(set);
        changed = true;
        return true;
    }

    /**
     * The format when it may have changed since the last call and all sets of it are here, otherwise null.
     *
     * @throws IllegalArgumentException when the sequence parameter set makes no sense
     */
    VideoFormat changed() {
        if (!changed
                || sequence.sets().isEmpty()
                || picture.sets().isEmpty()
                || codec == VideoCodec.H265 && video.sets().isEmpty()) {
            return null;
        }
        changed = false;
        return switch (codec) {
            case H264 -> avc();
            case H265 -> hevc();
        };
    }

    private Kind kind(byte header) {
        return switch (codec) {
            case H264 ->
                switch (header & 0x1f) {
                    case 7 -> sequence;
                    case 8 -> picture;
                    default -> null;
                };
            case H265 ->
                switch (header >>> 1 & 0x3f) {
                    case 32 -> video;
                    case 33 -> sequence;
                    case 34 -> picture;
                    default -> null;
                };
        };
    }

    /** A picture parameter set begins with its id. */
    private int id(byte[] set) {
        int header = codec == VideoCodec.H264 ? 1 : 2;
        if (set.length <= header) {
            throw new IllegalArgumentException("parameter set of " + set.length + " bytes");
        }
        return new BitReader(set, header, set.length - header).ue();
    }

    /** ISO/IEC 14496-15, 5.3.3.1.2. */
    private VideoFormat avc() {
        AvcSequence first = AvcSequence.parse(sequence.sets().getFirst());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(first.profile());
        out.write(first.constraints());
        out.write(first.level());
        out.write(0xfc | 3);
        out.write(0xe0 | sequence.sets().size());
        writeSets(out, sequence.sets());
        out.write(picture.sets().size());
        writeSets(out, picture.sets());
        if (AvcSequence.high(first.profile())) {
            out.write(0xfc | first.chroma());
            out.write(0xf8 | first.lumaBits() - 8);
            out.write(0xf8 | first.chromaBits() - 8);
            out.write(0);
        }
        String codecs = "avc1."
                + HexFormat.of()
                        .formatHex(
                                new byte[] {(byte) first.profile(), (byte) first.constraints(), (byte) first.level()});
        return new VideoFormat(codec, codecs, first.width(), first.height(), out.toByteArray());
    }

    /** ISO/IEC 14496-15, 8.3.3.1.2. */
    private VideoFormat hevc() {
        HevcSequence first = HevcSequence.parse(sequence.sets().getFirst());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.writeBytes(first.general());
        out.writeBytes(new byte[] {(byte) 0xf0, 0});
        out.write(0xfc);
        out.write(0xfc | first.chroma());
        out.write(0xf8 | first.lumaBits() - 8);
        out.write(0xf8 | first.chromaBits() - 8);
        out.writeBytes(new byte[] {0, 0});
        out.write(first.subLayers() << 3 | (first.nested() ? 4 : 0) | 3);
        out.write(3);
        writeArray(out, 32, video.sets());
        writeArray(out, 33, sequence.sets());
        writeArray(out, 34, picture.sets());
        return new VideoFormat(codec, hevcCodecs(first.general()), first.width(), first.height(), out.toByteArray());
    }

    private static void writeArray(ByteArrayOutputStream out, int type, List<byte[]> sets) {
        out.write(0x80 | type);
        out.write(0);
        out.write(sets.size());
        writeSets(out, sets);
    }

    private static void writeSets(ByteArrayOutputStream out, List<byte[]> sets) {
        for (byte[] set : sets) {
            out.write(set.length >>> 8);
            out.write(set.length);
            out.writeBytes(set);
        }
    }

    /** ISO/IEC 14496-15, Annex E.3: profile, compatibility in reversed bit order, tier and level, constraint bytes. */
    private static String hevcCodecs(byte[] general) {
        int space = general[0] >>> 6 & 3;
        int compatibility =
                (general[1] & 0xff) << 24 | (general[2] & 0xff) << 16 | (general[3] & 0xff) << 8 | general[4] & 0xff;
        StringBuilder text = new StringBuilder("hvc1.");
        if (space > 0) {
            text.append((char) ('A' + space - 1));
        }
        text.append(general[0] & 0x1f)
                .append('.')
                .append(Integer.toHexString(Integer.reverse(compatibility)).toUpperCase(java.util.Locale.ROOT))
                .append('.')
                .append((general[0] & 0x20) == 0 ? 'L' : 'H')
                .append(general[11] & 0xff);
        int last = 10;
        while (last > 4 && general[last] == 0) {
            last--;
        }
        for (int i = 5; i <= last; i++) {
            text.append('.').append(Integer.toHexString(general[i] & 0xff).toUpperCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }
}
