package org.farwatch.benchmarks.load;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.farwatch.ingest.jt808.Layout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts a load of terminals on a running service: for whoever has to size a machine. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Connect terminals to a JT/T 808 port, send positions, and account for every answer."
                + " The service must let unknown terminals in (FARWATCH_DEVICES_SELFREGISTRATION=true).")
public final class Load implements Callable<Integer> {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int LOST = 1;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Where the service listens.")
    private String host;

    @Option(names = "--port", defaultValue = "7611", description = "Its JT/T 808 port.")
    private int port;

    @Option(names = "--terminals", defaultValue = "1000", description = "How many, each with its own connection.")
    private int terminals;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Positions a second of all together; 0: as fast as they are answered; -1: heartbeats only.")
    private int rate;

    @Option(names = "--window", defaultValue = "64", description = "Positions that a terminal sends before an answer.")
    private int window;

    @Option(names = "--seconds", defaultValue = "30", description = "How long.")
    private int seconds;

    @Option(
            names = "--versions",
            split = ",",
            defaultValue = "2011,2013,2019",
            description = "Versions of the protocol, in turns.")
    private List<String> versions;

    @Option(names = "--loss", defaultValue = "0", description = "Share of connections that break in a minute, 0 to 1.")
    private double loss;

    @Option(names = "--first-phone", defaultValue = "13900000000", description = "Of the first terminal.")
    private long firstPhone;

    @Option(names = "--threads", defaultValue = "1", description = "That drive the terminals.")
    private int threads;

    @Option(
            names = "--home",
            description = "FARWATCH_HOME of a service on this machine with its embedded database:"
                    + " what was acknowledged is looked up in its table.")
    private Path home;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Load()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        LoadPlan plan = new LoadPlan(
                new InetSocketAddress(host, port),
                terminals,
                versions.stream().map(Load::layout).toList(),
                rate,
                window,
                HEARTBEAT,
                loss,
                Duration.ofSeconds(seconds),
                firstPhone,
                start());
        try (Fleet fleet = new Fleet(plan, threads)) {
            LoadResult result = fleet.run();
            if (home != null && !plan.heartbeatsOnly()) {
                try (Connection database = database(home)) {
                    result = result.withStored(fleet.stored(database));
                }
            }
            System.out.println(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(result));
            return result.stored() >= 0 && result.stored() < result.acknowledged() ? LOST : 0;
        }
    }

    /** Far enough back that no position lies ahead of the clock; whole seconds, as terminals have. */
    static long start() {
        return (System.currentTimeMillis() / 1000 - Duration.ofDays(2).toSeconds()) * 1000;
    }

    private static Layout layout(String version) {
        return Arrays.stream(Layout.values())
                .filter(each -> each.label().equals(version.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "versions must be of 2011, 2013, 2019, was " + version.toLowerCase(Locale.ROOT)));
    }

    /** The embedded database of a home. */
    static Connection database(Path home) throws Exception {
        String port = Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(home.resolve("keys/database")).strip();
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", password);
    }
}
