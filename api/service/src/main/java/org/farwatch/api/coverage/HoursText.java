package org.farwatch.api.coverage;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.coverage.Requirements.Weekly;
import org.farwatch.api.web.Refusal;

/**
 * Hours of weekdays as the API has them.
 *
 * @param days 1 Monday to 7 Sunday
 * @param startTime {@code HH:mm}
 * @param endTime the same
 */
record HoursText(List<Integer> days, String startTime, String endTime) {
    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    static String of(LocalTime time) {
        return HOURS.format(time);
    }

    /** @throws Refusal 400 naming what is missing or wrong */
    Weekly weekly() {
        require("days", days, "startTime and endTime");
        require("startTime", startTime, "days and endTime");
        require("endTime", endTime, "days and startTime");
        boolean inRange = days.stream().allMatch(day -> day != null && day >= 1 && day <= 7);
        if (days.isEmpty() || !inRange || new HashSet<>(days).size() < days.size()) {
            throw Refusal.field("days", "must be some of 1 (Monday) to 7 (Sunday), each once; was " + days);
        }
        return new Weekly(days.stream().sorted().toList(), time("startTime", startTime), time("endTime", endTime));
    }

    /** @throws Refusal 400 for a field that must come with the others */
    static void require(String field, Object value, String others) {
        if (value == null) {
            throw Refusal.field(field, "must be given with " + others);
        }
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text, HOURS);
        } catch (DateTimeException e) {
            throw Refusal.field(field, "must be a time such as 08:30, from 00:00 to 23:59, was " + text);
        }
    }
}
