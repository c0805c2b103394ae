package org.farwatch.api.quotas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.BureauTime;

/** What a quota is owed for: whole calendar periods of the bureau, weeks from Monday. */
enum Period {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    HALF_YEAR,
    YEAR;

    /**
     * One period.
     *
     * @param first day of it
     * @param after the first day that is not in it
     */
    record Span(LocalDate first, LocalDate after) {
        int days() {
            return (int) ChronoUnit.DAYS.between(first, after);
        }

        /** Which day of the period it is, from 1. */
        int day(LocalDate today) {
            return (int) ChronoUnit.DAYS.between(first, today) + 1;
        }

        Instant from() {
            return first.atStartOfDay(BureauTime.ZONE).toInstant();
        }

        /** Excluded. */
        Instant to() {
            return after.atStartOfDay(BureauTime.ZONE).toInstant();
        }
    }

    Span of(LocalDate day) {
        return switch (this) {
            case DAY -> new Span(day, day.plusDays(1));
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Span(monday, monday.plusWeeks(1));
            }
            case MONTH -> months(day, 1);
            case QUARTER -> months(day, 3);
            case HALF_YEAR -> months(day, 6);
            case YEAR -> months(day, 12);
        };
    }

    private static Span months(LocalDate day, int length) {
        LocalDate first = day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / length * length + 1);
        return new Span(first, first.plusMonths(length));
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static Period of(String label) {
        return Flow.read(Period.class, label);
    }
}
