package org.farwatch.vision.health;

/**
 * What a camera's pictures are like by one light when all is well, learned from them slowly: passers-by average out, seasons
 * are followed. About 500 kB. Owned by the watch's thread.
 */
final class Learned {
    /** So many pictures are seen before anything is judged by what was learned. */
    static final int ENOUGH = 12;

    /** From then on each weighs as much as the others: at a look every ten seconds it follows within the hour. */
    private static final int MEMORY = 360;

    /** The floor of the stir is where so small a share of the pictures lies below. */
    private static final double FLOOR_SHARE = 0.05;

    private static final double FLOOR_STEP = 0.1;

    /** A view is compared with pictures from its so many-th on. */
    private static final int FIRST_MEETING = 4;

    /** Less of a view is found again where there is little but the ground's grain. */
    private static final double LEAST_STEADY = 0.7;

    private final float[] mean;
    private int samples;
    private double sharpness;
    private double floor = Double.NaN;
    private double rate = Double.NaN;
    private int rated;
    private double steady;
    private int met;
    private View view;

    Learned() {
        mean = new float[Glance.WIDTH * Glance.HEIGHT];
    }

    Learned(WatchMemory.Reference known) {
        this();
        byte[] grey = known.grey();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = grey[i] & 0xFF;
        }
        samples = known.samples();
        sharpness = known.sharpness();
        floor = known.floor();
        rate = known.rate();
        rated = Double.isNaN(rate) ? 0 : ENOUGH;
        steady = known.steady();
        met = samples;
    }

    boolean enough() {
        return samples >= ENOUGH;
    }

    boolean ratedEnough() {
        return rated >= ENOUGH;
    }

    double sharpness() {
        return sharpness;
    }

    /** Stir below which few of its pictures lie, NaN when not known. */
    double floor() {
        return floor;
    }

    double rate() {
        return rate;
    }

    View view() {
        if (view == null) {
            view = new View(mean);
        }
        return view;
    }

    /** Whether its view can be told from others: it has structure, and that is found again. */
    boolean telling() {
        return enough() && steady >= LEAST_STEADY && view().telling();
    }

    /** Share of its structure that is usually found again, 0 to 1. */
    double steady() {
        return steady;
    }

    void learn(Glance glance) {
        if (samples >= FIRST_MEETING) {
            met = Math.min(met + 1, MEMORY);
            steady += (view().with(glance.grey()).kept() - steady) / met;
        }
        float weight = 1f / Math.min(samples + 1, MEMORY);
        byte[] grey = glance.grey();
        for (int i = 0; i < mean.length; i++) {
            mean[i] += weight * ((grey[i] & 0xFF) - mean[i]);
        }
        sharpness += weight * (glance.sharpness() - sharpness);
        samples = Math.min(samples + 1, MEMORY);
        view = null;
    }

    void learnStir(double stir) {
        if (Double.isNaN(floor)) {
            floor = stir;
        } else {
            floor = Math.max(
                    0, floor + FLOOR_STEP * Math.max(floor, 0.05) * (stir < floor ? FLOOR_SHARE - 1 : FLOOR_SHARE));
        }
    }

    void learnRate(double now) {
        rated = Math.min(rated + 1, MEMORY);
        rate = Double.isNaN(rate) ? now : rate + (now - rate) / Math.min(rated, MEMORY);
    }

    WatchMemory.Reference memory() {
        byte[] grey = new byte[mean.length];
        for (int i = 0; i < mean.length; i++) {
            grey[i] = (byte) Math.clamp(Math.round(mean[i]), 0, 255);
        }
        return new WatchMemory.Reference(grey, samples, sharpness, floor, ratedEnough() ? rate : Double.NaN, steady);
    }
}
