package org.farwatch.api.bodycameras;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code farwatch.body-cameras.*}: what is fit for a shift.
 *
 * @param lowBattery percent below which a battery is low
 * @param lowSpace free storage below which it is low
 * @param clockOff by how much a clock may be off, either way
 * @param told what a camera said longer ago than this is not known any more
 * @param ahead how long before it begins a shift is looked at
 */
@ConfigurationProperties("farwatch.body-cameras")
record BodyCameraSettings(
        @DefaultValue("30") int lowBattery,
        @DefaultValue("4GB") DataSize lowSpace,
        @DefaultValue("60s") Duration clockOff,
        @DefaultValue("12h") Duration told,
        @DefaultValue("12h") Duration ahead) {
    BodyCameraSettings {
        if (lowBattery < 1 || lowBattery > 100) {
            throw new IllegalArgumentException("farwatch.body-cameras.low-battery must be 1 to 100, was " + lowBattery);
        }
        if (lowSpace.toBytes() <= 0) {
            throw new IllegalArgumentException("farwatch.body-cameras.low-space must be more than nothing");
        }
        range("clock-off", clockOff, Duration.ofSeconds(1), Duration.ofHours(1), "1s to 1h");
        range("told", told, Duration.ofMinutes(5), Duration.ofDays(7), "5m to 7d");
        range("ahead", ahead, Duration.ofMinutes(30), Duration.ofDays(3), "30m to 3d");
    }

    private static void range(String name, Duration value, Duration least, Duration most, String words) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "farwatch.body-cameras." + name + " must be " + words + ", was " + value);
        }
    }
}
