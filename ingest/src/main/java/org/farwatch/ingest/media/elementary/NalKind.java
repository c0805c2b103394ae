package org.farwatch.ingest.media.elementary;

import org.farwatch.ingest.media.VideoCodec;

/** What a NAL unit says about where pictures begin. */
enum NalKind {
    /** The first slice of a picture. */
    FIRST_SLICE,
    /** Another slice of a picture. */
    SLICE,
    /** Behind a slice it begins the next picture: delimiters, parameter sets, messages before the picture. */
    PREFIX,
    /** Says nothing. */
    OTHER;

    /**
     * By the first three bytes (ITU-T H.264, 7.4.1.2.3 and 7.4.1.2.4; H.265, 7.4.2.4.4 and 7.4.2.4.5).
     *
     * @param third behind the header of H.265; of H.264 not looked at
     */
    static NalKind of(VideoCodec codec, int first, int second, int third) {
        return switch (codec) {
            case H264 -> h264(first & 0x1f, second);
            // nuh_temporal_id_plus1 is not 0 in any unit (7.4.2.2): zeros alone are none.
            case H265 -> (second & 7) == 0 ? OTHER : h265(first >>> 1 & 0x3f, (first & 1) << 5 | second >>> 3, third);
        };
    }

    private static NalKind h264(int type, int slice) {
        return switch (type) {
            // first_mb_in_slice is 0 where its first bit is set.
            case 1, 2, 5 -> (slice & 0x80) != 0 ? FIRST_SLICE : SLICE;
            case 3, 4 -> SLICE;
            case 6, 7, 8, 9, 14, 15, 16, 17, 18 -> PREFIX;
            default -> OTHER;
        };
    }

    private static NalKind h265(int type, int layer, int slice) {
        if (layer > 0) {
            return OTHER;
        }
        if (type < 32) {
            return (slice & 0x80) != 0 ? FIRST_SLICE : SLICE;
        }
        boolean before = type <= 35 || type == 39 || type >= 41 && type <= 44 || type >= 48 && type <= 55;
        return before ? PREFIX : OTHER;
    }

    /**
     * The codec of which the first two bytes can only be: H.264's sequence parameter set, H.265's parameter sets. Null
     * for all others.
     */
    static VideoCodec betrayed(int first, int second) {
        // Of H.265 these H.264 headers would be reserved types in a layer above 31.
        if ((first & 0x9f) == 7 && first != 7) {
            return VideoCodec.H264;
        }
        // Of H.264 these would be partitions and messages with a reference count, in streams of no camera.
        return (first == 0x40 || first == 0x42 || first == 0x44) && second == 1 ? VideoCodec.H265 : null;
    }
}
