package org.farwatch.geo.presence;

import java.time.Duration;
import java.time.Instant;
import org.farwatch.geo.place.Border;

/**
 * A roster entry (勤务): where somebody must be and when.
 *
 * @param start inclusive
 * @param end exclusive; after {@code start} by at most {@link #LONGEST}
 * @param post the border of the post, or of several posts together; may be shared by any number of duties
 */
public record Duty(Instant start, Instant end, Border post) {
    /** The longest duty: three days of round-the-clock service. */
    public static final Duration LONGEST = Duration.ofDays(3);

    /** @throws IllegalArgumentException naming the field, the value and the rule */
    public Duty {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("end " + end + " must be after start " + start);
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "end " + end + " must be at most " + LONGEST.toDays() + " days after start " + start);
        }
    }
}
