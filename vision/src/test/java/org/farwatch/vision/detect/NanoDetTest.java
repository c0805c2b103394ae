package org.farwatch.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.Shared;
import org.farwatch.vision.evaluation.Clip;
import org.farwatch.vision.shape.Box;
import org.junit.jupiter.api.Test;

class NanoDetTest {
    /** Where in each output the numbers below were taken, as a share of its length less one. */
    private static final double[] PLACES = {0.1, 0.37, 0.5, 0.73, 0.99};

    /** Computed for the same input by the network as TensorFlow.js describes it, convolved by hand in NumPy without ONNX. */
    private static final double[][] EXPECTED = {
        {0.00137548, 0.00144225, 0.00537785, 0.00194091, 0.00405705},
        {0.0153331, 0.00452854, 0.0191642, 0.00971131, 0.00413204},
        {0.0166672, 0.0413287, 0.0498189, 0.0238905, 0.00768676},
        {0.96296, -1.56967, 0.281551, -0.177974, -1.85978},
        {0.731946, 1.17784, 0.976097, 0.0854686, -0.378118},
        {0.0095473, -0.881693, -2.1119, 1.70564, 1.18322}
    };

    @Test
    void theConvertedNetworkComputesWhatTheOriginalDoes() {
        try (NanoDet detector = new NanoDet();
                Mat picture = pattern()) {
            List<FloatBuffer> outputs = detector.outputs(picture);
            for (int i = 0; i < EXPECTED.length; i++) {
                FloatBuffer output = outputs.get(i);
                for (int k = 0; k < PLACES.length; k++) {
                    float value = output.get((int) (PLACES[k] * (output.limit() - 1)));
                    assertThat((double) value).as("output %d", i).isEqualTo(EXPECTED[i][k], within(2e-4));
                }
            }
        }
    }

    @Test
    void nothingIsSeenInAnEvenPicture() {
        try (NanoDet detector = new NanoDet();
                Mat grey = new Mat(360, 640, CV_8UC3, new org.bytedeco.opencv.opencv_core.Scalar(90, 90, 90, 0))) {
            assertThat(detector.detect(grey, 0.35)).isEmpty();
        }
    }

    @Test
    void findsPeopleOnAStreet() throws IOException {
        Map<Integer, List<Box>> truth = new TreeMap<>();
        for (String line : Files.readAllLines(Shared.data("footage/vtest_people_10_frames.txt"))) {
            double[] v = java.util.Arrays.stream(line.split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            truth.computeIfAbsent((int) v[0], _ -> new ArrayList<>())
                    .add(new Box(v[2] / 768, v[3] / 576, v[4] / 768, v[5] / 576));
        }
        List<Match> matches = new ArrayList<>();
        int[] number = {0};
        long[] nanos = {0};
        try (NanoDet detector = new NanoDet()) {
            Clip.play(Shared.vtest(), picture -> {
                // The annotation counts from 1.
                List<Box> people = truth.get(++number[0]);
                if (people != null) {
                    long before = System.nanoTime();
                    List<Detection> found = detector.detect(picture.bgr(), 0.02);
                    nanos[0] += System.nanoTime() - before;
                    matches.addAll(match(found, people));
                }
                picture.close();
            });
        }
        int people = truth.values().stream().mapToInt(List::size).sum();
        double precision = averagePrecision(matches, people);
        System.out.printf(
                Locale.ROOT,
                "vtest.avi, %d people in %d pictures: AP at IoU 0.5 = %.3f, %.0f ms a picture on one thread%n",
                people,
                truth.size(),
                precision,
                nanos[0] / 1e6 / truth.size());
        assertThat(people).isEqualTo(79);
        assertThat(precision).isGreaterThan(0.8);
    }

    private record Match(double score, boolean right) {}

    private static List<Match> match(List<Detection> found, List<Box> people) {
        List<Box> open = new ArrayList<>(people);
        List<Match> matches = new ArrayList<>();
        for (Detection detection : found) {
            if (detection.kind() == CocoClass.PERSON) {
                Box best = open.stream()
                        .max(Comparator.comparingDouble(box -> box.overlap(detection.box())))
                        .filter(box -> box.overlap(detection.box()) >= 0.5)
                        .orElse(null);
                open.remove(best);
                matches.add(new Match(detection.score(), best != null));
            }
        }
        return matches;
    }

    /** Area under precision over recall, precision made falling, all points. */
    private static double averagePrecision(List<Match> matches, int positives) {
        matches.sort(Comparator.comparingDouble(Match::score).reversed());
        double[] precision = new double[matches.size()];
        double[] recall = new double[matches.size()];
        int right = 0;
        for (int i = 0; i < matches.size(); i++) {
            right += matches.get(i).right() ? 1 : 0;
            precision[i] = (double) right / (i + 1);
            recall[i] = (double) right / positives;
        }
        double area = 0;
        for (int i = matches.size() - 1; i >= 0; i--) {
            if (i + 1 < matches.size()) {
                precision[i] = Math.max(precision[i], precision[i + 1]);
            }
            area += precision[i] * (recall[i] - (i == 0 ? 0 : recall[i - 1]));
        }
        return area;
    }

    private static Mat pattern() {
        byte[] pixels = new byte[416 * 416 * 3];
        for (int y = 0; y < 416; y++) {
            for (int x = 0; x < 416; x++) {
                int i = 3 * (y * 416 + x);
                boolean disc = (x - 208) * (x - 208) + (y - 208) * (y - 208) < 100 * 100;
                pixels[i] = (byte) (x * 3 + y);
                pixels[i + 1] = (byte) (x + y * 2);
                pixels[i + 2] = (byte) (disc ? 230 : 60);
            }
        }
        Mat picture = new Mat(416, 416, CV_8UC3);
        picture.data().put(pixels);
        return picture;
    }
}
