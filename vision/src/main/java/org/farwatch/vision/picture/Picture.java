package org.farwatch.vision.picture;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A decoded picture. Its pixels are native memory that {@link #close} frees; whoever holds the picture closes it.
 *
 * <p>Owned by one thread at a time.
 */
public final class Picture implements AutoCloseable {
    private final Mat bgr;
    private final long timeMicros;

    /**
     * Takes over the matrix.
     *
     * @param bgr rows of blue, green, red bytes
     * @param timeMicros presentation time on the stream's clock, microseconds
     */
    public Picture(Mat bgr, long timeMicros) {
        if (bgr.empty() || bgr.channels() != 3 || bgr.depth() != org.bytedeco.opencv.global.opencv_core.CV_8U) {
            throw new IllegalArgumentException("a picture is a matrix of three bytes a pixel");
        }
        this.bgr = bgr;
        this.timeMicros = timeMicros;
    }

    /** The pixels, to be read only and not after {@link #close}. */
    public Mat bgr() {
        return bgr;
    }

    public int width() {
        return bgr.cols();
    }

    public int height() {
        return bgr.rows();
    }

    public long timeMicros() {
        return timeMicros;
    }

    @Override
    public void close() {
        bgr.close();
    }
}
