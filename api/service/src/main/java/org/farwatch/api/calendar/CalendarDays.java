package org.farwatch.api.calendar;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of announced days: some forty rows a year, read whenever a term is counted. */
@Component
public class CalendarDays {
    private static final String SELECT = "select day, working, note, changed_by, version from calendar_day";

    private final JdbcClient jdbc;

    CalendarDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A day that is not as its day of the week says.
     *
     * @param changedBy null for days that came with the service
     */
    record Day(LocalDate day, boolean working, String note, String changedBy, int version) {}

    /** The calendar as it is now. */
    public WorkCalendar calendar() {
        Map<LocalDate, Boolean> announced = new HashMap<>();
        jdbc.sql(SELECT).query(Day.class).list().forEach(day -> announced.put(day.day(), day.working()));
        return new WorkCalendar(announced);
    }

    List<Day> ofYear(int year) {
        return jdbc.sql(SELECT + " where extract(year from day) = :year order by day")
                .param("year", year)
                .query(Day.class)
                .list();
    }

    Optional<Day> find(LocalDate day) {
        return jdbc.sql(SELECT + " where day = :day for update")
                .param("day", day)
                .query(Day.class)
                .optional();
    }

    void put(LocalDate day, boolean working, String note, String by) {
        jdbc.sql("""
                insert into calendar_day (day, working, note, changed_by) values (:day, :working, :note, :by)
                on conflict (day) do update set working = excluded.working, note = excluded.note,
                    changed_by = excluded.changed_by, version = calendar_day.version + 1""")
                .param("day", day)
                .param("working", working)
                .param("note", note)
                .param("by", by)
                .update();
    }

    void remove(LocalDate day) {
        jdbc.sql("delete from calendar_day where day = :day").param("day", day).update();
    }
}
