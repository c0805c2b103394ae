package org.farwatch.vision.background;

import java.util.List;
import org.farwatch.vision.shape.Box;

/**
 * Something that came to stand before the background and stays. Owned by the thread of its {@link StaticObjects}.
 */
public final class StaticObject {
    private static final int STEADY_CENTIS = 60;
    private static final double SEEN_SHARE = 0.35;
    private static final double SLENDER = 0.15;
    private static final double SLENDER_PIXELS = 11;
    private static final int NARROW_PIXELS = 6;

    final int id;
    int[] pixels = {};
    int since;
    int visibleAt;
    boolean kept;
    private int shownSince = -1;
    private int shownCentis;
    private int followedCentis;
    private int updatedAt = -1;
    int left;
    int top;
    int right;
    int bottom;
    double visible;
    double contrast;
    private final int width;
    private final int height;

    StaticObject(int id, int width, int height) {
        this.id = id;
        this.width = width;
        this.height = height;
    }

    /** Distinguishes it from others of its camera. */
    public int id() {
        return id;
    }

    public Box box() {
        return Box.between(
                (double) left / width, (double) top / height, (double) right / width, (double) bottom / height);
    }

    /** The part of it that the last picture shows, 0 (hidden by somebody in front) to 1. */
    public double visible() {
        return visible;
    }

    /** Whether it is seen now, has been for a moment, and was for a good part of the time since it was found. */
    public boolean seenWell() {
        return shownSince >= 0 && updatedAt - shownSince >= STEADY_CENTIS && shownCentis >= SEEN_SHARE * followedCentis;
    }

    /** Asks that it be followed longer while somebody stands in front of it. */
    public void keep() {
        kept = true;
    }

    /** Whether it is long and thin: a tape, a cable, an edge that was moved. */
    public boolean slender() {
        int length = Math.max(right - left, bottom - top);
        double thickness = (double) pixels.length / length;
        return Math.min(right - left, bottom - top) < NARROW_PIXELS
                || thickness < SLENDER * length && thickness < SLENDER_PIXELS;
    }

    /** Takes over the pixels that it consists of. */
    void cover(int[] its) {
        pixels = its;
        left = width;
        top = height;
        right = 0;
        bottom = 0;
        for (int pixel : its) {
            left = Math.min(left, pixel % width);
            right = Math.max(right, pixel % width + 1);
            top = Math.min(top, pixel / width);
            bottom = Math.max(bottom, pixel / width + 1);
        }
    }

    void show(boolean shown, int centis) {
        int step = updatedAt < 0 ? 0 : centis - updatedAt;
        updatedAt = centis;
        followedCentis += step;
        if (shown) {
            shownCentis += step;
            visibleAt = centis;
            shownSince = shownSince < 0 ? centis : shownSince;
        } else {
            shownSince = -1;
        }
    }

    /** Mean difference of luminance to the background, 0 to 255. */
    public double contrast() {
        return contrast;
    }

    /** Height in pixels of the small grey picture. */
    public int pixelHeight() {
        return bottom - top;
    }

    /** How much of it lies in a mask of the small grey picture, 0 to 1. */
    public double within(boolean[] mask) {
        int inside = 0;
        for (int pixel : pixels) {
            if (mask[pixel]) {
                inside++;
            }
        }
        return pixels.length == 0 ? 0 : (double) inside / pixels.length;
    }

    /** How much of it boxes cover together, 0 to 1. */
    public double coveredBy(List<Box> boxes) {
        int covered = 0;
        for (int pixel : pixels) {
            double x = (pixel % width + 0.5) / width;
            int row = pixel / width;
            double y = (row + 0.5) / height;
            if (boxes.stream().anyMatch(box -> x >= box.x() && x <= box.right() && y >= box.y() && y <= box.bottom())) {
                covered++;
            }
        }
        return pixels.length == 0 ? 0 : (double) covered / pixels.length;
    }

    boolean near(int otherLeft, int otherTop, int otherRight, int otherBottom, int margin) {
        return otherLeft <= right + margin
                && otherRight >= left - margin
                && otherTop <= bottom + margin
                && otherBottom >= top - margin;
    }
}
