package org.farwatch.api.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the schema {@code public} consists of, read from PostgreSQL's catalogues. One thread, one connection. */
final class Catalogue {
    private static final String HISTORY = "flyway_schema_history";
    private static final Pattern RANGE = Pattern.compile("RANGE \\((\\w+)\\)");

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Version of the newest migration that was applied; empty when Farwatch never used this database. */
    Optional<String> schemaVersion() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select to_regclass('public." + HISTORY + "') is not null")) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            try (ResultSet rows = statement.executeQuery("select version from " + HISTORY
                    + " where success and version is not null order by installed_rank desc limit 1")) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Whether there is any table that no extension owns. */
    boolean isEmpty() throws SQLException {
        return tableNames(true).isEmpty();
    }

    /**
     * All tables but Flyway's and single partitions, with the columns that can be written, a table after those that its
     * foreign keys point to.
     */
    Map<String, List<String>> tables() throws SQLException {
        Map<String, Set<String>> waitsFor = references();
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        Set<String> left = tableNames(false);
        while (!left.isEmpty()) {
            List<String> ready = left.stream()
                    .filter(table -> waitsFor.getOrDefault(table, Set.of()).stream()
                            .noneMatch(other -> !other.equals(table) && left.contains(other)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException(
                        "foreign keys form a circle among " + left + "; an archive could not be loaded in any order");
            }
            for (String table : ready) {
                ordered.put(table, columns(table));
                left.remove(table);
            }
        }
        return ordered;
    }

    /** Where the identity columns stand now. */
    List<Manifest.Sequence> sequences() throws SQLException {
        List<Manifest.Sequence> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            Map<String, String[]> owners = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery("""
                    select format('%I.%I', n.nspname, s.relname), t.relname, a.attname
                    from pg_class s
                    join pg_namespace n on n.oid = s.relnamespace and n.nspname = 'public'
                    join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid
                        and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
                    join pg_class t on t.oid = d.refobjid and not t.relispartition
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
                    where s.relkind = 'S' order by t.relname, a.attname""")) {
                while (rows.next()) {
                    owners.put(rows.getString(1), new String[] {rows.getString(2), rows.getString(3)});
                }
            }
            for (Map.Entry<String, String[]> owner : owners.entrySet()) {
                try (ResultSet rows = statement.executeQuery("select last_value, is_called from " + owner.getKey())) {
                    rows.next();
                    sequences.add(new Manifest.Sequence(
                            owner.getValue()[0], owner.getValue()[1], rows.getLong(1), rows.getBoolean(2)));
                }
            }
        }
        return sequences;
    }

    /** The column by whose ranges a table is natively partitioned; empty for an ordinary table and a hypertable. */
    Optional<String> partitionColumn(String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select pg_get_partkeydef(c.oid) from pg_class c
                where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace and c.relname = ?""")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Matcher range = RANGE.matcher(rows.getString(1));
                if (!range.matches()) {
                    throw new IllegalStateException(table + " is partitioned by " + rows.getString(1)
                            + "; only ranges of one column can be restored");
                }
                return Optional.of(range.group(1));
            }
        }
    }

    /** The name as SQL wants it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Column names as SQL wants them in a list. */
    static String list(List<String> columns) {
        return String.join(", ", columns.stream().map(Catalogue::quoted).toList());
    }

    private Set<String> tableNames(boolean withHistory) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                            and not c.relispartition
                            and not exists (select from pg_depend d
                                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')""")) {
            while (rows.next()) {
                if (withHistory || !rows.getString(1).equals(HISTORY)) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = 'public'::regnamespace and c.relname = ?
                    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by a.attnum""")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    private Map<String, Set<String>> references() throws SQLException {
        Map<String, Set<String>> references = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select t.relname, o.relname from pg_constraint k
                        join pg_class t on t.oid = k.conrelid
                        join pg_class o on o.oid = k.confrelid
                        where k.contype = 'f' and t.relnamespace = 'public'::regnamespace""")) {
            while (rows.next()) {
                references
                        .computeIfAbsent(rows.getString(1), _ -> new TreeSet<>())
                        .add(rows.getString(2));
            }
        }
        return references;
    }
}
