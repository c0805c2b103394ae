package org.farwatch.api.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.access.*}.
 *
 * @param lockAfter failed logins in a row after which an account is locked
 * @param lockFor how long it stays locked
 * @param attemptsPerMinute logins tried per minute from one address before it has to wait
 * @param basicRemembered how long a password sent with HTTP Basic counts as verified; Argon2 is slow on purpose
 */
@ConfigurationProperties("farwatch.access")
public record AccessSettings(
        @DefaultValue("5") int lockAfter,
        @DefaultValue("15m") Duration lockFor,
        @DefaultValue("20") int attemptsPerMinute,
        @DefaultValue("1m") Duration basicRemembered) {}
