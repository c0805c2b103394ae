package org.farwatch.vision.health;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.CV_16SC3;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.add;
import static org.bytedeco.opencv.global.opencv_core.randn;
import static org.bytedeco.opencv.global.opencv_core.setRNGSeed;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.farwatch.vision.evaluation.Clip;

/** Pictures of footage as a camera's looks would take them, and what may happen to a camera, done to them. */
final class Shots implements AutoCloseable {
    private final List<Mat> pictures = new ArrayList<>();
    private final List<Glance> glances = new ArrayList<>();

    /** Every so many pictures of a clip. */
    static Shots of(Path clip, int every) throws IOException {
        Shots shots = new Shots();
        int[] count = {0};
        Clip.play(clip, picture -> {
            try (picture) {
                if (count[0]++ % every == 0) {
                    shots.pictures.add(picture.bgr().clone());
                }
            }
        });
        return shots;
    }

    int size() {
        return pictures.size();
    }

    /** Begins again behind the last one. */
    Mat at(int index) {
        return pictures.get(index % pictures.size());
    }

    /** Of the picture as it is: made once, since a watch never changes one. */
    Glance glance(int index) {
        while (glances.size() < pictures.size()) {
            glances.add(null);
        }
        int at = index % pictures.size();
        if (glances.get(at) == null) {
            glances.set(at, Glance.of(pictures.get(at)));
        }
        return glances.get(at);
    }

    @Override
    public void close() {
        pictures.forEach(Mat::close);
    }

    /** Makes another picture of one; told also which look it is. The given one stays as it is. */
    interface Damage extends BiFunction<Mat, Integer, Mat> {
        Damage NONE = (picture, _) -> picture.clone();
    }

    static Damage blurred(double sigma) {
        return (picture, _) -> {
            Mat made = new Mat();
            try (Size size = new Size(0, 0)) {
                GaussianBlur(picture, made, size, sigma);
            }
            return made;
        };
    }

    /** Moved by a share of the width and turned, what comes into the picture is mirrored from what was there. */
    static Damage turned(double share, double degrees) {
        return (picture, _) -> warped(picture, share * picture.cols(), 0, degrees);
    }

    /** Sways by up to so many pixels of 320. */
    static Damage swaying(double pixels) {
        return (picture, look) -> warped(
                picture,
                pixels * Math.sin(1.7 * look) * picture.cols() / 320,
                pixels * Math.cos(2.3 * look) * picture.cols() / 320,
                0);
    }

    private static Mat warped(Mat picture, double right, double down, double degrees) {
        double angle = Math.toRadians(degrees);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = picture.cols() / 2.0;
        double y = picture.rows() / 2.0;
        Mat made = new Mat();
        try (Mat move = new Mat(2, 3, CV_64F);
                DoublePointer values = new DoublePointer(move.data());
                Size size = picture.size();
                Scalar none = new Scalar(0)) {
            values.put(cos, sin, x - cos * x - sin * y + right, -sin, cos, y + sin * x - cos * y + down);
            warpAffine(picture, made, move, size, INTER_LINEAR, BORDER_REFLECT_101, none);
        }
        return made;
    }

    /** So large a share from the left hidden by something brown, out of focus. */
    static Damage covered(double share) {
        return (picture, _) -> {
            Mat made = picture.clone();
            try (Rect part = new Rect(0, 0, (int) (share * picture.cols()), picture.rows());
                    Scalar brown = new Scalar(60, 85, 110, 0)) {
                rectangle(made, part, brown, -1, 8, 0);
            }
            return noise(made, 2);
        };
    }

    static Damage brighter(double factor) {
        return (picture, _) -> {
            Mat made = new Mat();
            picture.convertTo(made, -1, factor, 0);
            return made;
        };
    }

    /** Darkened to a share, with the noise of a sensor at night. */
    static Damage night(double factor, double sigma) {
        return (picture, look) -> {
            Mat made = new Mat();
            picture.convertTo(made, -1, factor, 4);
            setRNGSeed(look + 1);
            return noise(made, sigma);
        };
    }

    /** The same picture always, coded anew each time, a little finer or coarser every fourth time, with a running clock at the upper edge. */
    static Damage frozen(Mat still) {
        return (_, look) -> {
            try (Mat copy = still.clone();
                    Point from = new Point(8 + 40 * (look % 3), 4);
                    Point to = new Point(40 + 40 * (look % 3), still.rows() / 12);
                    Scalar white = new Scalar(255, 255, 255, 0);
                    BytePointer file = new BytePointer();
                    IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, 90 + look / 4 % 2)) {
                rectangle(copy, from, to, white, -1, 8, 0);
                imencode(".jpg", copy, file, options);
                try (Mat coded = new Mat(file)) {
                    return imdecode(coded, IMREAD_COLOR);
                }
            }
        };
    }

    private static Mat noise(Mat picture, double sigma) {
        try (Mat noise = new Mat(picture.rows(), picture.cols(), CV_16SC3);
                Mat zero = new Mat(1, 1, CV_64F, new Scalar(0));
                Mat deviation = new Mat(1, 1, CV_64F, new Scalar(sigma));
                Mat none = new Mat()) {
            randn(noise, zero, deviation);
            Mat made = new Mat();
            add(picture, noise, made, none, CV_8U);
            picture.close();
            return made;
        }
    }
}
