package org.farwatch.api.duty;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.custody.*}: issuing and returning by a scanner.
 *
 * @param undo how long after it whoever issued or took back a device can take that back
 * @param bounce a device that is read again within this time after it was issued is not taken back: scanners read twice
 */
@ConfigurationProperties("farwatch.custody")
record CustodySettings(
        @DefaultValue("30s") Duration undo,
        @DefaultValue("3s") Duration bounce) {
    CustodySettings {
        if (undo.isNegative() || undo.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("farwatch.custody.undo must be 0s to 10m, was " + undo);
        }
        if (bounce.isNegative() || bounce.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("farwatch.custody.bounce must be 0s to 1m, was " + bounce);
        }
    }
}
