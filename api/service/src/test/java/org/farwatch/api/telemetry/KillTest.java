package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.Farwatch;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load: the service as a process of its own, terminals over real sockets. What a terminal was told is
 * stored must be in the table after the next start. {@code bin/kill-rounds} runs twenty rounds.
 */
class KillTest {
    private static final int TERMINALS = 40;
    private static final Duration REPORT = Duration.ofMillis(50);
    private static final Duration START = Duration.ofSeconds(90);
    private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;

    @TempDir
    private Path home;

    private final EventLoopGroup group = TerminalClient.newGroup(1);
    private final Map<String, Set<Long>> acknowledged = new ConcurrentHashMap<>();

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
        List<TerminalClient> terminals = new ArrayList<>();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Process process = start(port);
        try {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < TERMINALS; i++) {
                String phone = "1380000%04d".formatted(i);
                Set<Long> mine = acknowledged.computeIfAbsent(phone, _ -> ConcurrentHashMap.newKeySet());
                terminals.add(new TerminalClient(
                                group,
                                TerminalSettings.of(server, i % 2 == 0 ? Layout.V2013 : Layout.V2019, phone)
                                        .withDelays(
                                                Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofSeconds(1)),
                                (fixMillis, _) -> mine.add(fixMillis))
                        .start());
            }
            long first = System.currentTimeMillis() / 1000 * 1000 - 3_600_000;
            int[] second = {0};
            var load = timer.scheduleAtFixedRate(
                    () -> {
                        long fix = first + second[0]++ * 1000L;
                        terminals.forEach(terminal -> terminal.report(TerminalPosition.at(fix, 121.47, 31.23, 30, 90)));
                    },
                    0,
                    REPORT.toMillis(),
                    TimeUnit.MILLISECONDS);
            for (int round = 0; round < rounds; round++) {
                Victim victim = Victim.values()[round % 2];
                long before = total();
                await().atMost(START).until(() -> total() > before + ACKNOWLEDGED_BEFORE_KILL);
                kill(process, victim);
                process = start(port);
            }
            load.cancel(false);
            await().atMost(START).until(() -> terminals.stream().allMatch(terminal -> terminal.waiting() == 0));
            long missing = missing();
            System.out.printf(
                    "kill -9: %d rounds, %d positions acknowledged, %d of them not stored%n", rounds, total(), missing);
            assertThat(missing).as("acknowledged minus stored").isZero();
        } finally {
            timer.shutdownNow();
            terminals.forEach(TerminalClient::close);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private long total() {
        return acknowledged.values().stream().mapToLong(Set::size).sum();
    }

    /** Acknowledged fix times that the table does not have. */
    private long missing() throws SQLException, IOException {
        long missing = 0;
        String port = Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(home.resolve("keys/database")).strip();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", password);
                PreparedStatement select =
                        connection.prepareStatement("select (extract(epoch from fix_time) * 1000)::bigint from position"
                                + " join device on no = device_no where protocol_id = ?")) {
            for (Map.Entry<String, Set<Long>> terminal : acknowledged.entrySet()) {
                select.setString(1, terminal.getKey());
                Set<Long> lost = new HashSet<>(terminal.getValue());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        lost.remove(rows.getLong(1));
                    }
                }
                missing += lost.size();
            }
        }
        return missing;
    }

    private void kill(Process process, Victim victim) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                                .getFirst()
                                .strip()))
                .orElseThrow();
        if (victim == Victim.SERVICE_AND_POSTMASTER) {
            postmaster.destroyForcibly();
        }
        process.destroyForcibly().waitFor();
        if (victim == Victim.SERVICE_AND_POSTMASTER) {
            postmaster.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private Process start(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Farwatch.class.getName(),
                "serve");
        Map<String, String> environment = builder.environment();
        environment.put("FARWATCH_HOME", home.toString());
        environment.put("FARWATCH_HTTP_PORT", "0");
        environment.put("FARWATCH_MQTT_PORT", "0");
        environment.put("FARWATCH_JT809_PORT", "0");
        environment.put("FARWATCH_JT808_PORT", Integer.toString(port));
        environment.put("FARWATCH_DEVICES_SELFREGISTRATION", "true");
        environment.put("FARWATCH_ADMIN_PASSWORD", "kill-test-password");
        Path log = Files.createDirectories(Path.of("target", "kill-test")).resolve("service.log");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        await().atMost(START).until(() -> !process.isAlive() || accepts(port));
        assertThat(process.isAlive()).as("the service runs; its log is %s", log).isTrue();
        return process;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
