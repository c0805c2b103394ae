package org.farwatch.vision.evaluation.composite;

/**
 * Where the left edge of something is while it is in the scene: straight between moments.
 *
 * @param times rising, seconds
 * @param xs at these times, pixels
 */
record Track(double[] times, double[] xs) {
    static Track standing(double from, double to, double x) {
        return new Track(new double[] {from, to}, new double[] {x, x});
    }

    /** Walks in from a side so that it arrives at a time, stays and goes on to the same side as it walked. */
    static Track visit(double arrive, double leave, double x, double speed, int width) {
        double start = speed > 0 ? -width : Backdrop.WIDTH;
        double end = speed > 0 ? Backdrop.WIDTH : -width;
        return new Track(
                new double[] {arrive - (x - start) / speed, arrive, leave, leave + (end - x) / speed},
                new double[] {start, x, x, end});
    }

    boolean shown(double time) {
        return time >= times[0] && time < times[times.length - 1];
    }

    double at(double time) {
        int i = 1;
        while (i < times.length - 1 && time >= times[i]) {
            i++;
        }
        double span = times[i] - times[i - 1];
        double share = span <= 0 ? 0 : Math.clamp((time - times[i - 1]) / span, 0, 1);
        return xs[i - 1] + share * (xs[i] - xs[i - 1]);
    }
}
