package org.farwatch.vision.background;

/**
 * How much an object stands out from what surrounds it, now and in the background.
 *
 * <p>Along the border luminances a few pixels inside and outside are compared across it, with their sign, and added up over short
 * pieces of the border: what runs on across it, as the joints of a pavement do, and texture cancel out there; the difference of a
 * thing to its ground does not. A comparison of slopes beside the border would take a pavement's joints, hidden by the thing,
 * for the outline of something that went.
 */
final class Outline {
    private static final int PIECE = 12;
    private static final int NORMAL_REACH = 3;
    private static final int NEAREST = 2;
    private static final int FARTHEST = 4;
    private static final int RIM = NORMAL_REACH + FARTHEST + 2;

    private final Layers layers;
    private final int left;
    private final int top;
    private final int across;
    private final int down;
    private final boolean[] inside;
    private final double[] nowByPiece;
    private final double[] beforeByPiece;
    private double now;
    private double before;

    Outline(StaticObject object, Layers layers) {
        this.layers = layers;
        left = object.left - RIM;
        top = object.top - RIM;
        across = object.right - object.left + 2 * RIM;
        down = object.bottom - object.top + 2 * RIM;
        inside = new boolean[across * down];
        for (int pixel : object.pixels) {
            inside[(pixel / layers.width - top) * across + pixel % layers.width - left] = true;
        }
        int pieces = 4 * (across / PIECE + 1) * (down / PIECE + 1);
        nowByPiece = new double[pieces];
        beforeByPiece = new double[pieces];
        for (int y = RIM; y < down - RIM; y++) {
            for (int x = RIM; x < across - RIM; x++) {
                if (onBorder(x, y)) {
                    compare(x, y);
                }
            }
        }
        for (int piece = 0; piece < pieces; piece++) {
            now += Math.abs(nowByPiece[piece]);
            before += Math.abs(beforeByPiece[piece]);
        }
    }

    /** Differences across the border as the pictures now show them, summed. */
    double now() {
        return now;
    }

    /** The same in the background. */
    double before() {
        return before;
    }

    private boolean onBorder(int x, int y) {
        int i = y * across + x;
        return inside[i] && !(inside[i - 1] && inside[i + 1] && inside[i - across] && inside[i + across]);
    }

    private void compare(int x, int y) {
        // The border faces away from where most of the neighbouring pixels of the object lie.
        double facingX = 0;
        double facingY = 0;
        for (int dy = -NORMAL_REACH; dy <= NORMAL_REACH; dy++) {
            for (int dx = -NORMAL_REACH; dx <= NORMAL_REACH; dx++) {
                if (inside[(y + dy) * across + x + dx]) {
                    facingX -= dx;
                    facingY -= dy;
                }
            }
        }
        double length = Math.hypot(facingX, facingY);
        if (length < 1) {
            return;
        }
        double stepX = facingX / length;
        double stepY = facingY / length;
        double nowDifference = 0;
        double beforeDifference = 0;
        int pairs = 0;
        for (int far = NEAREST; far <= FARTHEST; far++) {
            int in = at(x - far * stepX, y - far * stepY, true);
            int out = at(x + (far + 1) * stepX, y + (far + 1) * stepY, false);
            if (in >= 0 && out >= 0) {
                nowDifference += seen(in) - seen(out);
                beforeDifference += layers.background[in] - layers.background[out];
                pairs++;
            }
        }
        if (pairs > 0) {
            int side = Math.abs(stepX) > Math.abs(stepY) ? stepX > 0 ? 0 : 1 : stepY > 0 ? 2 : 3;
            int piece = 4 * (y / PIECE * (across / PIECE + 1) + x / PIECE) + side;
            nowByPiece[piece] += nowDifference / pairs;
            beforeByPiece[piece] += beforeDifference / pairs;
        }
    }

    /** The pixel of the picture there, or -1 where it lies outside of it or on the other side of the border. */
    private int at(double x, double y, boolean within) {
        int column = (int) Math.round(x);
        int row = (int) Math.round(y);
        int pictureX = column + left;
        int pictureY = row + top;
        boolean inPicture = pictureX >= 0 && pictureX < layers.width && pictureY >= 0 && pictureY < layers.height;
        return inPicture && inside[row * across + column] == within ? pictureY * layers.width + pictureX : -1;
    }

    private float seen(int i) {
        return layers.thingSupport[i] > 0 ? layers.thing[i] : layers.background[i];
    }
}
