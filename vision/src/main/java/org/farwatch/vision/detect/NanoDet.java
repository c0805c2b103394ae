package org.farwatch.vision.detect;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.farwatch.vision.shape.Box;

/**
 * NanoDet on ONNX Runtime: a one-stage detector whose head gives, for each cell of three grids, eighty class scores and the
 * distribution of the distances to the four sides of the box over the bins 0 to 10, in steps of the grid.
 *
 * <p>Computes on the calling thread alone. Owned by one platform thread.
 *
 * @see <a href="https://arxiv.org/abs/2006.04388">Generalized Focal Loss</a>, the head
 */
public final class NanoDet implements AutoCloseable {
    private static final String WEIGHTS = "/org/farwatch/vision/model/nanodet.onnx";
    private static final int SIDE = 416;
    private static final int[] STEPS = {8, 16, 32};
    private static final int BINS = 11;
    private static final double SAME_THING = 0.6;

    private static final float[] MEAN = {103.53f, 116.28f, 123.675f};
    private static final float[] DEVIATION = {57.375f, 57.12f, 58.395f};

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final byte[] pixels = new byte[3 * SIDE * SIDE];
    private final FloatBuffer planes = ByteBuffer.allocateDirect(4 * 3 * SIDE * SIDE)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    private final Mat square = new Mat();
    private final Size size = new Size(SIDE, SIDE);

    /** With the weights that the module ships. */
    public NanoDet() {
        try (InputStream weights = NanoDet.class.getResourceAsStream(WEIGHTS);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (weights == null) {
                throw new IllegalStateException(WEIGHTS + " is not on the class path");
            }
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            session = environment.createSession(weights.readAllBytes(), options);
            input = session.getInputNames().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("the weights do not load: " + e.getMessage(), e);
        }
    }

    /** What a picture shows, the surest first; each thing once. */
    public List<Detection> detect(Mat bgr, double leastScore) {
        List<FloatBuffer> outputs = outputs(bgr);
        List<Detection> found = new ArrayList<>();
        for (int scale = 0; scale < STEPS.length; scale++) {
            read(outputs.get(scale), outputs.get(STEPS.length + scale), STEPS[scale], leastScore, found);
        }
        return once(found);
    }

    /** What the network gives: the class scores on three grids, then the distributions of the sides. */
    List<FloatBuffer> outputs(Mat bgr) {
        fill(bgr);
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, planes, new long[] {1, 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            List<FloatBuffer> outputs = new ArrayList<>();
            for (int i = 0; i < 2 * STEPS.length; i++) {
                // The buffer is a copy and outlives the result.
                outputs.add(((OnnxTensor) result.get(i)).getFloatBuffer());
            }
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException("the network does not run: " + e.getMessage(), e);
        }
    }

    private void fill(Mat bgr) {
        resize(bgr, square, size, 0, 0, bgr.cols() > SIDE ? INTER_AREA : INTER_LINEAR);
        square.data().get(pixels);
        int area = SIDE * SIDE;
        for (int channel = 0; channel < 3; channel++) {
            float mean = MEAN[channel];
            float scale = 1 / DEVIATION[channel];
            for (int i = 0; i < area; i++) {
                planes.put(channel * area + i, ((pixels[3 * i + channel] & 0xFF) - mean) * scale);
            }
        }
    }

    private static void read(FloatBuffer scores, FloatBuffer sides, int step, double least, List<Detection> found) {
        int cells = SIDE / step;
        CocoClass[] kinds = CocoClass.values();
        for (int cell = 0; cell < cells * cells; cell++) {
            int best = 0;
            float score = 0;
            for (int kind = 0; kind < kinds.length; kind++) {
                float candidate = scores.get(cell * kinds.length + kind);
                if (candidate > score) {
                    score = candidate;
                    best = kind;
                }
            }
            if (score >= least) {
                double x = (cell % cells + 0.5) * step;
                int row = cell / cells;
                double y = (row + 0.5) * step;
                double[] reach = new double[4];
                for (int side = 0; side < 4; side++) {
                    reach[side] = step * mean(sides, (cell * 4 + side) * BINS);
                }
                Box box = Box.between(
                        (x - reach[0]) / SIDE, (y - reach[1]) / SIDE, (x + reach[2]) / SIDE, (y + reach[3]) / SIDE);
                found.add(new Detection(kinds[best], score, box));
            }
        }
    }

    /** The mean bin of a distribution given as logarithms. */
    private static double mean(FloatBuffer logits, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int bin = 0; bin < BINS; bin++) {
            largest = Math.max(largest, logits.get(from + bin));
        }
        double sum = 0;
        double weighted = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double share = Math.exp(logits.get(from + bin) - largest);
            sum += share;
            weighted += share * bin;
        }
        return weighted / sum;
    }

    /** Drops what overlaps a surer detection of its class. */
    private static List<Detection> once(List<Detection> found) {
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection candidate : found) {
            if (kept.stream()
                    .noneMatch(other ->
                            other.kind() == candidate.kind() && other.box().overlap(candidate.box()) > SAME_THING)) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session does not close: " + e.getMessage(), e);
        } finally {
            square.close();
            size.close();
        }
    }
}
