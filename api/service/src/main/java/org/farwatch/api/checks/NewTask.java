package org.farwatch.api.checks;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.web.Refusal;

/**
 * A task that somebody chooses.
 *
 * @param officerId null for the whole squad; likewise device, stream and post
 * @param start of the time that is looked at; at most two days
 * @param persons ids of users who check; null for the caller himself
 */
record NewTask(
        @NotBlank String checklistId,
        @NotNull CheckMethod method,
        @NotBlank String squadId,
        String officerId,
        String deviceId,
        String streamId,
        String postId,
        @NotNull Instant start,
        @NotNull Instant end,
        @NotNull Instant dueAt,
        @Size(min = 1, max = 10) List<@NotBlank String> persons) {
    /** Of the time that one task looks at; no duty is longer. */
    static final Duration LONGEST = Duration.ofDays(2);

    /** @throws Refusal 400 naming the field */
    static void requireTimes(Instant start, Instant end, Instant dueAt, Instant now) {
        if (!start.isBefore(end)) {
            throw Refusal.field("end", "must be after start (" + start + "), was " + end);
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw Refusal.field("end", "must be at most " + LONGEST.toHours() + " hours after start, was " + end);
        }
        if (!dueAt.isAfter(now)) {
            throw Refusal.field("dueAt", "must lie ahead, was " + dueAt);
        }
    }
}
