package org.farwatch.api.telemetry;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;

/**
 * Writes a {@link PositionGroup} in one transaction: binary COPY straight into the keyed table; where an identity is
 * there already, once more through a staging table; where the database refuses a row, in halves until the row is found.
 * Owned by one writer thread, keeps one connection.
 */
final class PositionTable implements AutoCloseable {
    private static final String COPY_DIRECT = "copy position (" + CopyBuffer.COLUMNS + ") from stdin (format binary)";
    private static final String COPY_STAGING =
            "copy position_staging (" + CopyBuffer.COLUMNS + ") from stdin (format binary)";
    private static final String CREATE_STAGING =
            "create temp table position_staging (like position) on commit delete rows";
    private static final String FROM_STAGING = """
            insert into position select * from position_staging on conflict do nothing
            returning device_no, (extract(epoch from fix_time) * 1000)::bigint, body_hash""";
    private static final String SEALED = """
            insert into position_sealed (device_no, fix_time, body_hash, receive_time, officer_id, sealed, destroy_after)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";
    private static final String COPY_SUSPECT =
            "copy suspect_staging (" + CopyBuffer.COLUMNS + ") from stdin (format binary)";
    private static final String CREATE_SUSPECT_STAGING =
            "create temp table suspect_staging (like position_suspect) on commit delete rows";
    private static final String FROM_SUSPECT_STAGING =
            "insert into position_suspect select * from suspect_staging on conflict do nothing";
    private static final String REFUSED = """
            insert into position_refused (device_no, receive_time, reason, content)
            values (?, ?, ?, jsonb_build_object('fixTime', ?::text, 'longitude', ?::text, 'latitude', ?::text,
                'alarms', ?::int, 'status', ?::int, 'flags', ?::int))""";

    private final DataSource source;
    private final Partitions partitions;
    private final SealedPositions sealed;
    private final long sealedMillis;
    private final PositionJournal journal;
    private final CopyBuffer buffer = new CopyBuffer();
    private final DayMarks marks = new DayMarks();
    private Connection connection;

    PositionTable(
            DataSource source,
            Partitions partitions,
            SealedPositions sealed,
            TelemetrySettings settings,
            PositionJournal journal) {
        this.journal = journal;
        this.source = source;
        this.partitions = partitions;
        this.sealed = sealed;
        this.sealedMillis = settings.sealedFor().toMillis();
    }

    /**
     * Commits the whole group and sets what became of each row.
     *
     * @throws SQLException when the database is away: nothing of the group may be taken as stored, call again
     */
    void write(PositionGroup group) throws SQLException {
        ensurePartitions(group);
        try {
            write(group, 0, group.size(), true);
        } catch (SQLException e) {
            marks.undone();
            reset();
            throw e;
        }
    }

    @Override
    public void close() {
        reset();
    }

    private void ensurePartitions(PositionGroup group) throws SQLException {
        for (int i = 0; i < group.size(); i++) {
            long fixTime = group.batch(i).fixTime(group.row(i));
            if (group.result(i) == StoreResult.STORED && !partitions.has(fixTime)) {
                partitions.ensure(fixTime);
            }
        }
    }

    private void write(PositionGroup group, int from, int to, boolean direct) throws SQLException {
        Connection open = connection();
        try {
            marks.write(open, group, from, to);
            writeStored(open, group, from, to, direct);
            writeSuspect(open, group, from, to);
            writeSealed(open, group, from, to);
            writeJournal(open, group, from, to);
            open.commit();
            if (marks.tookTooLong()) {
                marks.write(open, group, from, to);
                open.commit();
            }
        } catch (SQLException e) {
            if (!isDataError(e)) {
                throw e;
            }
            open.rollback();
            marks.undone();
            if (direct) {
                write(group, from, to, false);
            } else if (to - from == 1) {
                refuse(open, group, from, e);
            } else {
                int middle = (from + to) >>> 1;
                write(group, from, middle, false);
                write(group, middle, to, false);
            }
        }
    }

    private void writeStored(Connection open, PositionGroup group, int from, int to, boolean direct)
            throws SQLException {
        int rows = fill(group, from, to, StoreResult.STORED);
        if (rows == 0) {
            return;
        }
        if (direct) {
            copy(open, COPY_DIRECT);
            return;
        }
        copy(open, COPY_STAGING);
        Set<Identity> inserted = HashSet.newHashSet(rows);
        try (Statement statement = open.createStatement();
                ResultSet keys = statement.executeQuery(FROM_STAGING)) {
            while (keys.next()) {
                inserted.add(new Identity(keys.getInt(1), keys.getLong(2), keys.getLong(3)));
            }
        }
        for (int i = from; i < to; i++) {
            if (group.result(i) == StoreResult.STORED && !inserted.contains(Identity.of(group, i))) {
                group.result(i, StoreResult.DUPLICATE);
            }
        }
    }

    private void writeSuspect(Connection open, PositionGroup group, int from, int to) throws SQLException {
        if (fill(group, from, to, StoreResult.SUSPECT) > 0) {
            copy(open, COPY_SUSPECT);
            try (Statement statement = open.createStatement()) {
                statement.executeUpdate(FROM_SUSPECT_STAGING);
            }
        }
    }

    private void writeSealed(Connection open, PositionGroup group, int from, int to) throws SQLException {
        int rows = 0;
        for (int i = from; i < to; i++) {
            rows += group.result(i) == StoreResult.SEALED ? 1 : 0;
        }
        if (rows == 0) {
            return;
        }
        try (PreparedStatement insert = open.prepareStatement(SEALED)) {
            for (int i = from; i < to; i++) {
                if (group.result(i) == StoreResult.SEALED) {
                    PositionBatch batch = group.batch(i);
                    int row = group.row(i);
                    insert.setInt(1, batch.device(row));
                    insert.setObject(2, utc(batch.fixTime(row)));
                    insert.setLong(3, batch.bodyHash(row));
                    insert.setObject(4, utc(batch.receiveTime(row)));
                    insert.setLong(5, group.holder(i));
                    insert.setBytes(6, sealed.seal(batch, row));
                    insert.setObject(7, utc(batch.receiveTime(row) + sealedMillis));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void writeJournal(Connection open, PositionGroup group, int from, int to) throws SQLException {
        List<PositionJournal.Stored> wanted = List.of();
        for (int i = from; i < to; i++) {
            PositionBatch batch = group.batch(i);
            int row = group.row(i);
            if (group.result(i) == StoreResult.STORED && journal.wants(batch.device(row))) {
                wanted = wanted.isEmpty() ? new ArrayList<>() : wanted;
                wanted.add(new PositionJournal.Stored(batch.device(row), batch.fixTime(row), batch.bodyHash(row)));
            }
        }
        if (!wanted.isEmpty()) {
            journal.write(open, wanted);
        }
    }

    private void refuse(Connection open, PositionGroup group, int index, SQLException reason) throws SQLException {
        PositionBatch batch = group.batch(index);
        int row = group.row(index);
        try (PreparedStatement insert = open.prepareStatement(REFUSED)) {
            insert.setInt(1, batch.device(row));
            insert.setObject(2, utc(batch.receiveTime(row)));
            insert.setString(3, reason.getMessage());
            insert.setString(4, Instant.ofEpochMilli(batch.fixTime(row)).toString());
            insert.setString(5, Double.toString(batch.longitude(row)));
            insert.setString(6, Double.toString(batch.latitude(row)));
            insert.setInt(7, batch.alarms(row));
            insert.setInt(8, batch.status(row));
            insert.setInt(9, batch.flags(row));
            insert.executeUpdate();
        }
        open.commit();
        group.result(index, StoreResult.REFUSED);
    }

    private int fill(PositionGroup group, int from, int to, StoreResult meant) {
        buffer.clear();
        int rows = 0;
        for (int i = from; i < to; i++) {
            if (group.result(i) == meant) {
                buffer.add(group.batch(i), group.row(i));
                rows++;
            }
        }
        buffer.finish();
        return rows;
    }

    private void copy(Connection open, String command) throws SQLException {
        CopyIn copy = open.unwrap(BaseConnection.class).getCopyAPI().copyIn(command);
        copy.writeToCopy(buffer.bytes(), 0, buffer.length());
        copy.endCopy();
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            // Taken over before it is prepared, so that a failure on the way closes it like any other.
            connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_STAGING);
                statement.execute(CREATE_SUSPECT_STAGING);
            }
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private void reset() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                // The connection is given up either way; the next one starts afresh.
                return;
            }
        }
    }

    /** Class 22 and 23: the content is at fault, so another try of the same content fails as well. */
    private static boolean isDataError(SQLException e) {
        SQLException cause =
                e instanceof BatchUpdateException && e.getNextException() != null ? e.getNextException() : e;
        String state = cause.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static Object utc(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
    }

    /** A position's identity, for comparing what was inserted with what was sent. */
    private record Identity(int device, long fixTime, long hash) {
        static Identity of(PositionGroup group, int index) {
            PositionBatch batch = group.batch(index);
            int row = group.row(index);
            return new Identity(batch.device(row), batch.fixTime(row), batch.bodyHash(row));
        }
    }
}
