package org.farwatch.api.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.Test;

/** The administrator enters the holidays of a year and corrects them. */
class CalendarDaysTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final String DAY = "/api/v1/calendar-days/2033-02-01";
    private static final LocalDate TUESDAY = LocalDate.parse("2033-02-01");

    @Test
    void aDayIsEnteredCorrectedByItsVersionAndRemovedAndTermsFollow() {
        assertThat(SERVICE.get("/api/v1/calendar-days?year=2033")
                        .body()
                        .path("items")
                        .size())
                .isZero();
        RunningService.Answer made = put(Map.of("working", false, "note", "春节"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(calendar().works(TUESDAY)).isFalse();
        assertThat(SERVICE.get("/api/v1/calendar-days?year=2033")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);

        RunningService.Answer blind = put(Map.of("working", true, "note", "调休"));
        assertThat(blind.status()).isEqualTo(409);
        assertThat(blind.body().path("changedBy").asString()).isEqualTo("admin");
        assertThat(put(Map.of("working", true, "note", "调休", "version", 1)).status())
                .isEqualTo(200);
        assertThat(calendar().works(TUESDAY)).isTrue();

        assertThat(SERVICE.call("DELETE", DAY, null).status()).isEqualTo(204);
        assertThat(SERVICE.call("DELETE", DAY, null).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoDayIsNotFoundAndWhatIsIncompleteIsNamed() {
        Map<String, Object> day = Map.of("working", false, "note", "春节");
        assertThat(SERVICE.call("PUT", "/api/v1/calendar-days/2033-02-30", day).status())
                .isEqualTo(404);
        assertThat(put(Map.of("note", "春节")).body().path("detail").asString()).contains("working");
    }

    @Test
    void anAdministratorOfSomeSquadsChangesNoCalendarOfTheDistrict() {
        People people = new People(SERVICE);
        People.Person limited = people.with(Set.of(Role.ADMINISTRATOR), Set.of(people.squad()));
        assertThat(people.call(limited, "PUT", DAY, Map.of("working", false, "note", "春节"))
                        .status())
                .isEqualTo(403);
    }

    private static RunningService.Answer put(Map<String, Object> day) {
        return SERVICE.call("PUT", DAY, day);
    }

    private static WorkCalendar calendar() {
        return SERVICE.bean(CalendarDays.class).calendar();
    }
}
