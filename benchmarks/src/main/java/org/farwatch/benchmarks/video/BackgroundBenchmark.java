package org.farwatch.benchmarks.video;

import static org.bytedeco.opencv.global.opencv_core.getNumThreads;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_video.createBackgroundSubtractorMOG2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.BackgroundSubtractorMOG2;
import org.farwatch.vision.background.Grey;
import org.farwatch.vision.background.StaticObjects;

/**
 * The background stage on pictures 640 pixels wide, five a second of the scene's time: {@link StaticObjects#take} of a
 * grey picture, in processor time of the one thread that it uses, beside OpenCV's MOG2 on the same picture on one thread,
 * which only tells what moves. In turns, on a drawn scene with walkers and a thing that is put down.
 */
public final class BackgroundBenchmark {
    private static final int HEIGHT = 360;
    private static final int CENTIS = 20;
    private static final int WARM_UP = 150;

    private BackgroundBenchmark() {}

    /**
     * Milliseconds of processor time a picture.
     *
     * @param objects that stand there at the end by {@code StaticObjects}; the scene has one
     * @param ratio median of the rounds' {@code take / mog2}
     */
    public record Result(Spread take, Spread mog2, int objects, double ratio) {}

    public static Result run(int pictures) {
        int threads = getNumThreads();
        setNumThreads(1);
        Scene scene = new Scene(Grey.WIDTH, HEIGHT);
        boolean[] watched = new boolean[Grey.WIDTH * HEIGHT];
        Arrays.fill(watched, true);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (StaticObjects stage = new StaticObjects(Grey.WIDTH, HEIGHT, watched);
                Grey grey = new Grey();
                BackgroundSubtractorMOG2 mog2 = createBackgroundSubtractorMOG2();
                Mat foreground = new Mat()) {
            for (int number = 0; number < WARM_UP + pictures; number++) {
                int centis = number * CENTIS;
                try (Mat picture = scene.picture(number)) {
                    Mat small = grey.of(picture);
                    double take = ThreadTime.of(() -> stage.take(small, centis));
                    double apply = ThreadTime.of(() -> mog2.apply(small, foreground));
                    if (number >= WARM_UP) {
                        ours.add(take);
                        theirs.add(apply);
                        ratios.add(take / apply);
                    }
                }
            }
            Result result = new Result(
                    Spread.of(ours),
                    Spread.of(theirs),
                    stage.objects().size(),
                    Spread.of(ratios).median());
            System.out.printf(
                    "background: %.1f ms a picture, MOG2 %.1f, ratio %.2f, %d objects%n",
                    result.take().median(), result.mog2().median(), result.ratio(), result.objects());
            return result;
        } finally {
            setNumThreads(threads);
        }
    }
}
