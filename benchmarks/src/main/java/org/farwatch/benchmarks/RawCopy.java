package org.farwatch.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.telemetry.CopyBuffer;
import org.farwatch.geo.PositionBatch;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;

/**
 * What the database takes at best: binary COPY of bytes built beforehand into the keyed, partitioned table of positions,
 * rows shared out to the connections by device as the service does. Not for several threads.
 */
public final class RawCopy {
    /** Rows a commit: the service's default. */
    static final int GROUP_ROWS = 4096;

    private static final int DEVICES = 2_000;
    private static final int ITEM_BYTES = 16;

    private final DatabaseServer server;
    private long identity;

    public RawCopy(DatabaseServer server) {
        this.server = server;
    }

    /**
     * Rows a second into the emptied table, which has them afterwards; the day's partition must be there.
     *
     * @throws IllegalStateException when the table has not all of them
     */
    public double rate(int rows, int connections) throws SQLException, InterruptedException {
        Turn turn = prepare(rows, connections, GROUP_ROWS);
        long start = System.nanoTime();
        turn.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (stored() != rows) {
            throw new IllegalStateException("%d rows were stored, %d were sent".formatted(stored(), rows));
        }
        return rows / seconds;
    }

    /** Something to be timed; what it needs was made before. */
    @FunctionalInterface
    interface Turn {
        void run() throws SQLException, InterruptedException;
    }

    /** Empties the table, builds the bytes, opens the connections. */
    Turn prepare(int rows, int connections, int perCommit) throws SQLException {
        empty();
        List<List<CopyBuffer>> work = new ArrayList<>();
        for (int share = 0; share < connections; share++) {
            work.add(new ArrayList<>());
        }
        int[] filled = new int[connections];
        for (PositionBatch batch : batches(PositionBatch.DEFAULT_ROWS, rows)) {
            for (int row = 0; row < batch.size(); row++) {
                int share = batch.device(row) % connections;
                List<CopyBuffer> buffers = work.get(share);
                if (buffers.isEmpty() || filled[share] == perCommit) {
                    buffers.add(new CopyBuffer());
                    filled[share] = 0;
                }
                buffers.getLast().add(batch, row);
                filled[share]++;
            }
        }
        work.forEach(buffers -> buffers.forEach(CopyBuffer::finish));
        List<Connection> open = new ArrayList<>();
        for (int share = 0; share < connections; share++) {
            Connection connection = server.unpooled("raw").getConnection();
            connection.setAutoCommit(false);
            open.add(connection);
        }
        return () -> {
            List<Thread> threads = new ArrayList<>();
            for (int share = 0; share < connections; share++) {
                Connection connection = open.get(share);
                List<CopyBuffer> buffers = work.get(share);
                threads.add(Thread.ofPlatform().start(() -> copy(connection, buffers)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        };
    }

    private static void copy(Connection connection, List<CopyBuffer> buffers) {
        try (connection) {
            for (CopyBuffer buffer : buffers) {
                CopyIn copy = connection
                        .unwrap(BaseConnection.class)
                        .getCopyAPI()
                        .copyIn("copy position (" + CopyBuffer.COLUMNS + ") from stdin (format binary)");
                copy.writeToCopy(buffer.bytes(), 0, buffer.length());
                copy.endCopy();
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("raw COPY failed", e);
        }
    }

    /** New identities on the present day, devices in turn, as event loops mix them. */
    List<PositionBatch> batches(int size, int count) {
        long now = System.currentTimeMillis();
        List<PositionBatch> batches = new ArrayList<>();
        for (int made = 0; made < count; ) {
            PositionBatch batch = new PositionBatch(Math.min(size, count - made));
            while (!batch.isFull()) {
                long number = identity++;
                int row = batch.append(
                        1 + made % DEVICES, now - made / DEVICES * 1000L, now, number * 0x9E3779B97F4A7C15L);
                batch.place(row, 121.4 + made % 1000 * 1e-5, 31.2 + made % 777 * 1e-5);
                batch.motion(row, 4, 12.5f, made % 360);
                batch.state(row, 0, 3);
                batch.reserveItems(ITEM_BYTES);
                made++;
            }
            batches.add(batch);
        }
        return batches;
    }

    long stored() throws SQLException {
        try (Connection connection = server.unpooled("bench").getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from position")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Without a row and without pages to write. */
    public void empty() throws SQLException {
        try (Connection connection = server.unpooled("bench").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate position");
            statement.execute("checkpoint");
        }
    }
}
