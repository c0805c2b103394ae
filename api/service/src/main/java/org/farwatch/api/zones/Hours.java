package org.farwatch.api.zones;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.farwatch.api.web.BureauTime;

/**
 * Hours of weekdays by the bureau's clock.
 *
 * @param days 1 Monday to 7 Sunday, on which the hours begin
 * @param to excluded; on the next day unless after {@code from}
 */
record Hours(List<Integer> days, LocalTime from, LocalTime to) {
    boolean cover(Instant instant) {
        ZonedDateTime local = instant.atZone(BureauTime.ZONE);
        LocalTime time = local.toLocalTime();
        DayOfWeek today = local.getDayOfWeek();
        boolean begun = !time.isBefore(from);
        if (from.isBefore(to)) {
            return days.contains(today.getValue()) && begun && time.isBefore(to);
        }
        return days.contains(today.getValue()) && begun
                || days.contains(today.minus(1).getValue()) && time.isBefore(to);
    }
}
