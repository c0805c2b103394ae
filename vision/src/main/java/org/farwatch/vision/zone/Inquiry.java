package org.farwatch.vision.zone;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.farwatch.vision.background.StaticObject;
import org.farwatch.vision.detect.CocoClass;
import org.farwatch.vision.detect.Detection;
import org.farwatch.vision.detect.NanoDet;
import org.farwatch.vision.shape.Box;

/**
 * Asks the detector again and again whether a static object is a person or a vehicle. The detector sees a part of the picture
 * around the object, so that small ones fill enough of its input; always a square, as people pressed flat are not known to it.
 *
 * <p>One of a few looks that finds a person outweighs those that miss him: whoever was seen once must be missed three times running.
 */
final class Inquiry {
    private static final int SOON_CENTIS = 50;
    private static final int LATER_CENTIS = 500;
    private static final int PATIENCE = 12;
    private static final int LOOKS = 2;
    private static final int LOOKS_AFTER_PERSON = 3;
    private static final double LEAST_SCORE = 0.35;
    private static final double LARGEST_VEHICLE = 4;
    private static final double LEAST_COVER = 0.5;
    private static final double SMALLEST_PART_PIXELS = 260;
    private static final double PART_HEIGHTS = 4;

    private int nextAt;
    private int clearRun;
    private int covered;

    boolean due(int centis) {
        return centis >= nextAt;
    }

    boolean isThing() {
        return clearRun >= (covered == 0 ? LOOKS : LOOKS_AFTER_PERSON);
    }

    void look(NanoDet detector, Mat bgr, StaticObject object, int centis) {
        boolean moves = movesByItself(detector, bgr, object);
        clearRun = moves ? 0 : clearRun + 1;
        covered += moves ? 1 : 0;
        nextAt = centis + (covered > PATIENCE || clearRun > PATIENCE ? LATER_CENTIS : SOON_CENTIS);
    }

    /** Where a picture shows people and vehicles. */
    static List<Box> movers(NanoDet detector, Mat bgr) {
        int side = Math.min(bgr.cols(), bgr.rows());
        int across = Math.ceilDiv(bgr.cols(), side);
        int down = Math.ceilDiv(bgr.rows(), side);
        List<Box> found = new ArrayList<>();
        for (int i = 0; i < across * down; i++) {
            int x = across == 1 ? 0 : (bgr.cols() - side) * (i % across) / (across - 1);
            int row = i / across;
            int y = down == 1 ? 0 : (bgr.rows() - side) * row / (down - 1);
            movers(detector, bgr, x, y, side).stream().map(Detection::box).forEach(found::add);
        }
        return found;
    }

    private static List<Detection> movers(NanoDet detector, Mat bgr, int x, int y, int side) {
        try (Rect part = new Rect(x, y, side, side);
                Mat seen = new Mat(bgr, part)) {
            return detector.detect(seen, LEAST_SCORE).stream()
                    .filter(detection -> detection.kind().leavesByItself())
                    .map(detection -> new Detection(
                            detection.kind(),
                            detection.score(),
                            inPicture(detection.box(), x, y, side, bgr.cols(), bgr.rows())))
                    .toList();
        }
    }

    private static boolean movesByItself(NanoDet detector, Mat bgr, StaticObject object) {
        Box box = object.box();
        int width = bgr.cols();
        int height = bgr.rows();
        double wanted =
                Math.max(SMALLEST_PART_PIXELS, PART_HEIGHTS * Math.max(box.width() * width, box.height() * height));
        int side = (int) Math.min(wanted, Math.min(width, height));
        int x = (int) Math.clamp(box.centre().x() * width - side / 2.0, 0, width - side);
        int y = (int) Math.clamp(box.centre().y() * height - side / 2.0, 0, height - side);
        List<Box> movers = movers(detector, bgr, x, y, side).stream()
                // A person may show but a still part; a vehicle stands as a whole, and things are put before parked
                // ones.
                .filter(detection ->
                        detection.kind() == CocoClass.PERSON || detection.box().area() <= LARGEST_VEHICLE * box.area())
                .map(Detection::box)
                .toList();
        return object.coveredBy(movers) >= LEAST_COVER;
    }

    private static Box inPicture(Box box, int x, int y, int side, int width, int height) {
        return new Box(
                (x + box.x() * side) / width,
                (y + box.y() * side) / height,
                box.width() * side / width,
                box.height() * side / height);
    }
}
