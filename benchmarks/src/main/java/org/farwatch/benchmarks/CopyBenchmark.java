package org.farwatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.farwatch.api.Home;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.database.EmbeddedDatabase;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.api.telemetry.TelemetrySettings;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.RowBudget;
import org.flywaydb.core.Flyway;

/**
 * Rows a second from {@link PositionBatch} to commit through the service's {@link PositionStore}, beside raw COPY of
 * bytes built beforehand: same rows, same keyed and partitioned table, same number of rows a commit, same number of
 * connections, an embedded PostgreSQL that syncs to disk.
 *
 * <p>Not a JMH benchmark: both sides are measured in turns, round by round, so that a noisy machine disturbs both alike
 * and the ratio can be trusted where the figures cannot. The table is emptied before each turn.
 */
final class CopyBenchmark {
    private static final TelemetrySettings DEFAULTS = new TelemetrySettings(
            2,
            RawCopy.GROUP_ROWS,
            RowBudget.DEFAULT_LIMIT,
            Duration.ofDays(400),
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofMinutes(15),
            10_000);

    private final DatabaseServer server;
    private final int rows;
    private final int rounds;
    private final RawCopy rawCopy;

    /**
     * Medians over the rounds.
     *
     * @param storeRowsPerSecond through {@link PositionStore}
     * @param rawRowsPerSecond raw COPY, committing as often
     * @param rawOneCommitRowsPerSecond raw COPY, one commit for all rows of a connection
     * @param ratio median of the rounds' {@code store / raw}
     */
    record Result(
            int connections,
            int rows,
            int rounds,
            int rowsPerCommit,
            double storeRowsPerSecond,
            double rawRowsPerSecond,
            double rawOneCommitRowsPerSecond,
            double ratio,
            List<Double> ratios) {}

    private CopyBenchmark(DatabaseServer server, int rows, int rounds) {
        this.server = server;
        this.rows = rows;
        this.rounds = rounds;
        rawCopy = new RawCopy(server);
    }

    /** Measures with 1 and 2 connections in a database that is made for it and thrown away. */
    static List<Result> run(int rows, int rounds) {
        Path folder;
        try {
            folder = Files.createTempDirectory("farwatch-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Home.open(folder), 0)) {
            DatabaseServer server = new DatabaseServer(database.url(), database.user(), database.password(), () -> {});
            Flyway.configure()
                    .dataSource(server.unpooled("bench"))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            openPartitions(server);
            CopyBenchmark benchmark = new CopyBenchmark(server, rows, rounds);
            List<Result> results = new ArrayList<>();
            for (int connections = 1; connections <= 2; connections++) {
                results.add(benchmark.measure(connections));
            }
            return results;
        } catch (SQLException e) {
            throw new IllegalStateException("the measurement failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            delete(folder);
        }
    }

    private Result measure(int connections) throws SQLException, InterruptedException {
        double[] store = new double[rounds];
        double[] raw = new double[rounds];
        double[] rawOneCommit = new double[rounds];
        List<Double> ratios = new ArrayList<>();
        // The first round warms up the compiler and the file system and does not count.
        for (int round = -1; round < rounds; round++) {
            double oneCommit = rate(connections, rawCopy.prepare(rows, connections, Integer.MAX_VALUE));
            double ofRaw = rate(connections, rawCopy.prepare(rows, connections, RawCopy.GROUP_ROWS));
            double ofStore = rate(connections, store(connections));
            if (round >= 0) {
                rawOneCommit[round] = oneCommit;
                raw[round] = ofRaw;
                store[round] = ofStore;
                ratios.add(ofStore / ofRaw);
                System.out.printf(
                        "copy, %d connection(s), round %d: store %,.0f rows/s, raw %,.0f, raw in one commit %,.0f,"
                                + " ratio %.2f%n",
                        connections, round + 1, ofStore, ofRaw, oneCommit, ofStore / ofRaw);
            }
        }
        return new Result(
                connections,
                rows,
                rounds,
                DEFAULTS.groupRows(),
                median(store),
                median(raw),
                median(rawOneCommit),
                median(ratios.stream().mapToDouble(Double::doubleValue).toArray()),
                ratios);
    }

    private double rate(int connections, RawCopy.Turn turn) throws SQLException, InterruptedException {
        long before = rawCopy.stored();
        long start = System.nanoTime();
        turn.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (before != 0 || rawCopy.stored() != rows) {
            throw new IllegalStateException("%d rows were stored over %d connections, %d were sent"
                    .formatted(rawCopy.stored(), connections, rows));
        }
        return rows / seconds;
    }

    /** Batches of the default size go in as fast as the budget for rows in flight lets them. */
    private RawCopy.Turn store(int connections) throws SQLException, InterruptedException {
        List<PositionBatch> batches = rawCopy.batches(PositionBatch.DEFAULT_ROWS, rows);
        PositionStore store = new PositionStore(
                server.unpooled("store"),
                new TelemetrySettings(
                        connections,
                        DEFAULTS.groupRows(),
                        DEFAULTS.rowsInFlight(),
                        DEFAULTS.keep(),
                        DEFAULTS.ahead(),
                        DEFAULTS.sealedFor(),
                        DEFAULTS.dutyMargin(),
                        DEFAULTS.undecodedRows()),
                "A".repeat(43),
                (_, _) -> OffDutyRule.KEEP,
                List.of(),
                Clock.systemUTC());
        // Opens the writers' connections, as those of raw COPY are open before they are timed.
        PositionBatch first = rawCopy.batches(connections, connections).getFirst();
        CountDownLatch opened = new CountDownLatch(1);
        store.accept(first, _ -> opened.countDown());
        opened.await();
        rawCopy.empty();
        return () -> {
            RowBudget budget = new RowBudget(DEFAULTS.rowsInFlight());
            CountDownLatch done = new CountDownLatch(batches.size());
            for (PositionBatch batch : batches) {
                if (!budget.take(batch.size())) {
                    CountDownLatch room = new CountDownLatch(1);
                    budget.whenRoom(room::countDown);
                    room.await();
                }
                store.accept(batch, finished -> {
                    budget.give(finished.size());
                    done.countDown();
                });
            }
            done.await();
            if (store.count(StoreResult.STORED) != rows + connections) {
                throw new IllegalStateException("only " + store.count(StoreResult.STORED) + " rows were stored");
            }
            store.close();
        };
    }

    /** Opens the day's partition, so that no turn pays for it. */
    private static void openPartitions(DatabaseServer server) throws SQLException {
        new PositionStore(
                        server.unpooled("partitions"),
                        DEFAULTS,
                        "A".repeat(43),
                        (_, _) -> OffDutyRule.KEEP,
                        List.of(),
                        Clock.systemUTC())
                .close();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void delete(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
