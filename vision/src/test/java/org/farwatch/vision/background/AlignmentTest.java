package org.farwatch.vision.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
    @ParameterizedTest
    @CsvSource({
        "640, 360, 3, 0, 1",
        "640, 360, -2.5, 1.5, 1",
        "640, 436, 0, 2, 0.7",
        "640, 480, -3, -3, 1.3",
        "640, 360, 9, -5, 1"
    })
    void findsAndUndoesAShiftWhateverTheLight(int width, int height, double x, double y, double gain) {
        try (Alignment alignment = new Alignment(width, height);
                Mat scene = texture(width, height);
                Mat reference = new Mat();
                Mat picture = new Mat()) {
            scene.convertTo(reference, CV_32F);
            alignment.refer(reference);
            shifted(scene, x, y).convertTo(picture, CV_8U, gain, 0);
            alignment.aligned(picture);
            assertThat(alignment.shift().x()).isEqualTo(x, within(0.5));
            assertThat(alignment.shift().y()).isEqualTo(y, within(0.5));
            alignment.aligned(alignment.aligned(picture).clone());
            assertThat(alignment.shift()).isEqualTo(Alignment.Shift.NONE);
        }
    }

    private static Mat shifted(Mat scene, double x, double y) {
        Mat move = new Mat(2, 3, CV_64F);
        new DoublePointer(move.data()).put(1, 0, x, 0, 1, y);
        Mat moved = new Mat();
        warpAffine(scene, moved, move, scene.size(), INTER_CUBIC, BORDER_REFLECT, new Scalar(0));
        return moved;
    }

    private static Mat texture(int width, int height) {
        byte[] noise = new byte[width * height];
        Random random = new Random(5);
        for (int i = 0; i < noise.length; i++) {
            int block = (i % width / 23 * 31 + i / width / 17 * 57) % 90;
            noise[i] = (byte) (60 + block + random.nextInt(30));
        }
        Mat raw = new Mat(height, width, CV_8U);
        raw.data().put(noise);
        Mat smooth = new Mat();
        GaussianBlur(raw, smooth, new Size(5, 5), 0);
        return smooth;
    }
}
