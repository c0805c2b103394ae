package org.farwatch.api.cameras;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.cameras.*}.
 *
 * @param look how often a key picture of each camera is looked at, at most
 * @param threads on which they are decoded; cameras are shared out among them
 * @param queue pictures that may wait for one of these threads; more are left out
 * @param keep how long a fault that is over stays in the list
 */
@ConfigurationProperties("farwatch.cameras")
record CameraSettings(
        @DefaultValue("10s") Duration look,
        @DefaultValue("1") int threads,
        @DefaultValue("64") int queue,
        @DefaultValue("400d") Duration keep) {
    CameraSettings {
        if (look.compareTo(Duration.ofMillis(200)) < 0 || look.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("farwatch.cameras.look must be 200ms to 10m, was " + look);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("farwatch.cameras.threads must be 1 to 64, was " + threads);
        }
        if (queue < 1 || queue > 10_000) {
            throw new IllegalArgumentException("farwatch.cameras.queue must be 1 to 10000, was " + queue);
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("farwatch.cameras.keep must be 1d or more, was " + keep);
        }
    }
}
