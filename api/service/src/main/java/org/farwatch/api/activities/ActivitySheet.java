package org.farwatch.api.activities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;

/** The sheet on which activities are sent: its columns, by their titles in any order, and its cells by their places. */
final class ActivitySheet {
    private static final int MOST = 5_000;
    private static final Pattern OF_STAGE = Pattern.compile("stages\\[(\\d+)].*\\.([a-zA-Z]+)");

    private ActivitySheet() {}

    /** A column, and the field of an activity or stage that it becomes. */
    enum Column {
        NUMBER("编号", "externalId"),
        SQUAD("中队", "squadId"),
        KIND("类别", "kind"),
        TITLE("标题", "title"),
        PLACE("地点", "place"),
        CASE("案号", "caseNo"),
        OFFICERS("执法人员", "officerIds"),
        FROM("活动开始", "from"),
        TO("活动结束", "to"),
        STAGE("环节", "name"),
        STAGE_FROM("环节开始", "from"),
        STAGE_TO("环节结束", "to"),
        REQUIRED("应录", "mustRecord");

        /** Those that say something of the whole activity. */
        static final Set<Column> OF_ACTIVITY = EnumSet.range(NUMBER, TO);

        private final String title;
        private final String field;

        Column(String title, String field) {
            this.title = title;
            this.field = field;
        }

        String title() {
            return title;
        }
    }

    record Cell(int row, Column column, String text) {
        /** 400 that says where it is. */
        Refusal refused(String rule) {
            return Refusal.field("row " + row + ", " + column.title, rule + "; was \"" + text + "\"");
        }
    }

    /** @param number of the row, as the spreadsheet counts it */
    record Line(int number, Map<Column, String> texts) {
        Cell cell(Column column) {
            return new Cell(number, column, texts.getOrDefault(column, ""));
        }
    }

    /** @throws Refusal 400 for a file that is none, has no lines or lacks a column */
    static List<Line> read(byte[] file) {
        List<CsvRows.Row> rows = CsvRows.read(file);
        if (rows.size() < 2 || rows.size() > MOST) {
            throw Refusal.field("file", "must have a line of titles and 1 to " + (MOST - 1) + " lines below");
        }
        List<Column> columns = columns(rows.getFirst());
        List<Line> lines = new ArrayList<>();
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            lines.add(line(row, columns));
        }
        return lines;
    }

    /** Where a field of an activity stands whose stages these lines are. */
    static Cell cell(String field, List<Line> lines) {
        Matcher stage = OF_STAGE.matcher(field);
        if (stage.matches()) {
            return lines.get(Integer.parseInt(stage.group(1)))
                    .cell(of(stage.group(2), EnumSet.complementOf(EnumSet.copyOf(Column.OF_ACTIVITY))));
        }
        return lines.getFirst().cell(of(field.replaceAll("[\\[.].*", ""), Column.OF_ACTIVITY));
    }

    private static Column of(String field, Set<Column> columns) {
        return columns.stream()
                .filter(column -> column.field.equals(field))
                .findFirst()
                .orElse(Column.NUMBER);
    }

    private static List<Column> columns(CsvRows.Row titles) {
        List<Column> columns = new ArrayList<>();
        for (String title : titles.cells()) {
            Column known = Arrays.stream(Column.values())
                    .filter(column -> column.title.equals(title.strip()))
                    .findFirst()
                    .orElseThrow(
                            () -> Refusal.field("file", "has a column \"" + title + "\" that is not of the template"));
            if (columns.contains(known)) {
                throw Refusal.field("file", "has the column " + title + " twice");
            }
            columns.add(known);
        }
        for (Column column : Column.values()) {
            if (!columns.contains(column)) {
                throw Refusal.field("file", "lacks the column " + column.title);
            }
        }
        return columns;
    }

    private static Line line(CsvRows.Row row, List<Column> columns) {
        Map<Column, String> texts = new EnumMap<>(Column.class);
        for (int i = 0; i < row.cells().size(); i++) {
            String text = row.cells().get(i).strip();
            if (i < columns.size()) {
                texts.put(columns.get(i), text);
            } else if (!text.isEmpty()) {
                throw Refusal.field("row " + row.number(), "has more cells than there are titles: \"" + text + "\"");
            }
        }
        Line line = new Line(row.number(), texts);
        for (Column column : columns) {
            if (!Texts.storable(line.cell(column).text())) {
                throw line.cell(column).refused("must not hold U+0000");
            }
        }
        if (line.cell(Column.NUMBER).text().isEmpty()) {
            throw line.cell(Column.NUMBER).refused("must say which activity the line is of");
        }
        return line;
    }
}
