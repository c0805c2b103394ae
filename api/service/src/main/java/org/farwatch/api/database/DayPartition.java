package org.farwatch.api.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One UTC day of a table that is partitioned by a timestamp: {@code <table>_<yyyymmdd>}. */
public final class DayPartition {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");

    private DayPartition() {}

    public static String name(String table, LocalDate day) {
        return table + "_" + SUFFIX.format(day);
    }

    /**
     * Makes the partition and attaches it. {@code CREATE ... PARTITION OF} would lock writers out of the parent; a table
     * that is attached afterwards does not.
     *
     * @throws SQLException when it is there already
     */
    public static void create(Connection connection, String table, LocalDate day) throws SQLException {
        String partition = Catalogue.quoted(name(table, day));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table " + partition + " (like " + Catalogue.quoted(table) + " including all)");
            statement.execute("alter table " + Catalogue.quoted(table) + " attach partition " + partition
                    + " for values from ('" + day.atStartOfDay().atOffset(ZoneOffset.UTC) + "') to ('"
                    + day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC) + "')");
        }
    }
}
