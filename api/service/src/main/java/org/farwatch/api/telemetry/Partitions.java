package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.farwatch.api.database.DayPartition;

/**
 * Daily partitions of {@code position}, made before a row needs them and never locking the parent against writers.
 * Where {@code position} is a TimescaleDB hypertable there is nothing to do. Safe for use by many threads.
 */
final class Partitions {
    private static final String TABLE = "position";
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int DAYS_AHEAD = 2;

    private final DataSource source;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private volatile boolean partitioned = true;

    Partitions(DataSource source) {
        this.source = source;
    }

    /** Reads what there is and makes yesterday to the day after tomorrow. */
    void open(long nowMillis) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("select relkind = 'p' from pg_class where oid = 'position'::regclass")) {
                rows.next();
                partitioned = rows.getBoolean(1);
            }
            if (!partitioned) {
                Hypertable.compress(connection);
            }
        }
        long today = Math.floorDiv(nowMillis, DAY_MILLIS);
        for (long day = today - 1; day <= today + DAYS_AHEAD; day++) {
            ensureDay(day);
        }
    }

    /** Whether the day of this fix time is known to have its partition; no database call. */
    boolean has(long fixMillis) {
        return !partitioned || known.contains(Math.floorDiv(fixMillis, DAY_MILLIS));
    }

    /** Makes the partition of this fix time's day unless it is there. */
    void ensure(long fixMillis) throws SQLException {
        ensureDay(Math.floorDiv(fixMillis, DAY_MILLIS));
    }

    private void ensureDay(long epochDay) throws SQLException {
        if (!partitioned || known.contains(epochDay)) {
            return;
        }
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // One maker at a time, also across services.
                statement.execute("select pg_advisory_xact_lock(hashtext('farwatch.partitions'))");
                boolean absent;
                try (ResultSet rows =
                        statement.executeQuery("select to_regclass('" + DayPartition.name(TABLE, day) + "') is null")) {
                    rows.next();
                    absent = rows.getBoolean(1);
                }
                if (absent) {
                    DayPartition.create(connection, TABLE, day);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        known.add(epochDay);
    }
}
