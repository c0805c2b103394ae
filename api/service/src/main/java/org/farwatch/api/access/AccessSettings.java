package org.farwatch.api.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.access.*}.
 *
 * @param lockAfter failed logins in a row after which an account is locked; one counts for as long as a lock lasts
 * @param lockFor how long it stays locked
 * @param attemptsPerMinute wrong passwords, and wrong tokens, per minute from one address before it has to wait
 * @param basicRemembered how long a password sent with HTTP Basic counts as verified; Argon2 is slow on purpose
 */
@ConfigurationProperties("farwatch.access")
public record AccessSettings(
        @DefaultValue("5") int lockAfter,
        @DefaultValue("15m") Duration lockFor,
        @DefaultValue("20") int attemptsPerMinute,
        @DefaultValue("1m") Duration basicRemembered) {
    public AccessSettings {
        if (lockAfter < 1) {
            throw new IllegalArgumentException("farwatch.access.lock-after must be at least 1, was " + lockAfter);
        }
        if (!lockFor.isPositive()) {
            throw new IllegalArgumentException("farwatch.access.lock-for must be more than 0s, was " + lockFor);
        }
        if (attemptsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "farwatch.access.attempts-per-minute must be at least 1, was " + attemptsPerMinute);
        }
        if (basicRemembered.isNegative()) {
            throw new IllegalArgumentException(
                    "farwatch.access.basic-remembered must be 0s or more, was " + basicRemembered);
        }
    }
}
