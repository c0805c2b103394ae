package org.farwatch.vision.evaluation.composite;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.goodFeaturesToTrack;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;
import static org.bytedeco.opencv.global.opencv_video.calcOpticalFlowPyrLK;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Holds a clip still whose camera moved a little, as things drawn before it would otherwise slide over the ground: follows specks
 * of the first picture into each other one and takes the middle of their ways. Owned by one thread.
 */
final class Tripod implements AutoCloseable {
    private static final int SPECKS = 400;
    private static final double LEAST_SHIFT = 0.3;
    private static final double LARGEST_SHIFT = 16;
    private static final int FEWEST = 20;

    private final Mat grey = new Mat();
    private final Mat first = new Mat();
    private final Mat specks = new Mat();
    private final Mat steady = new Mat();
    private final Mat move = new Mat(2, 3, CV_64F);
    private double x;
    private double y;

    /** The picture as the camera would have shown it from its first place; valid until the next call. */
    Mat steadied(Mat picture) {
        cvtColor(picture, grey, COLOR_BGR2GRAY);
        if (first.empty()) {
            grey.copyTo(first);
            goodFeaturesToTrack(first, specks, SPECKS, 0.01, 8);
            return picture;
        }
        float[] from = new float[2 * specks.rows()];
        float[] to = new float[from.length];
        byte[] known = new byte[specks.rows()];
        try (Mat found = new Mat();
                Mat status = new Mat();
                Mat error = new Mat();
                FloatPointer specksAt = new FloatPointer(specks.data())) {
            calcOpticalFlowPyrLK(first, grey, specks, found, status, error);
            specksAt.get(from);
            try (FloatPointer foundAt = new FloatPointer(found.data())) {
                foundAt.get(to);
            }
            status.data().get(known);
        }
        follow(from, to, known);
        if (Math.hypot(x, y) < LEAST_SHIFT) {
            return picture;
        }
        try (DoublePointer matrix = new DoublePointer(move.data())) {
            matrix.put(1, 0, -x, 0, 1, -y);
        }
        try (Size size = picture.size();
                Scalar none = new Scalar(0)) {
            warpAffine(picture, steady, move, size, INTER_LINEAR, BORDER_REPLICATE, none);
        }
        return steady;
    }

    /** Takes the middle of the ways if enough specks went it; a picture that shows too few leaves the camera where it was. */
    private void follow(float[] from, float[] to, byte[] known) {
        int[] plausible = IntStream.range(0, known.length)
                .filter(i -> known[i] != 0
                        && Math.hypot(to[2 * i] - from[2 * i], to[2 * i + 1] - from[2 * i + 1]) < LARGEST_SHIFT)
                .toArray();
        if (plausible.length < FEWEST) {
            return;
        }
        double across = middle(plausible, from, to, 0);
        double down = middle(plausible, from, to, 1);
        long agreeing = Arrays.stream(plausible)
                .filter(i -> Math.hypot(to[2 * i] - from[2 * i] - across, to[2 * i + 1] - from[2 * i + 1] - down) < 1)
                .count();
        if (agreeing >= Math.max(FEWEST, plausible.length / 3)) {
            x = across;
            y = down;
        }
    }

    private static double middle(int[] of, float[] from, float[] to, int axis) {
        double[] ways = Arrays.stream(of)
                .mapToDouble(i -> to[2 * i + axis] - from[2 * i + axis])
                .sorted()
                .toArray();
        return ways[ways.length / 2];
    }

    @Override
    public void close() {
        grey.close();
        first.close();
        specks.close();
        steady.close();
        move.close();
    }
}
