package org.farwatch.api.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.web.BureauTime;

/**
 * Working days as they were known at one moment; immutable. A day that is announced is as announced. Of other days those
 * from Monday to Friday are worked, but not the holidays whose date is fixed by the law (全国年节及纪念日放假办法, as of
 * 2025): those by the lunar calendar and the weekends worked instead are announced year by year and cannot be computed.
 *
 * <p>A term of n working days begins on the day after the event and ends with the last moment of its n-th working day.
 */
public final class WorkCalendar {
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    private final Map<LocalDate, Boolean> announced;

    /** @param announced whether the day is worked, for days that differ from their day of the week */
    public WorkCalendar(Map<LocalDate, Boolean> announced) {
        this.announced = Map.copyOf(announced);
    }

    public boolean works(LocalDate day) {
        Boolean said = announced.get(day);
        if (said != null) {
            return said;
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FIXED.contains(MonthDay.from(day));
    }

    /**
     * The last day of a term.
     *
     * @param days 1 or more
     */
    public LocalDate last(LocalDate event, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("a term has at least one working day, not " + days);
        }
        LocalDate day = event;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (works(day)) {
                left--;
            }
        }
        return day;
    }

    /** The first moment after a term, in the zone of the bureau. */
    public Instant until(Instant event, int days) {
        return last(day(event), days).plusDays(1).atStartOfDay(BureauTime.ZONE).toInstant();
    }

    /** Working days that are left of a term, today among them; 0 when it is over. */
    public int left(Instant now, Instant until) {
        if (!now.isBefore(until)) {
            return 0;
        }
        int left = 0;
        LocalDate end = day(until);
        for (LocalDate day = day(now); day.isBefore(end); day = day.plusDays(1)) {
            if (works(day)) {
                left++;
            }
        }
        return left;
    }

    /** The day that a moment lies in, in the zone of the bureau. */
    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, BureauTime.ZONE);
    }
}
