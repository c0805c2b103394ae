package org.farwatch.vision.picture;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.polylines;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.farwatch.vision.shape.Box;
import org.farwatch.vision.shape.Polygon;

/** Pictures as JPEG files, with what they are evidence of drawn in. The picture given is never changed. */
public final class Jpeg {
    private static final int QUALITY = 85;

    private Jpeg() {}

    /** The picture as it is, made smaller if it is wider than {@code widest} pixels. */
    public static byte[] of(Mat bgr, int widest) {
        if (bgr.cols() <= widest) {
            return encoded(bgr);
        }
        try (Mat small = new Mat();
                Size size = new Size(widest, Math.max(1, Math.round(bgr.rows() * (float) widest / bgr.cols())))) {
            resize(bgr, small, size, 0, 0, INTER_AREA);
            return encoded(small);
        }
    }

    /** A copy of the picture with zones outlined in yellow and boxes in red. */
    public static byte[] marked(Mat bgr, List<Polygon> zones, List<Box> boxes) {
        int thickness = Math.max(2, bgr.cols() / 400);
        try (Mat copy = bgr.clone();
                Scalar yellow = new Scalar(0, 220, 255, 0);
                Scalar red = new Scalar(40, 40, 230, 0)) {
            for (Polygon zone : zones) {
                try (Mat corners = new Mat(zone.corners().size(), 1, org.bytedeco.opencv.global.opencv_core.CV_32SC2);
                        MatVector outline = new MatVector(1)) {
                    IntPointer at = new IntPointer(corners.data());
                    for (int i = 0; i < zone.corners().size(); i++) {
                        at.put(2L * i, (int) Math.round(zone.corners().get(i).x() * (bgr.cols() - 1)));
                        at.put(2L * i + 1, (int)
                                Math.round(zone.corners().get(i).y() * (bgr.rows() - 1)));
                    }
                    outline.put(0, corners);
                    polylines(copy, outline, true, yellow, thickness, LINE_AA, 0);
                }
            }
            for (Box box : boxes) {
                try (Point upperLeft = new Point((int) (box.x() * bgr.cols()), (int) (box.y() * bgr.rows()));
                        Point lowerRight =
                                new Point((int) (box.right() * bgr.cols()), (int) (box.bottom() * bgr.rows()));
                        Rect rectangle = new Rect(upperLeft, lowerRight)) {
                    rectangle(copy, rectangle, red, thickness, LINE_AA, 0);
                }
            }
            return encoded(copy);
        }
    }

    private static byte[] encoded(Mat bgr) {
        try (BytePointer file = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY)) {
            if (!imencode(".jpg", bgr, file, options)) {
                throw new IllegalStateException("a picture of " + bgr.cols() + " x " + bgr.rows() + " gave no JPEG");
            }
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }
}
