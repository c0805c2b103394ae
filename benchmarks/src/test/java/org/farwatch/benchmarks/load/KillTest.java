package org.farwatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.Layout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load: the service as a process of its own, terminals over real sockets. What a terminal was told is
 * stored must be in the table after the next start, and what it was not told it sends again over a new connection until
 * it is. {@code bin/kill-rounds} runs twenty rounds.
 */
class KillTest {
    private static final int TERMINALS = 200;
    private static final int POSITIONS_A_SECOND = 4_000;
    private static final int WINDOW = 64;
    /** Of the connections in a minute that break besides. */
    private static final double LOSS = 0.5;

    private static final int HEAP_MEGABYTES = 512;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 10_000;
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path home;

    /** What dies: the service alone, its PostgreSQL living on, or both. */
    private enum Victim {
        SERVICE,
        SERVICE_AND_POSTMASTER
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServiceOrItsDatabaseDies() throws Exception {
        rounds(2);
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsLostInTwentyRounds() throws Exception {
        rounds(20);
    }

    private void rounds(int rounds) throws Exception {
        int port = SteadyPort.free();
        LoadPlan plan = new LoadPlan(
                ServiceProcess.address(port),
                TERMINALS,
                List.of(Layout.values()),
                POSITIONS_A_SECOND,
                WINDOW,
                Duration.ofSeconds(30),
                LOSS,
                Duration.ofDays(1),
                13_800_000_000L,
                Load.start());
        ServiceProcess service = start(port);
        try (Fleet fleet = new Fleet(plan, 1)) {
            fleet.start();
            for (int round = 0; round < rounds; round++) {
                long before = fleet.acknowledged();
                await().atMost(SOON).until(() -> fleet.acknowledged() > before + ACKNOWLEDGED_BEFORE_KILL);
                kill(service, Victim.values()[round % 2]);
                service = start(port);
            }
            LoadResult result = fleet.finish(SOON);
            long stored;
            try (Connection table = Load.database(home)) {
                stored = fleet.stored(table);
            }
            System.out.printf(
                    "kill -9: %d rounds, %d positions sent in %d messages over %d connections, %d acknowledged, %d of"
                            + " them not stored%n",
                    rounds,
                    result.positions(),
                    result.sent(),
                    result.connects(),
                    result.acknowledged(),
                    result.acknowledged() - stored);
            assertThat(result.acknowledged() - stored)
                    .as("acknowledged minus stored")
                    .isZero();
            assertThat(result.acknowledged()).as("acknowledged of those sent").isEqualTo(result.positions());
            assertThat(result.connects()).isGreaterThanOrEqualTo((rounds + 1) * (long) TERMINALS);
        } finally {
            service.close();
        }
    }

    private void kill(ServiceProcess service, Victim victim) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                                .getFirst()
                                .strip()))
                .orElseThrow();
        if (victim == Victim.SERVICE_AND_POSTMASTER) {
            postmaster.destroyForcibly();
        }
        service.kill();
        if (victim == Victim.SERVICE_AND_POSTMASTER) {
            postmaster.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private ServiceProcess start(int port) throws IOException {
        return ServiceProcess.start("kill-test", home, port, HEAP_MEGABYTES, Map.of());
    }
}
