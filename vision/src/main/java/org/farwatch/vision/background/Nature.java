package org.farwatch.vision.background;

/**
 * Whether what differs from the background is a thing that came, one that went, or only light.
 *
 * <p>A thing that came differs from the ground beside it, one that went did so. Light and shadow scale what is there: the structure
 * inside stays.
 */
public enum Nature {
    /** A thing that was not there. */
    CAME,
    /** What the background had shown is gone. */
    WENT,
    /** Shadow or light. */
    LIGHT;

    private static final double STANDS_OUT_LESS = 0.8;
    private static final double SAME_STRUCTURE = 0.9;
    private static final double LEAST_STRUCTURE = 6;

    static Nature of(StaticObject object, Layers layers) {
        return isLight(object.pixels, layers) ? LIGHT : outline(object, layers);
    }

    private static Nature outline(StaticObject object, Layers layers) {
        Outline outline = new Outline(object, layers);
        return outline.now() < STANDS_OUT_LESS * outline.before() ? WENT : CAME;
    }

    /** Whether the luminances of thing and background run together over pixels that have structure. */
    static boolean isLight(int[] pixels, Layers layers) {
        double n = pixels.length;
        double sumNow = 0;
        double sumBefore = 0;
        for (int i : pixels) {
            sumNow += layers.thing[i];
            sumBefore += layers.background[i];
        }
        double meanNow = sumNow / n;
        double meanBefore = sumBefore / n;
        double varianceNow = 0;
        double varianceBefore = 0;
        double covariance = 0;
        for (int i : pixels) {
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
