package org.farwatch.vision.background;

import java.util.Arrays;

/**
 * For each pixel the background (long memory), a thing that stands before it, and a value that may become one (short memory).
 *
 * <p>A pixel of a picture either shows the background, or the thing, or continues the newest value, or is something passing. A
 * value that keeps for {@value #SETTLED_CENTIS} hundredths of a second becomes the thing, with the time at which it was first
 * seen; somebody walking by in front changes neither. A thing is forgotten when the background has been seen without a break for
 * {@value #FORGET_CENTIS} hundredths. Where a candidate is tracked ({@code locked}) the background does not learn and no newer
 * value takes the thing's place, so nothing is absorbed while it is judged.
 *
 * <p>Values are luminances in the brightness of the background; times are hundredths of a second since the watch began, supports
 * are how long a value was seen. About 45 bytes a pixel. Owned by one thread.
 */
final class Layers {
    /** How long a value keeps before it counts as a thing. */
    static final int SETTLED_CENTIS = 40;

    private static final int FEWEST_SAMPLES = 3;
    private static final int FORGET_CENTIS = 120;
    private static final int STALE_CENTIS = 6_000;
    private static final int REPLACE_CENTIS = 500;
    private static final int LONGEST_STEP_CENTIS = 100;
    private static final int MEMORY_CENTIS = 500;
    private static final int MARGIN = 3;
    private static final int TRUSTED_CENTIS = 500;
    private static final int BOOT_CENTIS = 100;
    private static final int SATURATED = 250;
    private static final float LEAST_TOLERANCE = 7;
    private static final float MOST_TOLERANCE = 40;
    private static final float LEARNING_SECONDS = 20;
    private static final float FIRST_LEARNING_SECONDS = 0.7f;
    private static final int FIRST_CENTIS = 200;

    /** What a pixel of the last picture showed. */
    static final byte BACKGROUND = 0;

    static final byte THING = 1;
    static final byte PASSING = 2;

    final int width;
    final int height;
    final float[] background;
    final float[] thing;
    final int[] thingSince;
    final int[] thingSupport;
    final int[] thingLast;
    final byte[] shown;
    final boolean[] locked;
    /** How long a pixel has shown the background without a break. */
    final int[] backgroundRun;

    private final float[] deviation;
    private final float[] slope;
    private final int[] trust;
    private final float[] newest;
    private final int[] newestSince;
    private final int[] newestSupport;
    private final byte[] newestSamples;
    private int start = -1;
    private int last;
    private int left;
    private int right;
    private int top;
    private int bottom;

    Layers(int width, int height) {
        this.width = width;
        this.height = height;
        int n = width * height;
        background = new float[n];
        thing = new float[n];
        thingSince = new int[n];
        thingSupport = new int[n];
        thingLast = new int[n];
        shown = new byte[n];
        locked = new boolean[n];
        deviation = new float[n];
        slope = new float[n];
        trust = new int[n];
        backgroundRun = new int[n];
        newest = new float[n];
        newestSince = new int[n];
        newestSupport = new int[n];
        newestSamples = new byte[n];
    }

    /** Begins anew with a picture as the background. */
    void restart(byte[] pixels, int centis) {
        for (int i = 0; i < pixels.length; i++) {
            background[i] = pixels[i] & 0xFF;
        }
        Arrays.fill(deviation, 1.5f);
        Arrays.fill(thingSupport, 0);
        Arrays.fill(newestSamples, (byte) 0);
        Arrays.fill(shown, BACKGROUND);
        Arrays.fill(locked, false);
        Arrays.fill(trust, TRUSTED_CENTIS);
        start = centis;
        last = centis;
        left = 0;
        right = width;
        top = 0;
        bottom = height;
        steepen();
    }

    /** Makes the background of a pixel one that a value seen for longer replaces. */
    void distrust(int i) {
        trust[i] = 0;
    }

    boolean started() {
        return start >= 0;
    }

