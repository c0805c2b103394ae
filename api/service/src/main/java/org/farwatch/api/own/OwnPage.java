package org.farwatch.api.own;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Who the caller is in the register, and his duties.
 *
 * @param duties the one that is on and those of the days ahead, by start
 */
record OwnPage(String officerId, String name, String number, String squadId, String squadName, List<Duty> duties) {

    /** @param end exclusive */
    record Duty(String id, String postName, Instant start, Instant end) {}

    /**
     * What is held about him.
     *
     * @param days the last ones, newest first, in the time zone of the bureau; those with nothing are left out
     * @param sealedHours after which a sealed position is destroyed
     * @param positionDays after which any other is deleted
     * @param figureDays after which the figures of a day are
     * @param alerts newest first, as {@code rollCalls}
     */
    record Held(
            List<Day> days,
            long sealedHours,
            long positionDays,
            long figureDays,
            List<AlertAbout> alerts,
            List<RollCallOf> rollCalls) {}

    /**
     * One day of what his devices recorded while he had them.
     *
     * @param positions that may be looked at
     * @param sealed positions of his time off duty, which nobody can look at
     * @param recordedMinutes of video
     */
    record Day(LocalDate day, long positions, long sealed, long recordedMinutes) {}

    record AlertAbout(String id, String kind, String title, String state, Instant raisedAt) {}

    /**
     * A roll call in which he was called and whose terms are over.
     *
     * @param state of the roll call; while it is not closed, the outcome may change
     * @param basis {@code position}, {@code picture} or {@code person}, null for none
     */
    record RollCallOf(
            String id,
            Instant calledAt,
            String postName,
            String state,
            String outcome,
            String basis,
            String reason,
            String note) {}
}
