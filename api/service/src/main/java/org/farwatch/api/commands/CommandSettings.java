package org.farwatch.api.commands;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.commands.*}: commands that wait for their devices.
 *
 * @param expiry how long one waits for its device unless its request says otherwise
 * @param perDevice that may be open for one device
 * @param open that may be open at all
 * @param every how often the devices that are connected are looked for
 */
@ConfigurationProperties("farwatch.commands")
public record CommandSettings(
        @DefaultValue("24h") Duration expiry,
        @DefaultValue("50") int perDevice,
        @DefaultValue("10000") int open,
        @DefaultValue("1s") Duration every) {
    static final Duration LONGEST = Duration.ofDays(30);

    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public CommandSettings {
        if (expiry.toSeconds() < 1 || expiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("farwatch.commands.expiry must be 1s to 30d, was " + expiry);
        }
        if (perDevice < 1) {
            throw new IllegalArgumentException("farwatch.commands.per-device must be at least 1, was " + perDevice);
        }
        if (open < perDevice) {
            throw new IllegalArgumentException(
                    "farwatch.commands.open must be at least farwatch.commands.per-device, was " + open);
        }
        if (every.toMillis() < 10) {
            throw new IllegalArgumentException("farwatch.commands.every must be at least 10ms, was " + every);
        }
    }
}
