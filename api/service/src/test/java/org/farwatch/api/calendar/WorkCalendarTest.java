package org.farwatch.api.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {
    private static final WorkCalendar PLAIN = new WorkCalendar(Map.of());

    @Test
    void aTermBeginsOnTheDayAfterAndLeavesOutTheWeekend() {
        LocalDate friday = LocalDate.parse("2026-11-20");
        assertThat(PLAIN.last(friday, 1)).isEqualTo("2026-11-23");
        assertThat(PLAIN.last(friday, 3)).isEqualTo("2026-11-25");
        assertThat(PLAIN.last(LocalDate.parse("2026-11-22"), 5)).isEqualTo("2026-11-27");
    }

    @Test
    void aTermEndsWithTheDayOfTheBureauAndNotOfGreenwich() {
        // 23:30 and 00:30 in Shanghai are two days, though one in UTC.
        assertThat(PLAIN.until(Instant.parse("2026-11-23T15:30:00Z"), 1)).isEqualTo("2026-11-24T16:00:00Z");
        assertThat(PLAIN.until(Instant.parse("2026-11-23T16:30:00Z"), 1)).isEqualTo("2026-11-25T16:00:00Z");
    }

    @Test
    void holidaysAreLeftOutAndWeekendsThatAreWorkedCount() {
        WorkCalendar announced =
                new WorkCalendar(Map.of(LocalDate.parse("2026-11-23"), false, LocalDate.parse("2026-11-28"), true));
        assertThat(announced.last(LocalDate.parse("2026-11-20"), 5)).isEqualTo("2026-11-28");
    }

    @Test
    void holidaysOfAFixedDateNeedNoAnnouncement() {
        assertThat(PLAIN.works(LocalDate.parse("2031-01-01"))).isFalse();
        assertThat(PLAIN.works(LocalDate.parse("2031-05-01"))).isFalse();
        assertThat(PLAIN.works(LocalDate.parse("2031-10-03"))).isFalse();
        assertThat(PLAIN.works(LocalDate.parse("2031-10-06"))).isTrue();
        assertThat(new WorkCalendar(Map.of(LocalDate.parse("2031-01-01"), true)).works(LocalDate.parse("2031-01-01")))
                .as("what is announced goes before")
                .isTrue();
    }

    @Test
    void whatIsLeftCountsTodayAndIsNothingAfterwards() {
        Instant until = PLAIN.until(Instant.parse("2026-11-20T02:00:00Z"), 3);
        assertThat(PLAIN.left(Instant.parse("2026-11-20T02:00:00Z"), until)).isEqualTo(4);
        assertThat(PLAIN.left(Instant.parse("2026-11-22T02:00:00Z"), until)).isEqualTo(3);
        assertThat(PLAIN.left(Instant.parse("2026-11-25T15:59:59Z"), until)).isEqualTo(1);
        assertThat(PLAIN.left(until, until)).isZero();
    }

    @Test
    void aTermOfNoDaysIsNone() {
        assertThatThrownBy(() -> PLAIN.last(LocalDate.parse("2026-11-20"), 0)).hasMessageContaining("at least one");
    }

    /** 国务院办公厅 2026: National Day from the 1st to the 7th, the 10th worked for it. */
    @Test
    void theServiceKnowsTheHolidaysOf2026() {
        WorkCalendar calendar = RunningService.shared().bean(CalendarDays.class).calendar();
        assertThat(calendar.last(LocalDate.parse("2026-09-30"), 1)).isEqualTo("2026-10-08");
        assertThat(calendar.last(LocalDate.parse("2026-10-08"), 2)).isEqualTo("2026-10-10");
        assertThat(calendar.last(LocalDate.parse("2026-02-13"), 2)).isEqualTo("2026-02-24");
    }
}
