package org.farwatch.vision.health;

import java.time.Duration;

/**
 * From where on a picture is bad.
 *
 * @param dwell how long it must be bad without a break before a fault begins; a third of it must be good before it ends
 * @param dark brightness, 0 to 255, that 97 % of a black picture's pixels do not exceed
 * @param blurred share of the camera's own sharpness below which a picture is blurred, 0 to 1
 * @param view share of the structure that is usually found again, below which the camera was moved, 0 to 1
 * @param rate share of the camera's own frame rate below which it is slow, 0 to 1
 */
public record HealthLimits(Duration dwell, double dark, double blurred, double view, double rate) {
    public static final HealthLimits STANDARD = new HealthLimits(Duration.ofMinutes(5), 30, 0.2, 0.4, 0.5);

    public HealthLimits {
        if (dwell.isNegative() || dwell.isZero()) {
            throw new IllegalArgumentException("dwell must be above 0, was " + dwell);
        }
    }
}
