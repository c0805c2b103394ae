package org.farwatch.vision.health;

import java.util.Arrays;

/**
 * The structure of a view, to be found again in a picture: its edges in blocks of {@value #BLOCK} x {@value #BLOCK} pixels. Light
 * changes edges less than brightness, and people hide some blocks only.
 *
 * <p>A block is kept when its edges correlate with those of the picture, softened so that a pixel or two do not matter; a camera
 * that sways by up to {@value #SWAY} pixels is followed. Cost: about 25 passes over {@value Glance#WIDTH} x {@value
 * Glance#HEIGHT} pixels. Immutable.
 */
final class View {
    static final int BLOCK = 20;
    private static final int COLUMNS = Glance.WIDTH / BLOCK;
    private static final int ROWS = Glance.HEIGHT / BLOCK;
    private static final int SWAY = 4;
    private static final int SWAY_STEP = 2;
    private static final int SOFT = 2;
    private static final int THUMB = 10;
    /** Mean gradient in luminances a pixel, from which on a block has structure at all. */
    private static final double LEAST_EDGE = 6;

    private static final double OF_MEDIAN = 0.6;
    private static final double CORRELATES = 0.7;
    private static final double GONE = 0.3;
    private static final int FEWEST_BLOCKS = 15;

    private final float[] edges;
    private final double[] energy;
    private final boolean[] structured;
    private final int blocks;
    private final double[] thumbnail;

    /**
     * How a picture agrees with the view.
     *
     * @param kept share of its blocks that are where they were
     * @param lost share of its blocks where hardly an edge is left
     * @param alike correlation of both when made very small, -1 to 1
     */
    record Agreement(double kept, double lost, double alike) {}

    /** @param luminances one a pixel */
    View(float[] luminances) {
        edges = edges(luminances);
        energy = energy(edges);
        double[] sorted = energy.clone();
        Arrays.sort(sorted);
        double least = Math.max(LEAST_EDGE, OF_MEDIAN * sorted[sorted.length / 2]);
        structured = new boolean[energy.length];
        int count = 0;
        for (int i = 0; i < energy.length; i++) {
            structured[i] = energy[i] >= least;
            count += structured[i] ? 1 : 0;
        }
        blocks = count;
        thumbnail = thumbnail(luminances);
    }

    /** Whether there is enough to be seen that it can be told from another view. */
    boolean telling() {
        return blocks >= FEWEST_BLOCKS;
    }

    Agreement with(byte[] grey) {
        float[] luminances = new float[grey.length];
        for (int i = 0; i < grey.length; i++) {
            luminances[i] = grey[i] & 0xFF;
        }
        float[] now = edges(luminances);
        double[] energyNow = energy(now);
        int gone = 0;
        for (int i = 0; i < energy.length; i++) {
            gone += structured[i] && energyNow[i] < GONE * energy[i] ? 1 : 0;
        }
        int most = 0;
        for (int dy = -SWAY; dy <= SWAY; dy += SWAY_STEP) {
            for (int dx = -SWAY; dx <= SWAY; dx += SWAY_STEP) {
                most = Math.max(most, kept(now, dx, dy));
            }
        }
        return new Agreement(
                (double) most / Math.max(1, blocks),
                (double) gone / Math.max(1, blocks),
                correlation(thumbnail, thumbnail(luminances)));
    }

    private int kept(float[] now, int dx, int dy) {
        int kept = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                if (structured[row * COLUMNS + column] && correlates(now, column * BLOCK, row * BLOCK, dx, dy)) {
                    kept++;
                }
            }
        }
        return kept;
    }

    private boolean correlates(float[] now, int left, int top, int dx, int dy) {
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        int count = 0;
        int right = Math.min(left + BLOCK, Math.min(Glance.WIDTH, Glance.WIDTH - dx));
        int bottom = Math.min(top + BLOCK, Math.min(Glance.HEIGHT, Glance.HEIGHT - dy));
        for (int y = Math.max(top, -dy); y < bottom; y++) {
            for (int x = Math.max(left, -dx); x < right; x++) {
                float then = edges[y * Glance.WIDTH + x];
                float here = now[(y + dy) * Glance.WIDTH + x + dx];
                a += then;
                b += here;
                aa += then * then;
                bb += here * here;
                ab += then * here;
                count++;
            }
        }
        double spread = (aa - a * a / count) * (bb - b * b / count);
        return spread > 0 && (ab - a * b / count) / Math.sqrt(spread) >= CORRELATES;
    }

    /** Gradient magnitudes, softened. */
    private static float[] edges(float[] luminances) {
        float[] found = new float[luminances.length];
        int width = Glance.WIDTH;
        for (int y = 1; y < Glance.HEIGHT - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                float across = luminances[i + 1] - luminances[i - 1];
                float down = luminances[i + width] - luminances[i - width];
                found[i] = (float) Math.sqrt(across * across + down * down);
            }
        }
        return soft(soft(found, 1, width, Glance.HEIGHT, width), width, Glance.HEIGHT, width, 1);
    }

    /** Mean over {@code 2 * SOFT + 1} pixels along lines; ends count as often as they are near. */
    private static float[] soft(float[] values, int step, int length, int lines, int lineStep) {
        float[] softened = new float[values.length];
        for (int line = 0; line < lines; line++) {
            int start = line * lineStep;
            for (int i = 0; i < length; i++) {
                float sum = 0;
                for (int d = -SOFT; d <= SOFT; d++) {
                    sum += values[start + Math.clamp(i + d, 0, length - 1) * step];
                }
                softened[start + i * step] = sum / (2 * SOFT + 1);
            }
        }
        return softened;
    }

    private static double[] energy(float[] edges) {
        double[] sums = new double[COLUMNS * ROWS];
        for (int y = 0; y < Glance.HEIGHT; y++) {
            for (int x = 0; x < Glance.WIDTH; x++) {
                sums[y / BLOCK * COLUMNS + x / BLOCK] += edges[y * Glance.WIDTH + x];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= BLOCK * BLOCK;
        }
        return sums;
    }

    private static double[] thumbnail(float[] luminances) {
        int columns = Glance.WIDTH / THUMB;
        double[] sums = new double[columns * (Glance.HEIGHT / THUMB)];
        for (int y = 0; y < Glance.HEIGHT; y++) {
            for (int x = 0; x < Glance.WIDTH; x++) {
                sums[y / THUMB * columns + x / THUMB] += luminances[y * Glance.WIDTH + x];
            }
        }
        return sums;
    }

    private static double correlation(double[] one, double[] other) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < one.length; i++) {
            a += one[i];
            b += other[i];
        }
        a /= one.length;
        b /= one.length;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < one.length; i++) {
            aa += (one[i] - a) * (one[i] - a);
            bb += (other[i] - b) * (other[i] - b);
            ab += (one[i] - a) * (other[i] - b);
        }
        return aa <= 0 || bb <= 0 ? 0 : ab / Math.sqrt(aa * bb);
    }
}
