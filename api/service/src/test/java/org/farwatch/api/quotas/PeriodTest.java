package org.farwatch.api.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.farwatch.api.quotas.Period.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "day, 2026-11-22, 2026-11-22, 2026-11-23",
        "week, 2026-11-22, 2026-11-16, 2026-11-23",
        "week, 2026-11-23, 2026-11-23, 2026-11-30",
        "week, 2027-01-02, 2026-12-28, 2027-01-04",
        "month, 2028-02-29, 2028-02-01, 2028-03-01",
        "quarter, 2026-12-31, 2026-10-01, 2027-01-01",
        "quarter, 2026-03-31, 2026-01-01, 2026-04-01",
        "half-year, 2026-06-30, 2026-01-01, 2026-07-01",
        "half-year, 2026-07-31, 2026-07-01, 2027-01-01",
        "year, 2026-12-31, 2026-01-01, 2027-01-01",
    })
    void isAWholeOneOfTheCalendar(String period, LocalDate day, LocalDate first, LocalDate after) {
        assertThat(Period.of(period).of(day)).isEqualTo(new Span(first, after));
    }

    @Test
    void daysBeginAtMidnightInBeijing() {
        Span november = Period.MONTH.of(LocalDate.parse("2026-11-22"));
        assertThat(november.from()).isEqualTo(Instant.parse("2026-10-31T16:00:00Z"));
        assertThat(november.to()).isEqualTo(Instant.parse("2026-11-30T16:00:00Z"));
        assertThat(november.day(LocalDate.parse("2026-11-01"))).isEqualTo(1);
        assertThat(november.day(LocalDate.parse("2026-11-30"))).isEqualTo(november.days());
    }
}
