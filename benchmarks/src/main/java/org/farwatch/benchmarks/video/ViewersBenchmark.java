package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.farwatch.benchmarks.process.House;
import org.farwatch.benchmarks.process.Processes;

/**
 * What a viewer more costs the service: one 720p25 stream of 2 Mb/s, watched by nobody and by so many programs in turns,
 * and how many connections to the camera there are meanwhile.
 */
public final class ViewersBenchmark {
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private ViewersBenchmark() {}

    /**
     * Shares of one core, medians over the rounds.
     *
     * @param alone the service with the stream and no viewer
     * @param watched the same with all viewers
     * @param perViewer what one of them adds
     * @param upstreams connections to the camera while all watched
     * @param megabits that each viewer got in a second
     */
    public record Result(
            int viewers, int rounds, double alone, double watched, double perViewer, int upstreams, double megabits) {}

    /** @return none where there is no RTSP server */
    public static Optional<Result> run(int viewers, int rounds, Duration each)
            throws IOException, InterruptedException {
        Optional<ClockServer> cameras = ClockServer.start(1);
        if (cameras.isEmpty()) {
            return Optional.empty();
        }
        try (ClockServer server = cameras.get();
                House house = House.start()) {
            String stream = house.stream("watched", server.url(1), false);
            List<Double> alone = new ArrayList<>();
            List<Double> watched = new ArrayList<>();
            List<Double> more = new ArrayList<>();
            int upstreams = 0;
            double megabits = 0;
            // The first round warms the service up and does not count.
            for (int round = -1; round < rounds; round++) {
                TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                double without = share(house, each);
                Process programs = new ProcessBuilder(Processes.java(
                                Watching.class.getName(),
                                house.url(),
                                house.authorization(),
                                stream,
                                Integer.toString(viewers)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                try {
                    if (!"ready".equals(programs.inputReader().readLine())) {
                        throw new IOException("the viewers did not start");
                    }
                    TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                    double with = share(house, each);
                    upstreams = Math.max(
                            upstreams, connections(URI.create(server.url(1)).getPort()));
                    if (round >= 0) {
                        alone.add(without);
                        watched.add(with);
                        more.add((with - without) / viewers);
                    }
                    programs.outputWriter().close();
                    double bytes = Double.parseDouble(programs.inputReader().readLine());
                    megabits = bytes * 8e-6 / viewers;
                } finally {
                    Processes.end(programs);
                }
            }
            Result result = new Result(
                    viewers,
                    rounds,
                    Spread.of(alone).median(),
                    Spread.of(watched).median(),
                    Spread.of(more).median(),
                    upstreams,
                    megabits);
            System.out.printf(
                    Locale.ROOT,
                    "%d viewers of %.2f Mb/s: %.2f %% of a core without, %.2f %% with them, %.3f %% each, %d upstream%n",
                    viewers,
                    megabits,
                    100 * result.alone(),
                    100 * result.watched(),
                    100 * result.perViewer(),
                    upstreams);
            return Optional.of(result);
        }
    }

    private static double share(House house, Duration time) throws InterruptedException {
        long began = System.nanoTime();
        Duration before = Processes.cpu(house.process());
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        Duration spent = Processes.cpu(house.process()).minus(before);
        return (double) spent.toNanos() / (System.nanoTime() - began);
    }

    /** Established connections of this machine to a port of its own, as /proc/net lists them from the caller's side. */
    private static int connections(int port) throws IOException {
        String remote = String.format(Locale.ROOT, ":%04X", port);
        int found = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                found += (int) lines.map(line -> line.strip().split("\\s+"))
                        .filter(row -> row.length > 3 && row[2].endsWith(remote) && row[3].equals("01"))
                        .count();
            }
        }
        return found;
    }
}
