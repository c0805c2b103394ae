package org.farwatch.geo.presence;

import java.time.Duration;
import java.time.Instant;

/**
 * One state over a time.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param state what is held to be so
 * @param cause what that rests on
 */
public record PresenceInterval(Instant from, Instant to, PresenceState state, PresenceCause cause) {
    public PresenceInterval {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to " + to + " must be after from " + from);
        }
    }

    /** How long the state lasted. */
    public Duration length() {
        return Duration.between(from, to);
    }
}
