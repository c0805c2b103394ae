package org.farwatch.vision.background;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.getOptimalDFTSize;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.createHanningWindow;
import static org.bytedeco.opencv.global.opencv_imgproc.phaseCorrelate;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2d;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Undoes the shaking and slow turning of a camera: finds by phase correlation how far a picture is shifted against the background
 * and shifts it back. Changes of light do not disturb phase correlation. A large thing on its way through the picture can; a
 * doubtful peak therefore has to bring more pixels into agreement than the last shift and than none.
 *
 * <p>Works at about half size, where the peak is still found to within half a pixel. Owned by one thread.
 *
 * @see <a href="https://doi.org/10.1109/83.988953">Foroosh, Zerubia, Berthod: Extension of phase correlation to subpixel
 *     registration</a>
 */
final class Alignment implements AutoCloseable {
    private static final double LARGEST_SHIFT = 16;
    private static final double LEAST_SHIFT = 0.4;
    private static final double SURE_RESPONSE = 0.3;
    private static final float AGREEING = 6;
    private static final int STRIDE = 3;

    private final Size half;
    private final double scaleX;
    private final double scaleY;
    private final Mat window = new Mat();
    private final Mat reference = new Mat();
    private final Mat halved = new Mat();
    private final Mat real = new Mat();
    private final Mat shifted = new Mat();
    private final Mat move = new Mat(2, 3, CV_64F);
    private final float[] before;
    private final float[] now;
    private boolean referred;
    private Shift shift = Shift.NONE;

    /** How far a picture lies to the right and below of the background, in pixels. */
    record Shift(double x, double y) {
        static final Shift NONE = new Shift(0, 0);

        double length() {
            return Math.hypot(x, y);
        }
    }

    Alignment(int width, int height) {
        half = new Size(transformable(width / 2), transformable(height / 2));
        scaleX = (double) width / half.width();
        scaleY = (double) height / half.height();
        before = new float[half.width() * half.height()];
        now = new float[before.length];
        createHanningWindow(window, half, CV_32F);
    }

    /**
     * The largest even size up to {@code most} that is transformed without padding: padded to an odd size, phaseCorrelate's peak
     * lies half a pixel off.
     */
    private static int transformable(int most) {
        int size = most & ~1;
        while (getOptimalDFTSize(size) != size) {
            size -= 2;
        }
        return size;
    }

    /** Takes over what later pictures are compared with: the background, one float a pixel. */
    void refer(Mat background) {
        resize(background, reference, half, 0, 0, INTER_AREA);
        try (FloatPointer floats = new FloatPointer(reference.data())) {
            floats.get(before);
        }
        referred = true;
    }

    /** The shift of the last picture that was aligned. */
    Shift shift() {
        return shift;
    }

    /** A new scene: shifts found so far mean nothing. */
    void restart() {
        shift = Shift.NONE;
    }

    /** The picture shifted onto the background, or the picture itself when it lies there; valid until the next call. */
    Mat aligned(Mat grey) {
        if (!referred) {
            return grey;
        }
        shift = find(grey);
        if (shift.length() < LEAST_SHIFT) {
            shift = Shift.NONE;
            return grey;
        }
        try (DoublePointer matrix = new DoublePointer(move.data())) {
            matrix.put(1, 0, -shift.x(), 0, 1, -shift.y());
        }
        try (Size size = grey.size();
                Scalar none = new Scalar(0)) {
            warpAffine(grey, shifted, move, size, INTER_LINEAR, BORDER_REPLICATE, none);
        }
        return shifted;
    }

    private Shift find(Mat grey) {
        resize(grey, halved, half, 0, 0, INTER_AREA);
        halved.convertTo(real, CV_32F);
        Shift found;
        double response;
        try (DoublePointer peak = new DoublePointer(1);
                Point2d at = phaseCorrelate(reference, real, window, peak)) {
            response = peak.get();
            found = new Shift(scaleX * at.x(), scaleY * at.y());
        }
        boolean possible = found.length() <= LARGEST_SHIFT;
        if (possible && response >= SURE_RESPONSE) {
            return found;
        }
        try (FloatPointer floats = new FloatPointer(real.data())) {
            floats.get(now);
        }
        Shift best = agreement(shift) >= agreement(Shift.NONE) ? shift : Shift.NONE;
        return possible && agreement(found) > agreement(best) ? found : best;
    }

    /** How many sampled pixels agree with the background under a shift, brightness evened out. */
    private int agreement(Shift assumed) {
        int width = half.width();
        int height = half.height();
        int dx = (int) Math.round(assumed.x() / scaleX);
        int dy = (int) Math.round(assumed.y() / scaleY);
        double sumBefore = 1;
        double sumNow = 1;
        for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y += STRIDE) {
            for (int x = Math.max(0, -dx); x < Math.min(width, width - dx); x += STRIDE) {
                sumBefore += before[y * width + x];
                sumNow += now[(y + dy) * width + x + dx];
            }
        }
        float scale = (float) (sumBefore / sumNow);
        int agreeing = 0;
        for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y += STRIDE) {
            for (int x = Math.max(0, -dx); x < Math.min(width, width - dx); x += STRIDE) {
                if (Math.abs(before[y * width + x] - scale * now[(y + dy) * width + x + dx]) < AGREEING) {
                    agreeing++;
                }
            }
        }
        return agreeing;
    }

    @Override
    public void close() {
        half.close();
        window.close();
        reference.close();
        halved.close();
        real.close();
        shifted.close();
        move.close();
    }
}
