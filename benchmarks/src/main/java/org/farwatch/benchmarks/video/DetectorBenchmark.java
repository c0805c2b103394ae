package org.farwatch.benchmarks.video;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.getNumThreads;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_dnn.blobFromImage;
import static org.bytedeco.opencv.global.opencv_dnn.readNetFromONNX;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;
import org.farwatch.vision.detect.NanoDet;

/**
 * {@link NanoDet#detect} on a 1280x720 picture, in processor time of the one thread that it uses, beside the bare network
 * in ONNX Runtime with nothing before and behind it, the same network in OpenCV's DNN on one thread, and multiplying
 * matrices with OpenBLAS on one thread, which says how much this core can multiply at all. In turns.
 */
public final class DetectorBenchmark {
    private static final String WEIGHTS = "/org/farwatch/vision/model/nanodet.onnx";
    private static final int SIDE = 416;
    private static final int WARM_UP = 5;
    /** Of the network's convolutions at 416x416, multiplications and additions. */
    private static final double NETWORK_FLOP = 2 * 2.0919e9;

    private static final int MATRIX = 768;

    private DetectorBenchmark() {}

    /**
     * Milliseconds of processor time; the ratios are medians of the rounds'.
     *
     * @param toBareOrt {@code detect / bareOrt}
     * @param toOpenCv {@code detect / openCv}
     * @param sgemmGflops what OpenBLAS does in a second
     * @param networkGflops what the bare network does in a second
     */
    public record Result(
            Spread detect,
            Spread bareOrt,
            Spread openCv,
            double toBareOrt,
            double toOpenCv,
            double sgemmGflops,
            double networkGflops) {}

    public static Result run(int rounds) throws IOException {
        oneThreadForOpenBlas();
        int threads = getNumThreads();
        setNumThreads(1);
        Scene scene = new Scene(1280, 720);
        try (NanoDet detector = new NanoDet();
                Ort ort = new Ort();
                OpenCv openCv = new OpenCv(scene)) {
            float[] a = new float[MATRIX * MATRIX];
            float[] c = new float[MATRIX * MATRIX];
            Arrays.fill(a, 1e-3f);
            List<Double> detect = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            List<Double> opencv = new ArrayList<>();
            List<Double> sgemm = new ArrayList<>();
            List<Double> toBare = new ArrayList<>();
            List<Double> toOpenCv = new ArrayList<>();
            for (int round = -WARM_UP; round < rounds; round++) {
                double ours;
                try (Mat picture = scene.picture(round + WARM_UP)) {
                    ours = ThreadTime.of(() -> detector.detect(picture, 0.35));
                }
                double ofOrt = ThreadTime.of(ort::run);
                double ofOpenCv = ThreadTime.of(openCv::run);
                double ofSgemm = ThreadTime.of(() -> multiply(a, c));
                if (round >= 0) {
                    detect.add(ours);
                    bare.add(ofOrt);
                    opencv.add(ofOpenCv);
                    sgemm.add(ofSgemm);
                    toBare.add(ours / ofOrt);
                    toOpenCv.add(ours / ofOpenCv);
                }
            }
            Result result = new Result(
                    Spread.of(detect),
                    Spread.of(bare),
                    Spread.of(opencv),
                    Spread.of(toBare).median(),
                    Spread.of(toOpenCv).median(),
                    2.0 * MATRIX * MATRIX * MATRIX / Spread.of(sgemm).median() / 1e6,
                    NETWORK_FLOP / Spread.of(bare).median() / 1e6);
            System.out.printf(
                    "detector: %.1f ms, bare ONNX Runtime %.1f, OpenCV %.1f; network %.0f GFLOP/s, sgemm %.0f%n",
                    result.detect().median(),
                    result.bareOrt().median(),
                    result.openCv().median(),
                    result.networkGflops(),
                    result.sgemmGflops());
            return result;
        } finally {
            setNumThreads(threads);
        }
    }

    /** JavaCPP's binding leaves this function out. */
    @SuppressWarnings("restricted")
    private static void oneThreadForOpenBlas() {
        Loader.load(openblas_nolapack.class);
        MemorySegment function = MemorySegment.ofAddress(
                Loader.addressof("openblas_set_num_threads").address());
        try {
            Linker.nativeLinker()
                    .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(1);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS takes no number of threads", e);
        }
    }

    private static void multiply(float[] a, float[] c) {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                openblas_nolapack.CblasNoTrans,
                openblas_nolapack.CblasNoTrans,
                MATRIX,
                MATRIX,
                MATRIX,
                1,
                a,
                MATRIX,
                a,
                MATRIX,
                0,
                c,
                MATRIX);
    }

    private static byte[] weights() throws IOException {
        try (InputStream in = NanoDet.class.getResourceAsStream(WEIGHTS)) {
            return in.readAllBytes();
        }
    }

    /** The bare network: an input that stands ready, outputs that nobody reads. */
    private static final class Ort implements AutoCloseable {
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final OnnxTensor input;

        Ort() throws IOException {
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = environment.createSession(weights(), options);
                FloatBuffer planes = ByteBuffer.allocateDirect(4 * 3 * SIDE * SIDE)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                for (int i = 0; i < planes.capacity(); i++) {
                    planes.put(i, i % 255 / 57f - 2);
                }
                input = OnnxTensor.createTensor(environment, planes, new long[] {1, 3, SIDE, SIDE});
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        void run() {
            try (OrtSession.Result result =
                    session.run(Map.of(session.getInputNames().iterator().next(), input))) {
                if (result.size() == 0) {
                    throw new IllegalStateException("the network gave nothing");
                }
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            input.close();
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The same in OpenCV. */
    private static final class OpenCv implements AutoCloseable {
        private final Net net;
        private final Mat blob;
        private final StringVector names;

        OpenCv(Scene scene) throws IOException {
            byte[] weights = weights();
            try (BytePointer model = new BytePointer(weights)) {
                net = readNetFromONNX(model, weights.length);
            }
            names = net.getUnconnectedOutLayersNames();
            try (Mat picture = scene.picture(0);
                    Size size = new Size(SIDE, SIDE);
                    Scalar mean = new Scalar(103.53, 116.28, 123.675, 0)) {
                blob = blobFromImage(picture, 1 / 57.0, size, mean, false, false, CV_32F);
            }
        }

        void run() {
            try (MatVector outputs = new MatVector()) {
                net.setInput(blob);
                net.forward(outputs, names);
            }
        }

        @Override
        public void close() {
            names.close();
            blob.close();
            net.close();
        }
    }
}
