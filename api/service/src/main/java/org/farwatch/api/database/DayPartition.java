package org.farwatch.api.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SortedSet;
import java.util.TreeSet;

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

    /** The days that have a table of their own, attached or left by a {@link #detach} that did not come to its end. */
    public static SortedSet<LocalDate> days(Connection connection, String table) throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r' and relname ~ ('^' || ? || '_[0-9]{8}$')""")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    days.add(LocalDate.parse(rows.getString(1).substring(table.length() + 1), SUFFIX));
                }
            }
        }
        return days;
    }

    /**
     * Takes the partition out of its table and leaves it as one of its own. Readers and writers go on meanwhile; those
     * that were at it before are waited for, as long as the connection's {@code statement_timeout} allows. When that ends
     * it, a later call goes on. Needs a connection that commits by itself.
     */
    public static void detach(Connection connection, String table, LocalDate day) throws SQLException {
        String name = name(table, day);
        boolean attached;
        boolean pending = false;
        try (PreparedStatement select = connection.prepareStatement("""
            select inhdetachpending from pg_inherits
            where inhparent = to_regclass(?) and inhrelid = to_regclass(?)""")) {
            select.setString(1, table);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
                attached = rows.next();
                if (attached) {
                    pending = rows.getBoolean(1);
                }
            }
        }
        if (attached) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter table " + Catalogue.quoted(table) + " detach partition "
                        + Catalogue.quoted(name) + (pending ? " finalize" : " concurrently"));
            }
        }
    }
}
