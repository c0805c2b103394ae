package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt808.ItemDetails;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.farwatch.ingest.jt808.LocationItems;
import org.farwatch.ingest.jt808.LocationStatus;
import org.springframework.stereotype.Repository;

/**
 * Reads a device's positions in the order of their fix times, suspect ones among them. Streams: memory does not grow
 * with the range.
 */
@Repository
class PositionReader {
    private static final int FETCH = 2_000;
    private static final byte[] NO_ITEMS = {};
    private static final String COLUMNS = "fix_time, body_hash, receive_time, longitude, latitude, altitude, speed,"
            + " heading, accuracy, alarms, status, flags, items";
    private static final String WHERE =
            " where device_no = ? and fix_time >= ? and fix_time < ?" + " and (fix_time, body_hash) > (?, ?)";
    private static final String SELECT = "select " + COLUMNS + " from position" + WHERE + " union all select " + COLUMNS
            + " from position_suspect" + WHERE + " order by fix_time, body_hash limit ?";

    private final DataSource source;

    PositionReader(DataSource source) {
        this.source = source;
    }

    /** Where to go on: the last row given. */
    record After(Instant fixTime, long hash) {
        static final After NOTHING = new After(Instant.EPOCH, Long.MIN_VALUE);
    }

    /** Receives one position; the second argument says where a next part would go on. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void position(Position position, After place) throws E;
    }

    /**
     * Gives the positions with fix time in [from, to) that come after a place, at most {@code limit}.
     *
     * @throws E what the visitor throws
     */
    <E extends Exception> void read(
            RegisteredDevice device, Instant from, Instant to, After after, int limit, Visitor<E> visitor) throws E {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setFetchSize(FETCH);
                int index = 1;
                for (int table = 0; table < 2; table++) {
                    select.setInt(index++, device.known().no());
                    select.setObject(index++, from.atOffset(ZoneOffset.UTC));
                    select.setObject(index++, to.atOffset(ZoneOffset.UTC));
                    select.setObject(index++, after.fixTime().atOffset(ZoneOffset.UTC));
                    select.setLong(index++, after.hash());
                }
                select.setInt(index, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Position position = read(rows, device);
                        visitor.position(position, new After(position.fixTime(), rows.getLong("body_hash")));
                    }
                }
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("positions cannot be read: " + e.getMessage(), e);
        }
    }

    private static Position read(ResultSet row, RegisteredDevice device) throws SQLException {
        int flags = row.getInt("flags");
        int status = row.getInt("status");
        byte[] stored = row.getBytes("items");
        byte[] items = stored == null ? NO_ITEMS : stored;
        Protocol protocol = device.known().protocol();
        boolean terminal = protocol == Protocol.JT808 || protocol == Protocol.JT809;
        long satellites = Items.unsigned(items, 0, items.length, Items.SATELLITES);
        long mileage = Items.unsigned(items, 0, items.length, Items.MILEAGE);
        Map<String, String> extras = LocationItems.extras(items, 0, items.length);
        Map<String, Object> details = terminal ? ItemDetails.of(items, 0, items.length) : Map.of();
        List<String> alarms = LocationAlarm.labels(row.getInt("alarms"));
        return new Position(
                device.known().id(),
                row.getTimestamp("fix_time").toInstant(),
                row.getTimestamp("receive_time").toInstant(),
                number(row, "longitude"),
                number(row, "latitude"),
                single(row, "altitude"),
                single(row, "speed"),
                single(row, "heading"),
                single(row, "accuracy"),
                satellites < 0 ? null : (int) satellites,
                mileage < 0 ? null : mileage / 10.0,
                (flags & LiveBoard.MOVES_NOTHING) == 0,
                PositionFlag.BUFFERED.in(flags),
                PositionFlag.labels(flags),
                alarms,
                terminal ? LocationStatus.of(status) : null,
                extras.isEmpty() ? null : extras,
                details.isEmpty() ? null : details);
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static Float single(ResultSet row, String column) throws SQLException {
        float value = row.getFloat(column);
        return row.wasNull() ? null : value;
    }
}
