package org.farwatch.api.activities;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.activities.ActivitySheet.Cell;
import org.farwatch.api.activities.ActivitySheet.Column;
import org.farwatch.api.activities.ActivitySheet.Line;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Activities from a CSV file: a line for each stage, lines of one number are one activity. What a number was given before
 * is not entered again. Belongs to the caller's transaction: one bad cell and nothing is taken.
 */
@Component
class ActivityImport {
    /** As written here and as spreadsheets make it of that. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("y-M-d H:m[:s]", Locale.ROOT);

    private static final String EXAMPLE = """
            2026-0001,执法一中队,查封扣押（暂扣物品）,暂扣占道经营物品,示范路 1 号,案 2026-0001,X001、X002,2026-11-20 09:00,2026-11-20 09:40,告知,2026-11-20 09:00,2026-11-20 09:10,是
            2026-0001,,,,,,,,,清点,2026-11-20 09:10,2026-11-20 09:25,是
            2026-0001,,,,,,,,,查封扣押,2026-11-20 09:25,2026-11-20 09:40,是
            """;

    private final JdbcClient jdbc;
    private final ActivityKinds kinds;
    private final Activities activities;
    private final Validator validator;

    ActivityImport(JdbcClient jdbc, ActivityKinds kinds, Activities activities, Validator validator) {
        this.jdbc = jdbc;
        this.kinds = kinds;
        this.activities = activities;
        this.validator = validator;
    }

    /** @param unchanged activities that had been sent before, as they are now */
    record Imported(int created, int unchanged) {}

    static String template() {
        return "\ufeff"
                + Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(","))
                + "\r\n"
                + EXAMPLE.replace("\n", "\r\n");
    }

    /** @throws Refusal 400 naming row, column, value and rule */
    Imported take(byte[] file, Caller caller) {
        Map<String, List<Line>> byNumber = ActivitySheet.read(file).stream()
                .collect(Collectors.groupingBy(
                        line -> line.cell(Column.NUMBER).text(), LinkedHashMap::new, Collectors.toList()));
        Names names = new Names(caller.scope(), byNumber.values());
        List<NewActivity> wanted = new ArrayList<>();
        byNumber.values().forEach(lines -> wanted.add(activity(lines, names)));
        int created = 0;
        int i = 0;
        for (List<Line> lines : byNumber.values()) {
            try {
                created += activities.enter(wanted.get(i++), "csv", caller).made() ? 1 : 0;
            } catch (Refusal refusal) {
                throw placed(refusal, lines);
            }
        }
        return new Imported(created, byNumber.size() - created);
    }

    private NewActivity activity(List<Line> lines, Names names) {
        Line first = lines.getFirst();
        for (Line line : lines) {
            for (Column column : Column.OF_ACTIVITY) {
                String said = line.cell(column).text();
                if (!said.isEmpty() && !said.equals(first.cell(column).text())) {
                    throw line.cell(column)
                            .refused("must be empty or the same as in row " + first.number() + ", \""
                                    + first.cell(column).text() + "\"");
                }
            }
        }
        NewActivity wanted = new NewActivity(
                names.squad(first.cell(Column.SQUAD)),
                names.kind(first.cell(Column.KIND)),
                first.cell(Column.TITLE).text(),
                first.cell(Column.PLACE).text(),
                first.cell(Column.CASE).text(),
                first.cell(Column.NUMBER).text(),
                time(first.cell(Column.FROM)),
                time(first.cell(Column.TO)),
                names.officers(first.cell(Column.OFFICERS)),
                lines.stream()
                        .map(line -> new NewActivity.NewStage(
                                null,
                                line.cell(Column.STAGE).text(),
                                time(line.cell(Column.STAGE_FROM)),
                                time(line.cell(Column.STAGE_TO)),
                                yes(line.cell(Column.REQUIRED))))
                        .toList());
        for (ConstraintViolation<NewActivity> wrong : validator.validate(wanted)) {
            throw placed(Refusal.field(wrong.getPropertyPath().toString(), wrong.getMessage()), lines);
        }
        return wanted;
    }

    /** The same refusal, said of the cell that the field came from. */
    private static Refusal placed(Refusal refusal, List<Line> lines) {
        if (refusal.extras().get("errors") instanceof List<?> errors
                && errors.getFirst() instanceof Refusal.FieldError(String field, String rule)) {
            return ActivitySheet.cell(field, lines).refused(rule);
        }
        return refusal;
    }

    private static Instant time(Cell cell) {
        try {
            return LocalDateTime.parse(cell.text().replace('/', '-').replace('T', ' '), TIME)
                    .atZone(BureauTime.ZONE)
                    .toInstant();
        } catch (DateTimeException e) {
            throw cell.refused("must be a time such as 2026-11-20 09:00");
        }
    }

    private static Boolean yes(Cell cell) {
        return switch (cell.text()) {
            case "", "是" -> true;
            case "否" -> false;
            default -> throw cell.refused("must be 是 or 否");
        };
    }

    /** Ids by the names that people use. */
    private final class Names {
        private final Map<String, String> squads;
        private final Map<String, String> officers;
        private final List<ActivityKind> known = kinds.all();

        Names(DataScope scope, Collection<List<Line>> all) {
            Set<String> numbers = all.stream()
                    .flatMap(lines -> split(lines.getFirst().cell(Column.OFFICERS)).stream())
                    .collect(Collectors.toSet());
            squads = ids("select name, id from squad where :everything or id = any(:squads)", scope, Set.of());
            officers = ids("""
                    select number, id from officer
                    where (:everything or squad_id = any(:squads)) and number = any(:names)""", scope, numbers);
        }

        private Map<String, String> ids(String sql, DataScope scope, Set<String> wanted) {
            return jdbc
                    .sql(sql)
                    .param("everything", scope.everything())
                    .param("squads", scope.squadArray())
                    .param("names", wanted.toArray(String[]::new))
                    .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        String squad(Cell cell) {
            if (!cell.text().isEmpty() && !squads.containsKey(cell.text())) {
                throw cell.refused("names no squad of yours");
            }
            return squads.get(cell.text());
        }

        String kind(Cell cell) {
            return known.stream()
                    .filter(kind -> kind.zh().equals(cell.text()) || kind.code().equals(cell.text()))
                    .findFirst()
                    .orElseThrow(() -> cell.refused("must be one of "
                            + known.stream().map(ActivityKind::zh).collect(Collectors.joining("、"))))
                    .code();
        }

        List<String> officers(Cell cell) {
            List<String> ids = new ArrayList<>();
            for (String number : split(cell)) {
                if (!officers.containsKey(number)) {
                    throw cell.refused("names no officer of yours by the number " + number);
                }
                ids.add(officers.get(number));
            }
            return ids;
        }

        private static List<String> split(Cell cell) {
            return Arrays.stream(cell.text().split("[、；;，,\\s]+"))
                    .filter(number -> !number.isEmpty())
                    .toList();
        }
    }
}
