package org.farwatch.vision.health;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * What one picture tells by itself. Costs about as much as making it small.
 *
 * @param grey {@value #WIDTH} x {@value #HEIGHT} luminances, row after row, whatever the picture's form; not to be changed
 * @param brightness mean, 0 to 255
 * @param bright brightness that 97 % of the pixels do not exceed, so that a written time does not count
 * @param spread from the brightness that 3 % do not exceed to {@code bright}
 * @param colour mean distance of the strongest from the weakest colour, 0 to 255
 * @param sharpness variance of the Laplacian by variance of the luminance, at most {@value #SHARP_WIDTH} pixels wide: what
 *     contrast and light do to both cancels out
 */
public record Glance(byte[] grey, double brightness, double bright, double spread, double colour, double sharpness) {
    public static final int WIDTH = 320;
    public static final int HEIGHT = 180;

    private static final int SHARP_WIDTH = 640;
    private static final int COLOUR_WIDTH = 64;
    private static final int COLOUR_HEIGHT = 36;
    private static final double TAIL = 0.03;

    /** @param bgr rows of blue, green, red bytes; only read */
    public static Glance of(Mat bgr) {
        try (Mat full = new Mat();
                Mat middle = new Mat();
                Mat small = new Mat();
                Mat coloured = new Mat();
                Size middleSize = new Size(SHARP_WIDTH, Math.max(3, SHARP_WIDTH * bgr.rows() / bgr.cols()));
                Size smallSize = new Size(WIDTH, HEIGHT);
                Size colourSize = new Size(COLOUR_WIDTH, COLOUR_HEIGHT)) {
            cvtColor(bgr, full, COLOR_BGR2GRAY);
            boolean large = full.cols() > SHARP_WIDTH;
            if (large) {
                resize(full, middle, middleSize, 0, 0, INTER_AREA);
            }
            Mat sharp = large ? middle : full;
            resize(sharp, small, smallSize, 0, 0, INTER_AREA);
            resize(bgr, coloured, colourSize, 0, 0, INTER_AREA);
            byte[] grey = bytes(small, 1);
            int[] histogram = new int[256];
            long sum = 0;
            for (byte pixel : grey) {
                histogram[pixel & 0xFF]++;
                sum += pixel & 0xFF;
            }
            int dark = quantile(histogram, grey.length, TAIL);
            int bright = quantile(histogram, grey.length, 1 - TAIL);
            return new Glance(
                    grey,
                    (double) sum / grey.length,
                    bright,
                    bright - dark,
                    colour(bytes(coloured, 3)),
                    sharpness(bytes(sharp, 1), sharp.cols()));
        }
    }

    private static byte[] bytes(Mat mat, int channels) {
        byte[] bytes = new byte[mat.rows() * mat.cols() * channels];
        if (mat.isContinuous()) {
            mat.data().get(bytes);
            return bytes;
        }
        try (Mat whole = mat.clone()) {
            whole.data().get(bytes);
        }
        return bytes;
    }

    private static int quantile(int[] histogram, int pixels, double share) {
        long below = 0;
        for (int value = 0; value < histogram.length; value++) {
            below += histogram[value];
            if (below >= share * pixels) {
                return value;
            }
        }
        return histogram.length - 1;
    }

    private static double colour(byte[] bgr) {
        long sum = 0;
        for (int i = 0; i < bgr.length; i += 3) {
            int blue = bgr[i] & 0xFF;
            int green = bgr[i + 1] & 0xFF;
            int red = bgr[i + 2] & 0xFF;
            sum += Math.max(blue, Math.max(green, red)) - Math.min(blue, Math.min(green, red));
        }
        return 3.0 * sum / bgr.length;
    }

    private static double sharpness(byte[] pixels, int width) {
        int height = pixels.length / width;
        long count = 0;
        double sum = 0;
        double squares = 0;
        double laplacians = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                int middle = pixels[i] & 0xFF;
                int laplacian = 4 * middle
                        - (pixels[i - 1] & 0xFF)
                        - (pixels[i + 1] & 0xFF)
                        - (pixels[i - width] & 0xFF)
                        - (pixels[i + width] & 0xFF);
                sum += middle;
                squares += (double) middle * middle;
                laplacians += (double) laplacian * laplacian;
                count++;
            }
        }
        double variance = squares / count - sum / count * (sum / count);
        return laplacians / count / Math.max(1, variance);
    }
}
