package org.farwatch.vision.evaluation.composite;

import java.util.Random;

/**
 * What lies between the scene and the file: light, weather, the camera's shaking and noise.
 *
 * @param drift amplitude of the slow change of light
 * @param period of it, seconds
 * @param stepAt second at which the light changes at once
 * @param step factor of that change
 * @param flicker share by which the light trembles
 * @param bandFrom second at which a band of shadow begins to cross the picture; infinite for none
 * @param bandSpeed pixels a second
 * @param shake largest displacement of the camera, pixels
 * @param noise standard deviation, of 255
 * @param streaks of rain in each picture
 */
record Air(
        double drift,
        double period,
        double stepAt,
        double step,
        double flicker,
        double bandFrom,
        double bandSpeed,
        double shake,
        double noise,
        int streaks) {
    private static final double BAND = 160;
    private static final double BAND_RIM = 20;
    private static final double BAND_GAIN = 0.7;

    static Air drawn(Random random, double seconds) {
        double drift = random.nextDouble() < 0.5 ? 0.25 * random.nextDouble() : 0;
        double period = 20 + 60 * random.nextDouble();
        double stepAt = random.nextDouble() < 0.5 ? 5 + (seconds - 10) * random.nextDouble() : Double.POSITIVE_INFINITY;
        double step = random.nextBoolean() ? 1.3 : 0.7;
        double flicker = random.nextDouble() < 0.3 ? 0.02 : 0;
        double bandFrom = random.nextDouble() < 0.3 ? seconds / 2 * random.nextDouble() : Double.POSITIVE_INFINITY;
        double bandSpeed = 25 + 60 * random.nextDouble();
        double shake = random.nextDouble() < 0.4 ? 3 * random.nextDouble() : 0;
        double noise = 2 * Math.pow(5, random.nextDouble());
        int streaks = random.nextDouble() < 0.15 ? 40 + random.nextInt(120) : 0;
        return new Air(drift, period, stepAt, step, flicker, bandFrom, bandSpeed, shake, noise, streaks);
    }

    /** The light of the whole picture as a factor, 0.6 to 1.4. */
    double light(double time, Random random) {
        double slow = 1 + drift * Math.sin(2 * Math.PI * time / period);
        double now = slow * (time >= stepAt ? step : 1);
        return Math.clamp(now, 0.6, 1.4) * (1 + flicker * (2 * random.nextDouble() - 1));
    }

    /** The light of a column beside that of the whole picture. */
    double band(double time, int x) {
        if (time < bandFrom) {
            return 1;
        }
        double into = x - ((time - bandFrom) * bandSpeed - BAND);
        double depth = Math.clamp(Math.min(into, BAND - into) / BAND_RIM, 0, 1);
        return 1 - (1 - BAND_GAIN) * depth;
    }

    double shakeX(double time) {
        return shake * 0.5 * (Math.sin(2 * Math.PI * 0.7 * time + 1) + Math.sin(2 * Math.PI * 1.9 * time));
    }

    double shakeY(double time) {
        return shake * 0.5 * (Math.sin(2 * Math.PI * 0.5 * time) + Math.sin(2 * Math.PI * 2.3 * time + 2));
    }
}
