package org.farwatch.vision.background;

/**
 * Whether what differs from the background is a thing that came, one that went, or only light.
 *
 * <p>A thing brings edges along its outline, one that went takes them with it. Light and shadow scale what is there: the
 * structure inside stays.
 */
public enum Nature {
    /** A thing that was not there. */
    CAME,
    /** What the background had shown is gone. */
    WENT,
    /** Shadow or light. */
    LIGHT;

    private static final int REACH = 2;
    private static final double FEWER_EDGES = 0.7;
    private static final double SAME_STRUCTURE = 0.9;
    private static final double LEAST_STRUCTURE = 6;

    static Nature of(StaticObject object, Layers layers) {
        return structureKept(object, layers) ? LIGHT : outline(object, layers);
    }

    /** Compares the slopes along the outline now with those of the background. */
    private static Nature outline(StaticObject object, Layers layers) {
        int left = Math.max(1, object.left - REACH - 1);
        int top = Math.max(1, object.top - REACH - 1);
        int right = Math.min(layers.width - 1, object.right + REACH + 1);
        int bottom = Math.min(layers.height - 1, object.bottom + REACH + 1);
        int across = right - left + 2 * REACH;
        int down = bottom - top + 2 * REACH;
        boolean[] inside = new boolean[Math.max(0, across) * Math.max(0, down)];
        for (int pixel : object.pixels) {
            int x = pixel % layers.width - left + REACH;
            int y = pixel / layers.width - top + REACH;
            if (x >= 0 && x < across && y >= 0 && y < down) {
                inside[y * across + x] = true;
            }
        }
        double now = 0;
        double before = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (onOutline(inside, across, x - left + REACH, y - top + REACH)) {
                    int i = y * layers.width + x;
                    now += Math.abs(seen(layers, i + 1) - seen(layers, i - 1))
                            + Math.abs(seen(layers, i + layers.width) - seen(layers, i - layers.width));
                    before += Math.abs(layers.background[i + 1] - layers.background[i - 1])
                            + Math.abs(layers.background[i + layers.width] - layers.background[i - layers.width]);
                }
            }
        }
        return now < FEWER_EDGES * before ? WENT : CAME;
    }

    private static boolean onOutline(boolean[] inside, int across, int x, int y) {
        boolean in = false;
        boolean out = false;
        for (int dy = -REACH; dy <= REACH; dy++) {
            for (int dx = -REACH; dx <= REACH; dx++) {
                int at = (y + dy) * across + x + dx;
                boolean set = at >= 0 && at < inside.length && inside[at];
                in |= set;
                out |= !set;
            }
        }
        return in && out;
    }

    private static float seen(Layers layers, int i) {
        return layers.thingSupport[i] > 0 ? layers.thing[i] : layers.background[i];
    }

    /** Whether the luminances of thing and background run together over pixels that have structure. */
    private static boolean structureKept(StaticObject object, Layers layers) {
        double n = object.pixels.length;
        double sumNow = 0;
        double sumBefore = 0;
        for (int i : object.pixels) {
            sumNow += layers.thing[i];
            sumBefore += layers.background[i];
        }
        double meanNow = sumNow / n;
        double meanBefore = sumBefore / n;
        double varianceNow = 0;
        double varianceBefore = 0;
        double covariance = 0;
        for (int i : object.pixels) {
            double now = layers.thing[i] - meanNow;
            double before = layers.background[i] - meanBefore;
            varianceNow += now * now;
            varianceBefore += before * before;
            covariance += now * before;
        }
        return Math.sqrt(varianceBefore / n) >= LEAST_STRUCTURE
                && Math.sqrt(varianceNow / n) >= LEAST_STRUCTURE / 2
                && covariance >= SAME_STRUCTURE * Math.sqrt(varianceNow * varianceBefore);
    }
}
