package org.farwatch.vision.health;

/**
 * What was measured at one look. {@link Double#NaN} where it could not be, as nothing was learned yet or a worse fault is in
 * the way.
 *
 * @param atMillis milliseconds since 1970 UTC
 * @param brightness mean, 0 to 255
 * @param sharpness of the camera's own, 1 is as always
 * @param kept share of the learned structure that is where it was, 0 to 1
 * @param lost share of the learned structure where nothing is now, 0 to 1
 * @param stir mean difference to the picture before in the block of 20 x 20 pixels that changed most, 0 to 255
 * @param rate pictures a second
 */
public record HealthSample(
        long atMillis,
        Light light,
        double brightness,
        double sharpness,
        double kept,
        double lost,
        double stir,
        double rate) {}