    /**
     * Takes a picture in.
     *
     * @param pixels unsigned bytes
     * @param brightness of the picture against the background
     * @param shift that was undone
     * @return the share of pixels that show the background, 0 to 1
     */
    double take(byte[] pixels, float brightness, Alignment.Shift shift, int centis) {
        int step = Math.clamp(centis - last, 0, LONGEST_STEP_CENTIS);
        last = centis;
        float seconds = step / 100f;
        float span = centis - start < FIRST_CENTIS ? FIRST_LEARNING_SECONDS : LEARNING_SECONDS;
        float learn = seconds / (span + seconds);
        float learnDeviation = seconds / (5 + seconds);
        float inverse = 1 / brightness;
        int clear = 0;
        // The rim that a shifted picture did not show is known to no picture well enough to tell a thing there.
        left = Math.max(left, unseen(-shift.x()));
        right = Math.min(right, width - unseen(shift.x()));
        top = Math.max(top, unseen(-shift.y()));
        bottom = Math.min(bottom, height - unseen(shift.y()));
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            if (x < left || x >= right || y < top || y >= bottom) {
                clear++;
                continue;
            }
            int raw = pixels[i] & 0xFF;
            float value = raw * inverse;
            float difference = Math.abs(value - background[i]);
            float tolerance = tolerance(i);
            if (difference <= tolerance || (raw >= SATURATED && background[i] * brightness >= SATURATED - 8)) {
                clear++;
                shown[i] = BACKGROUND;
                deviation[i] += learnDeviation * (difference - deviation[i]);
                backgroundRun[i] += step;
                trust[i] += trust[i] < TRUSTED_CENTIS ? step : 0;
                if (!locked[i]) {
                    background[i] += learn * (value - background[i]);
                }
                if (backgroundRun[i] > FORGET_CENTIS) {
                    thingSupport[i] = 0;
                    newestSamples[i] = 0;
                }
                continue;
            }
            backgroundRun[i] = 0;
            if (thingSupport[i] > 0 && Math.abs(value - thing[i]) <= tolerance) {
                shown[i] = THING;
                thingSupport[i] += step;
                thingLast[i] = centis;
                thing[i] += (value - thing[i]) * share(step, thingSupport[i]);
            } else {
                shown[i] = PASSING;
                continueNewest(i, value, tolerance, step, centis);
            }
        }
        return (double) clear / pixels.length;
    }

    private void continueNewest(int i, float value, float tolerance, int step, int centis) {
        if (newestSamples[i] == 0 || Math.abs(value - newest[i]) > tolerance) {
            newest[i] = value;
            newestSince[i] = centis;
            newestSupport[i] = 0;
            newestSamples[i] = 1;
            return;
        }
        newestSupport[i] += step;
        newestSamples[i] = (byte) Math.min(newestSamples[i] + 1, 100);
        newest[i] += (value - newest[i]) * share(step, newestSupport[i] + step);
        if (newestSupport[i] < SETTLED_CENTIS || newestSamples[i] < FEWEST_SAMPLES) {
            return;
        }
        if (trust[i] < TRUSTED_CENTIS ? newestSupport[i] > trust[i] : newestSince[i] - start < BOOT_CENTIS) {
            // What stands there from the beginning is background, also where the first picture showed something else.
            background[i] = newest[i];
            trust[i] = Math.min(trust[i], newestSupport[i]);
            forget(i);
            return;
        }
        boolean free = thingSupport[i] == 0;
        int unseen = centis - thingLast[i];
        boolean outlived = !locked[i] && (newestSupport[i] > thingSupport[i] || unseen > REPLACE_CENTIS);
        if (free || outlived || unseen > STALE_CENTIS) {
            // The old thing is kept as the newest value: it may only be hidden.
            float oldValue = thing[i];
            int oldSince = thingSince[i];
            int oldSupport = thingSupport[i];
            thing[i] = newest[i];
            thingSince[i] = newestSince[i];
            thingSupport[i] = newestSupport[i];
            thingLast[i] = centis;
            shown[i] = THING;
            newest[i] = oldValue;
            newestSince[i] = oldSince;
            newestSupport[i] = oldSupport;
            newestSamples[i] = (byte) (free ? 0 : FEWEST_SAMPLES);
        }
    }

    private static int unseen(double shift) {
        return shift > 0 ? (int) Math.ceil(shift) + MARGIN : 0;
    }

    private static float share(int step, int support) {
        return (float) step / Math.max(step + 1, Math.min(support, MEMORY_CENTIS));
    }

    /** How far a value may lie from a layer and still be it: three deviations, more on edges, where a trembling shows. */
    float tolerance(int i) {
        float noise = 2 + 3.75f * deviation[i];
        return Math.clamp(noise, LEAST_TOLERANCE, MOST_TOLERANCE) + 0.3f * slope[i];
    }

    /** The thing at a pixel becomes background. */
    void absorb(int i) {
        if (thingSupport[i] > 0) {
            background[i] = thing[i];
        }
        forget(i);
    }

    /** There is no thing at a pixel any more. */
    void forget(int i) {
        thingSupport[i] = 0;
        newestSamples[i] = 0;
        locked[i] = false;
    }

    /** Finds the slopes of the background again; once a second is enough. */
    void steepen() {
        for (int y = 1; y < height - 1; y++) {
            for (int i = y * width + 1; i < (y + 1) * width - 1; i++) {
                float across = Math.abs(background[i + 1] - background[i - 1]);
                float down = Math.abs(background[i + width] - background[i - width]);
                slope[i] = Math.max(across, down) / 2;
            }
        }
    }
}
