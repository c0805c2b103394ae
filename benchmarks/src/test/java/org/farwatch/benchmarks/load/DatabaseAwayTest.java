package org.farwatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.api.Home;
import org.farwatch.api.database.EmbeddedDatabase;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.Layout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database goes away under load: the service as a process of its own with a small heap, terminals over real sockets
 * that go on sending and reconnecting. {@code bin/outage} runs five minutes of it.
 */
class DatabaseAwayTest {
    private static final int TERMINALS = 200;
    private static final int POSITIONS_A_SECOND = 10_000;
    /** As many as there can be, four times the rows that the service may have in flight. */
    private static final int WINDOW = 1024;
    /** In a minute every connection breaks once, and its terminal sends anew what was not acknowledged. */
    private static final double LOSS = 1;

    private static final int HEAP_MEGABYTES = 256;
    private static final long MEGABYTE = 1 << 20;
    /** How long nothing must have been read to say that reading has stopped; a second's load is more than it lets in. */
    private static final Duration STILL = Duration.ofSeconds(2);

    private static final long HEAP_MAY_GROW = 8 * MEGABYTE;
    private static final long PROCESS_MAY_GROW = 64 * MEGABYTE;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void twentySecondsWithoutADatabaseLoseNothingAndGrowNothing() throws Exception {
        away(Duration.ofSeconds(20));
    }

    @Test
    @Tag("slow")
    void fiveMinutesWithoutADatabaseLoseNothingAndGrowNothing() throws Exception {
        away(Duration.ofMinutes(5));
    }

    private void away(Duration outage) throws Exception {
        int port = SteadyPort.free();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Home.open(folder.resolve("database")), 0);
                CutLine line = new CutLine(address(database));
                ServiceProcess service = ServiceProcess.start(
                        "database-away", folder.resolve("service"), port, HEAP_MEGABYTES, through(line, database));
                Fleet fleet = new Fleet(plan(port), 1);
                Connection table = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            fleet.start();
            await().atMost(SOON).until(() -> fleet.acknowledged() > 5 * POSITIONS_A_SECOND);
            line.cut();

            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(STILL).atMost(SOON).until(() -> {
                long now = service.figure("farwatch.jt808.frames");
                return before.getAndSet(now) == now;
            });
            long acknowledged = fleet.acknowledged();
            long read = service.figure("farwatch.jt808.frames");
            long waiting = service.figure("farwatch.rows.in-flight");
            long heap = service.heap();
            long resident = service.resident();
            await().pollInterval(Duration.ofSeconds(1))
                    .during(outage)
                    .atMost(outage.plus(SOON))
                    .failFast("something was read or acknowledged", () -> {
                        assertThat(service.figure("farwatch.rows.in-flight")).isEqualTo(waiting);
                        assertThat(fleet.acknowledged()).isEqualTo(acknowledged);
                        assertThat(service.figure("farwatch.jt808.frames")).isEqualTo(read);
                    })
                    .until(() -> true);
            assertThat(service.scraped()).contains("farwatch_rows_in_flight ");
            assertThat(waiting).isBetween(1L, service.figure("farwatch.rows.limit"));
            long heapAfter = service.heap();
            long residentAfter = service.resident();
            assertThat(fleet.stored(table)).as("stored of those acknowledged").isEqualTo(acknowledged);
            assertThat(heapAfter - heap).as("growth of the heap").isLessThan(HEAP_MAY_GROW);
            assertThat(residentAfter - resident).as("growth of the process").isLessThan(PROCESS_MAY_GROW);

            line.mend();
            await().atMost(SOON).until(() -> fleet.acknowledged() > acknowledged + 5 * POSITIONS_A_SECOND);
            LoadResult result = fleet.finish(SOON);
            long stored = fleet.stored(table);
            System.out.printf(
                    "database away for %s: %d acknowledged before; %d rows waited (limit %d), heap %d -> %d MB, process"
                            + " %d -> %d MB; %d connections broken; %d positions sent, %d acknowledged, %d stored%n",
                    outage,
                    acknowledged,
                    waiting,
                    service.figure("farwatch.rows.limit"),
                    heap / MEGABYTE,
                    heapAfter / MEGABYTE,
                    resident / MEGABYTE,
                    residentAfter / MEGABYTE,
                    result.broken(),
                    result.positions(),
                    result.acknowledged(),
                    stored);
            assertThat(result.acknowledged()).isEqualTo(result.positions());
            assertThat(stored).isEqualTo(result.positions());
            assertThat(result.refused()).isZero();
            await().until(() -> service.figure("farwatch.rows.in-flight") == 0);
        }
    }

    private static LoadPlan plan(int port) {
        return new LoadPlan(
                ServiceProcess.address(port),
                TERMINALS,
                List.of(Layout.values()),
                POSITIONS_A_SECOND,
                WINDOW,
                Duration.ofSeconds(30),
                LOSS,
                Duration.ofDays(1),
                13_900_000_000L,
                Load.start());
    }

    private static InetSocketAddress address(EmbeddedDatabase database) {
        URI address = URI.create(database.url().substring("jdbc:".length()));
        return new InetSocketAddress(address.getHost(), address.getPort());
    }

    private static Map<String, String> through(CutLine line, EmbeddedDatabase database) {
        return Map.of(
                "FARWATCH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres",
                "FARWATCH_DATABASE_USER", database.user(),
                "FARWATCH_DATABASE_PASSWORD", database.password());
    }
}
