package org.farwatch.ingest.media;

/**
 * What a H.264 sequence parameter set says about the picture (ITU-T H.264, 7.3.2.1.1).
 *
 * @param profile {@code profile_idc}
 * @param constraints the byte of constraint flags
 * @param level {@code level_idc}
 * @param chroma {@code chroma_format_idc}, 1 for 4:2:0
 * @param lumaBits 8 to 14
 * @param width of the cropped picture in pixels
 * @param height of the cropped picture in pixels
 * @param inOrder it says that pictures are sent in the order in which they are shown
 */
record AvcSequence(
        int profile,
        int constraints,
        int level,
        int chroma,
        int lumaBits,
        int chromaBits,
        int width,
        int height,
        boolean inOrder) {
    private static final int BASELINE = 66;
    private static final int EXTENDED_RATIO = 255;

    private static final int MAX_SIDE = 16_384;

    /** @throws IllegalArgumentException when it is none */
    static AvcSequence parse(byte[] nal) {
        BitReader in = new BitReader(nal, 1, nal.length - 1);
        int profile = (int) in.bits(8);
        int constraints = (int) in.bits(8);
        int level = (int) in.bits(8);
        in.ue();
        int chroma = 1;
        int lumaBits = 8;
        int chromaBits = 8;
        boolean separatePlanes = false;
        if (high(profile)) {
            chroma = in.ue();
            if (chroma == 3) {
                separatePlanes = in.flag();
            }
            lumaBits = 8 + in.ue();
            chromaBits = 8 + in.ue();
            in.bit();
            if (in.flag()) {
                skipScaling(in, chroma == 3 ? 12 : 8);
            }
        }
        in.ue();
        int order = pictureOrder(in);
        in.ue();
        in.bit();
        long widthMacroblocks = in.ue() + 1L;
        long heightUnits = in.ue() + 1L;
        int fields = in.flag() ? 1 : 2;
        if (fields == 2) {
            in.bit();
        }
        in.bit();
        long width = widthMacroblocks * 16;
        long height = heightUnits * 16 * fields;
        if (in.flag()) {
            boolean planes = chroma == 0 || separatePlanes;
            int unitX = planes || chroma == 3 ? 1 : 2;
            int unitY = (planes || chroma != 1 ? 1 : 2) * fields;
            width -= unitX * ((long) in.ue() + in.ue());
            height -= unitY * ((long) in.ue() + in.ue());
        }
        if (chroma > 3 || lumaBits < 8 || lumaBits > 14 || chromaBits < 8 || chromaBits > 14) {
            throw new IllegalArgumentException(
                    "chroma format " + chroma + " of " + lumaBits + " and " + chromaBits + " bits");
        }
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("picture of " + width + "x" + height);
        }
        boolean inOrder = order == 2 || profile == BASELINE || neverReorders(in);
        return new AvcSequence(
                profile, constraints, level, chroma, lumaBits, chromaBits, (int) width, (int) height, inOrder);
    }

    /** What the usability information says (annex E.1.1); false where it says nothing. */
    private static boolean neverReorders(BitReader in) {
        try {
            if (!in.flag()) {
                return false;
            }
            if (in.flag() && in.bits(8) == EXTENDED_RATIO) {
                in.skip(32);
            }
            if (in.flag()) {
                in.bit();
            }
            if (in.flag()) {
                in.skip(4);
                if (in.flag()) {
                    in.skip(24);
                }
            }
            if (in.flag()) {
                in.ue();
                in.ue();
            }
            if (in.flag()) {
                in.skip(65);
            }
            boolean ofNal = skipBuffering(in);
            boolean ofCodec = skipBuffering(in);
            if (ofNal || ofCodec) {
                in.bit();
            }
            in.bit();
            if (!in.flag()) {
                return false;
            }
            in.bit();
            for (int i = 0; i < 4; i++) {
                in.ue();
            }
            return in.ue() == 0;
        } catch (IllegalArgumentException _) {
            // The picture is known all the same.
            return false;
        }
    }

    /** Annex E.1.2. @return whether it is there */
    private static boolean skipBuffering(BitReader in) {
        if (!in.flag()) {
            return false;
        }
        int count = in.ue();
        in.skip(8);
        for (int i = 0; i <= Math.min(count, 31); i++) {
            in.ue();
            in.ue();
            in.bit();
        }
        in.skip(20);
        return true;
    }

    /** Profiles whose parameter sets name the chroma format. */
    static boolean high(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipScaling(BitReader in, int lists) {
        for (int list = 0; list < lists; list++) {
            if (!in.flag()) {
                continue;
            }
            int last = 8;
            int next = 8;
            for (int i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) {
                next = last + in.se() & 0xff;
                last = next == 0 ? last : next;
            }
        }
    }

    /** @return {@code pic_order_cnt_type}: 2 where no picture overtakes another */
    private static int pictureOrder(BitReader in) {
        int type = in.ue();
        if (type == 0) {
            in.ue();
        } else if (type == 1) {
            in.bit();
            in.se();
            in.se();
            int frames = in.ue();
            if (frames > 255) {
                throw new IllegalArgumentException("picture order cycle of " + frames + " frames");
            }
            for (int i = 0; i < frames; i++) {
                in.se();
            }
        }
        return type;
    }
}
