package org.farwatch.ingest.media;

/**
 * Decodes DVI4, the ADPCM of IMA as RFC 3551, 4.5.1 packs it: the first of two samples in the upper four bits, a state
 * before each piece, which is no sample itself. The state is in the order of HiSilicon's chips (their
 * {@code ADPCM_TYPE_DVI4}), which terminals of JT/T 1078 are built of: predicted value with the lower byte first, index of
 * the step, a byte of no meaning. Keeps nothing: each piece begins anew, so that a lost one costs itself only.
 *
 * <p>The public servers of JT/T 1078 that decode payload type 26 all read it so. IMA in WAV files has the first sample in
 * the lower four bits and gives out the state as a sample: libavcodec reads that as {@code adpcm_ima_wav}, and with the
 * bits of each byte exchanged hears what this hears, to the bit.
 */
final class Dvi4 {
    private static final int STATE = 4;
    private static final int[] STEPS = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871,
        5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623,
        27086, 29794, 32767
    };
    /** By the three bits of the size. */
    private static final int[] INDEX_MOVES = {-1, -1, -1, -1, 2, 4, 6, 8};

    private Dvi4() {}

    /** @return samples of 16 bits, the lower byte first; none of a piece that is shorter than its state or whose is none */
    static byte[] samples(byte[] piece) {
        if (piece.length < STATE || (piece[2] & 0xFF) >= STEPS.length) {
            return new byte[0];
        }
        int value = (short) (piece[0] & 0xFF | piece[1] << 8);
        int index = piece[2];
        byte[] samples = new byte[4 * (piece.length - STATE)];
        for (int i = 0; i < 2 * (piece.length - STATE); i++) {
            int code = piece[STATE + i / 2] >> (i % 2 == 0 ? 4 : 0) & 0x0F;
            int size = code & 7;
            int change = (2 * size + 1) * STEPS[index] >> 3;
            value = Math.clamp((code & 8) == 0 ? value + change : value - change, Short.MIN_VALUE, Short.MAX_VALUE);
            index = Math.clamp(index + INDEX_MOVES[size], 0, STEPS.length - 1);
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        return samples;
    }
}
