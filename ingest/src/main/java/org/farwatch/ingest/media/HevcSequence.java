package org.farwatch.ingest.media;

/**
 * What a H.265 sequence parameter set says about the picture (ITU-T H.265, 7.3.2.2 and 7.3.3).
 *
 * @param general the 12 bytes of the general profile, tier and level, as hvcC repeats them
 * @param chroma {@code chroma_format_idc}, 1 for 4:2:0
 * @param lumaBits 8 to 16
 * @param subLayers temporal sub-layers, 1 to 7
 * @param nested {@code sps_temporal_id_nesting_flag}
 * @param width of the picture inside its conformance window, in pixels
 * @param height of the picture inside its conformance window, in pixels
 * @param inOrder it says that pictures are sent in the order in which they are shown
 */
record HevcSequence(
        byte[] general,
        int chroma,
        int lumaBits,
        int chromaBits,
        int subLayers,
        boolean nested,
        int width,
        int height,
        boolean inOrder) {
    private static final int GENERAL_BYTES = 12;
    private static final int MAX_SIDE = 16_384;

    /** @throws IllegalArgumentException when it is none */
    static HevcSequence parse(byte[] nal) {
        BitReader in = new BitReader(nal, 2, nal.length - 2);
        in.skip(4);
        int maxSubLayers = (int) in.bits(3);
        boolean nested = in.flag();
        byte[] general = new byte[GENERAL_BYTES];
        for (int i = 0; i < GENERAL_BYTES; i++) {
            general[i] = (byte) in.bits(8);
        }
        skipSubLayers(in, maxSubLayers);
        in.ue();
        int chroma = in.ue();
        boolean separatePlanes = chroma == 3 && in.flag();
        long width = in.ue();
        long height = in.ue();
        if (in.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = chroma == 1 && !separatePlanes ? 2 : 1;
            width -= unitX * ((long) in.ue() + in.ue());
            height -= unitY * ((long) in.ue() + in.ue());
        }
        int lumaBits = 8 + in.ue();
        int chromaBits = 8 + in.ue();
        if (chroma > 3 || lumaBits < 8 || lumaBits > 16 || chromaBits < 8 || chromaBits > 16) {
            throw new IllegalArgumentException(
                    "chroma format " + chroma + " of " + lumaBits + " and " + chromaBits + " bits");
        }
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("picture of " + width + "x" + height);
        }
        boolean inOrder = neverReorders(in, maxSubLayers);
        return new HevcSequence(
                general, chroma, lumaBits, chromaBits, maxSubLayers + 1, nested, (int) width, (int) height, inOrder);
    }

    /** {@code sps_max_num_reorder_pics} of the highest sub-layer is 0. */
    private static boolean neverReorders(BitReader in, int maxSubLayers) {
        try {
            in.ue();
            int first = in.flag() ? 0 : maxSubLayers;
            int reordered = 0;
            for (int i = first; i <= maxSubLayers; i++) {
                in.ue();
                reordered = in.ue();
                in.ue();
            }
            return reordered == 0;
        } catch (IllegalArgumentException _) {
            // The picture is known all the same.
            return false;
        }
    }

    private static void skipSubLayers(BitReader in, int maxSubLayers) {
        boolean[] profile = new boolean[maxSubLayers];
        boolean[] level = new boolean[maxSubLayers];
        for (int i = 0; i < maxSubLayers; i++) {
            profile[i] = in.flag();
            level[i] = in.flag();
        }
        if (maxSubLayers > 0) {
            in.skip(2 * (8 - maxSubLayers));
        }
        for (int i = 0; i < maxSubLayers; i++) {
            in.skip((profile[i] ? 88 : 0) + (level[i] ? 8 : 0));
        }
    }
}
