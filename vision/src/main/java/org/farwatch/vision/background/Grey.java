package org.farwatch.vision.background;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes small grey pictures of one camera's; its matrices are reused from picture to picture. Owned by one thread. */
public final class Grey implements AutoCloseable {
    /** Pictures are made this wide: a thing of 12 pixels is still seen, and a picture costs a few milliseconds. */
    public static final int WIDTH = 640;

    private final Mat full = new Mat();
    private final Mat small = new Mat();

    /** The luminance of a picture, one byte a pixel; valid until the next call. */
    public Mat of(Mat bgr) {
        cvtColor(bgr, full, COLOR_BGR2GRAY);
        if (bgr.cols() == WIDTH) {
            return full;
        }
        try (Size size = new Size(WIDTH, Math.round((float) WIDTH * bgr.rows() / bgr.cols()))) {
            resize(full, small, size, 0, 0, bgr.cols() > WIDTH ? INTER_AREA : INTER_LINEAR);
        }
        return small;
    }

    @Override
    public void close() {
        full.close();
        small.close();
    }
}
