package org.farwatch.vision.background;

/**
 * How much brighter a picture is than the background, as one factor for the whole picture.
 *
 * <p>The factor is where the ratios of sampled pixels to the background are densest, so that it holds though things cover up to
 * about half of the picture. Cost: one pixel in sixteen.
 */
final class Brightness {
    private static final int STRIDE = 4;
    private static final int DARKEST = 16;
    private static final int BRIGHTEST = 245;
    private static final int BINS = 240;
    private static final double BIN = 0.01;
    private static final int HALF_WINDOW = 4;

    private Brightness() {}

    /**
     * The factor, 0.3 to 3.3; 1 where too few pixels can tell.
     *
     * @param pixels unsigned bytes, row after row
     * @param background of the same pixels
     */
    static float against(byte[] pixels, float[] background, int width) {
        int[] counts = new int[BINS];
        int sampled = 0;
        int height = pixels.length / width;
        for (int row = 0; row < height; row += STRIDE) {
            for (int i = row * width; i < (row + 1) * width; i += STRIDE) {
                int pixel = pixels[i] & 0xFF;
                float before = background[i];
                if (pixel >= DARKEST && pixel <= BRIGHTEST && before >= DARKEST && before <= BRIGHTEST) {
                    int bin = (int) Math.round(Math.log(pixel / before) / BIN) + BINS / 2;
                    if (bin >= 0 && bin < BINS) {
                        counts[bin]++;
                        sampled++;
                    }
                }
            }
        }
        if (sampled < 50) {
            return 1;
        }
        int best = 0;
        int most = -1;
        for (int middle = HALF_WINDOW; middle < BINS - HALF_WINDOW; middle++) {
            int sum = 0;
            for (int bin = middle - HALF_WINDOW; bin <= middle + HALF_WINDOW; bin++) {
                // A triangle: plain counts would let the window slide off a narrow peak.
                sum += counts[bin] * (HALF_WINDOW + 1 - Math.abs(bin - middle));
            }
            if (sum > most) {
                most = sum;
                best = middle;
            }
        }
        double weighted = 0;
        double weight = 0;
        for (int bin = best - HALF_WINDOW; bin <= best + HALF_WINDOW; bin++) {
            weighted += (double) counts[bin] * (bin - BINS / 2);
            weight += counts[bin];
        }
        return (float) Math.exp(BIN * weighted / weight);
    }
}
