package org.farwatch.api.calendar;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /calendar-days}: holidays and weekends worked instead. They are of the whole district and everybody whose terms
 * they count may read them. A change moves no term that has begun.
 */
@RestController
@RequestMapping("/api/v1/calendar-days")
class CalendarController {
    private static final String SUBJECT = "calendar-day";
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final CalendarDays days;
    private final AuditLog audit;

    CalendarController(CalendarDays days, AuditLog audit) {
        this.days = days;
        this.audit = audit;
    }

    /**
     * @param version of the day that is changed, null for one that has no row yet
     * @param note which holiday, or what for
     */
    record Change(
            Integer version,
            @NotNull Boolean working,
            @NotBlank @Size(max = 100) String note) {}

    /** Those of one year, in order; none means that its holidays were not entered yet. */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Page<CalendarDays.Day> days(@RequestParam int year) {
        return Page.all(days.ofYear(year));
    }

    @PutMapping("/{day}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    CalendarDays.Day put(@PathVariable String day, @Valid @RequestBody Change change, Caller caller) {
        caller.scope().requireEverything("the calendar is changed");
        LocalDate date = date(day);
        Optional<CalendarDays.Day> before = days.find(date);
        if (!Objects.equals(
                change.version(), before.map(CalendarDays.Day::version).orElse(null))) {
            throw audit.conflict(
                    SUBJECT, day, before.map(CalendarDays.Day::version).orElse(0));
        }
        days.put(date, change.working(), change.note().strip(), caller.username());
        CalendarDays.Day after = days.find(date).orElseThrow();
        audit.record(caller, before.isEmpty() ? "create" : "change", SUBJECT, day, before.orElse(null), after);
        return after;
    }

    /** From then on the day is as its day of the week says. */
    @DeleteMapping("/{day}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void remove(@PathVariable String day, Caller caller) {
        caller.scope().requireEverything("the calendar is changed");
        LocalDate date = date(day);
        CalendarDays.Day before = days.find(date).orElseThrow(() -> Refusal.notFound(SUBJECT, day));
        days.remove(date);
        audit.record(caller, "delete", SUBJECT, day, before, null);
    }

    private static LocalDate date(String day) {
        try {
            if (DAY.matcher(day).matches()) {
                return LocalDate.parse(day);
            }
        } catch (DateTimeException e) {
            throw Refusal.notFound(SUBJECT, day);
        }
        throw Refusal.notFound(SUBJECT, day);
    }
}
