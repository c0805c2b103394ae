package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is different where {@code position} is a hypertable of TimescaleDB (2.11 or newer): chunks older than a week are
 * compressed, a device's rows together, and go by {@code drop_chunks} (TimescaleDB reference, "Compression" and
 * "drop_chunks"). There is no retention policy of its own: what is deleted has to be counted. Figures by day are read by
 * {@link DeviceDays} as everywhere: a continuous aggregate knows neither jitter nor stops.
 */
final class Hypertable {
    /** Drops the chunks that end by {@code :end}; locks those alone. */
    static final String DROP = "select drop_chunks('position', older_than => :end::timestamptz)";

    private Hypertable() {}

    /** Switches compression on unless it is. Late positions go into compressed chunks too. */
    static void compress(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean compressed;
            try (ResultSet rows = statement.executeQuery("""
                    select compression_enabled from timescaledb_information.hypertables
                    where hypertable_name = 'position'""")) {
                compressed = rows.next() && rows.getBoolean(1);
            }
            if (!compressed) {
                statement.execute("""
                        alter table position set (timescaledb.compress, timescaledb.compress_segmentby = 'device_no',
                            timescaledb.compress_orderby = 'fix_time, body_hash')""");
                statement.execute("""
                        select add_compression_policy('position', compress_after => interval '7 days',
                            if_not_exists => true)""");
            }
        }
    }

    /** The UTC days that have a chunk. */
    static SortedSet<LocalDate> days(Connection connection) throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select (range_start at time zone 'UTC')::date from timescaledb_information.chunks
                        where hypertable_name = 'position'""")) {
            while (rows.next()) {
                days.add(rows.getObject(1, LocalDate.class));
            }
        }
        return days;
    }
}
