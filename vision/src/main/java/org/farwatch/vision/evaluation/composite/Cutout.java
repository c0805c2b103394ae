package org.farwatch.vision.evaluation.composite;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/**
 * A thing cut out of its surroundings.
 *
 * @param width in pixels
 * @param height in pixels
 * @param argb row after row, as {@link BufferedImage#TYPE_INT_ARGB}
 */
record Cutout(int width, int height, int[] argb) {
    private static final int DRAWN_HEIGHT = 200;
    private static final int SOLID = 128;

    /** Drawn large with a pen of 200 units to the height, then made small, so that small things have soft edges as well. */
    static Cutout drawn(int width, int height, Consumer<Graphics2D> drawing) {
        int largeWidth = Math.max(1, DRAWN_HEIGHT * width / height);
        BufferedImage large = new BufferedImage(largeWidth, DRAWN_HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = large.createGraphics();
        drawing.accept(pen);
        pen.dispose();
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D shrinking = small.createGraphics();
        shrinking.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int steps = Math.max(1, DRAWN_HEIGHT / height / 2);
        BufferedImage from = large;
        if (steps > 1) {
            // Bilinear reads four pixels; half steps leave none out.
            from = half(large, Math.max(width, largeWidth / steps), Math.max(height, DRAWN_HEIGHT / steps));
        }
        shrinking.drawImage(from, 0, 0, width, height, null);
        shrinking.dispose();
        return new Cutout(width, height, small.getRGB(0, 0, width, height, null, 0, width));
    }

    private static BufferedImage half(BufferedImage from, int leastWidth, int leastHeight) {
        BufferedImage now = from;
        while (now.getWidth() / 2 >= leastWidth && now.getHeight() / 2 >= leastHeight) {
            BufferedImage next =
                    new BufferedImage(now.getWidth() / 2, now.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
            Graphics2D pen = next.createGraphics();
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(now, 0, 0, next.getWidth(), next.getHeight(), null);
            pen.dispose();
            now = next;
        }
        return now;
    }

    boolean solid(int i) {
        return argb[i] >>> 24 >= SOLID;
    }

    /** Mean luminance of what is solid, 0 to 255. */
    double luminance() {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < argb.length; i++) {
            if (solid(i)) {
                sum += luminance(argb[i]);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    static double luminance(int rgb) {
        return 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
    }

    /** The same, brighter by so much; a few rounds, as values end at 0 and 255. */
    Cutout withLuminance(double wanted) {
        Cutout now = this;
        for (int round = 0; round < 4; round++) {
            int by = (int) Math.round(wanted - now.luminance());
            int[] changed = new int[argb.length];
            for (int i = 0; i < argb.length; i++) {
                int pixel = now.argb[i];
                changed[i] = pixel & 0xFF000000
                        | Math.clamp((pixel >> 16 & 0xFF) + by, 0, 255) << 16
                        | Math.clamp((pixel >> 8 & 0xFF) + by, 0, 255) << 8
                        | Math.clamp((pixel & 0xFF) + by, 0, 255);
            }
            now = new Cutout(width, height, changed);
        }
        return now;
    }
}
