package org.farwatch.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.benchmarks.RawCopy;
import org.farwatch.benchmarks.process.House;
import org.farwatch.benchmarks.process.Processes;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.Layout;

/**
 * Terminals on a whole service, everything on this machine: how many positions a second come from sockets into the
 * table, how long an acknowledgement takes, and what very many terminals cost that only say that they are there.
 */
public final class LoadBenchmark {
    private static final int TERMINALS = 1_000;
    private static final int WINDOW = 64;
    private static final int RATE = 10_000;
    private static final int CROWD = 15_000;
    private static final int CONNECTIONS = 2;
    private static final int COMMITS = 300;
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(3);

    /**
     * Sockets to committed rows, by 0x0200 alone, as fast as they are answered.
     *
     * @param perSecond median of the rounds
     * @param rawPerSecond raw COPY of as many rows a commit into the same table, in turns, median
     * @param ratio median of the rounds' ratios
     * @param acknowledged of all rounds, and as many were found in the table
     */
    public record Throughput(
            int terminals,
            double perSecond,
            double rawPerSecond,
            double ratio,
            List<Double> ratios,
            long acknowledged) {}

    /**
     * From the writing of a position to the reading of its answer, milliseconds.
     *
     * @param commitMillis median of a commit of one row over one connection, without other load: what the disk takes
     * @param commitP99Millis of the same
     */
    public record Acknowledgement(
            int perSecond,
            double median,
            double p99,
            double p999,
            double longest,
            double commitMillis,
            double commitP99Millis) {}

    /**
     * Terminals that send a heartbeat each 30 seconds; from its writing to the reading of its answer, milliseconds: the
     * delays of both event loops are in it.
     *
     * @param heapMib of the service, after a collection
     * @param heapLimitMib that it was given
     */
    public record Crowd(
            int terminals,
            long heartbeats,
            double median,
            double p99,
            double longest,
            long heapMib,
            long heapLimitMib) {}

    /** All of it. */
    public record Result(Throughput throughput, Acknowledgement acknowledgement, Crowd crowd) {}

    private final House house;
    private final InetSocketAddress server;
    private final DatabaseServer database;
    private final boolean quick;
    private long start = Load.start();
    private long firstPhone = 13_900_000_000L;

    private LoadBenchmark(House house, int port, boolean quick) throws IOException {
        this.house = house;
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.database = house.databaseServer();
        this.quick = quick;
    }

    /** Measures on a service that is started for it; in full some five minutes. */
    public static Result run(boolean quick) throws IOException, InterruptedException {
        int port = SteadyPort.free();
        try (House house = House.start(
                Map.of("FARWATCH_JT808_PORT", Integer.toString(port), "FARWATCH_DEVICES_SELFREGISTRATION", "true"))) {
            LoadBenchmark benchmark = new LoadBenchmark(house, port, quick);
            return new Result(benchmark.throughput(), benchmark.acknowledgement(), benchmark.crowd());
        } catch (SQLException e) {
            throw new IllegalStateException("the measurement failed", e);
        }
    }

    private Throughput throughput() throws SQLException, IOException, InterruptedException {
        RawCopy raw = new RawCopy(database);
        int rounds = quick ? 2 : 5;
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        double[] ratios = new double[rounds];
        long acknowledged = 0;
        // The first round warms up and does not count.
        for (int round = -1; round < rounds; round++) {
            double rawRate = raw.rate(quick ? 500_000 : 2_000_000, CONNECTIONS);
            raw.empty();
            LoadResult result = run(plan(TERMINALS, 0, Duration.ofSeconds(quick ? 8 : 15)), true);
            System.out.printf(
                    "load, round %d: %,.0f positions/s from sockets into the table, raw COPY %,.0f rows/s, ratio %.2f%n",
                    round + 1, result.perSecond(), rawRate, result.perSecond() / rawRate);
            if (round >= 0) {
                ours[round] = result.perSecond();
                theirs[round] = rawRate;
                ratios[round] = result.perSecond() / rawRate;
                acknowledged += result.acknowledged();
            }
            raw.empty();
        }
        return new Throughput(
                TERMINALS,
                median(ours),
                median(theirs),
                median(ratios),
                Arrays.stream(ratios).boxed().toList(),
                acknowledged);
    }

    private Acknowledgement acknowledgement() throws SQLException, IOException, InterruptedException {
        double[] commits = commits();
        // After the rounds before it the service is warm, the pace is new.
        run(plan(TERMINALS, RATE, Duration.ofSeconds(10)), false);
        LoadResult result = run(plan(TERMINALS, RATE, Duration.ofSeconds(quick ? 10 : 60)), true);
        return new Acknowledgement(
                RATE,
                result.p50Millis(),
                result.p99Millis(),
                result.p999Millis(),
                result.longestMillis(),
                median(commits),
                commits[commits.length * 99 / 100]);
    }

    private Crowd crowd() throws SQLException, IOException, InterruptedException {
        firstPhone += TERMINALS;
        LoadPlan plan = plan(CROWD, -1, Duration.ofSeconds(quick ? 35 : 95));
        try (Fleet fleet = new Fleet(plan, 1)) {
            LoadResult result = fleet.run();
            if (result.acknowledged() != result.sent() || result.connects() != CROWD) {
                throw new IllegalStateException("not every heartbeat was answered: " + result);
            }
            // While all of them are still connected.
            return new Crowd(
                    CROWD,
                    result.acknowledged(),
                    result.p50Millis(),
                    result.p99Millis(),
                    result.longestMillis(),
                    Processes.heapAfterCollection(house.process()) / MEBIBYTE,
                    House.HEAP_MIB);
        }
    }

    private LoadPlan plan(int terminals, int rate, Duration duration) {
        start += BETWEEN_ROUNDS.toMillis();
        return new LoadPlan(
                server,
                terminals,
                List.of(Layout.V2013, Layout.V2019),
                rate,
                WINDOW,
                HEARTBEAT,
                0,
                duration,
                firstPhone,
                start);
    }

    private LoadResult run(LoadPlan plan, boolean lookedUp) throws SQLException, InterruptedException {
        try (Fleet fleet = new Fleet(plan, 1);
                Connection connection = database.unpooled("bench").getConnection()) {
            LoadResult result = fleet.run();
            if (lookedUp) {
                long stored = fleet.stored(connection);
                if (stored != result.acknowledged() || result.acknowledged() != result.sent()) {
                    throw new IllegalStateException("%d positions are stored: %s".formatted(stored, result));
                }
            }
            return result;
        }
    }

    /** Sorted milliseconds of commits that each wait for the disk. */
    private double[] commits() throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (Connection connection = database.unpooled("bench").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_commit (n int)");
            for (int i = 0; i < COMMITS; i++) {
                long began = System.nanoTime();
                statement.execute("insert into bench_commit values (1)");
                millis.add((System.nanoTime() - began) / 1e6);
            }
            statement.execute("drop table bench_commit");
        }
        return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
