package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farwatch.benchmarks.process.House;
import org.farwatch.benchmarks.process.Processes;

/**
 * Processor time of recording 720p25 H.264 of about 2 Mb/s, bytes in to file, hash and index: the whole service fetches so
 * many streams over RTSP from loopback, keeps them ready for viewers and records them, beside {@link Remux} that copies
 * the same camera's packets into ten files in another process at the same time. Both are asked from outside for all
 * processor time, with compiler and collector, after a warm-up.
 */
public final class RecordingBenchmark {
    private static final Duration SETTLE = Duration.ofSeconds(10);
    /** Streams of the reference; of thirty that start one after another in one process the first ones stall. */
    private static final int REFERENCES = 10;

    private RecordingBenchmark() {}

    /**
     * Shares of one core, 0.01 is a hundredth.
     *
     * @param idle the service before there were streams
     * @param service the service with its streams, its idle share within
     * @param database PostgreSQL meanwhile, the recordings' index and all else
     * @param remux the reference
     * @param perStream {@code service / streams}
     * @param remuxPerStream {@code remux} / its ten streams
     * @param ratio {@code perStream / remuxPerStream}
     * @param megabits recorded by the service for each stream in a second, by the growth of its files
     * @param remuxMegabits the same by the reference
     */
    public record Result(
            int streams,
            double seconds,
            double idle,
            double service,
            double database,
            double remux,
            double perStream,
            double remuxPerStream,
            double ratio,
            double megabits,
            double remuxMegabits) {}

    /** @return none where there is no RTSP server */
    public static Optional<Result> run(int streams, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        Optional<ClockServer> cameras = ClockServer.start(1);
        if (cameras.isEmpty()) {
            return Optional.empty();
        }
        Path files = Files.createTempDirectory("farwatch-bench-remux");
        try (ClockServer server = cameras.get();
                House house = House.start()) {
            pause(SETTLE);
            long began = System.nanoTime();
            Duration before = Processes.cpu(house.process());
            pause(SETTLE);
            double idle = share(before, Processes.cpu(house.process()), began);
            for (int i = 0; i < streams; i++) {
                house.stream("camera " + i, server.url(1), true);
            }
            Process remux = new ProcessBuilder(Processes.java(
                            Remux.class.getName(), files.toString(), server.url(1), Integer.toString(REFERENCES)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (!"ready".equals(remux.inputReader().readLine())) {
                    throw new IOException("the reference did not start");
                }
                pause(warmUp);
                return Optional.of(measure(house, remux, files, streams, idle, measured));
            } finally {
                remux.outputWriter().close();
                Processes.end(remux);
            }
        } finally {
            House.delete(files);
        }
    }

    private static Result measure(House house, Process remux, Path files, int streams, double idle, Duration measured)
            throws IOException, InterruptedException {
        ProcessHandle database = house.database();
        long began = System.nanoTime();
        Duration serviceBefore = Processes.cpu(house.process());
        Duration databaseBefore = Processes.cpuOfFamily(database);
        Duration remuxBefore = Processes.cpu(remux.toHandle());
        long bytesBefore = House.bytes(house.recordings());
        long remuxBytesBefore = House.bytes(files);
        pause(measured);
        double service = share(serviceBefore, Processes.cpu(house.process()), began);
        double ofDatabase = share(databaseBefore, Processes.cpuOfFamily(database), began);
        double ofRemux = share(remuxBefore, Processes.cpu(remux.toHandle()), began);
        double seconds = (System.nanoTime() - began) / 1e9;
        double megabits = (House.bytes(house.recordings()) - bytesBefore) * 8e-6 / seconds / streams;
        double remuxMegabits = (House.bytes(files) - remuxBytesBefore) * 8e-6 / seconds / REFERENCES;
        if (remuxMegabits < 0.9 * megabits) {
            throw new IOException(String.format(
                    Locale.ROOT, "the reference broke off: %.2f of %.2f Mb/s a stream", remuxMegabits, megabits));
        }
        double remuxPerStream = ofRemux / REFERENCES;
        Result result = new Result(
                streams,
                seconds,
                idle,
                service,
                ofDatabase,
                ofRemux,
                service / streams,
                remuxPerStream,
                service / streams / remuxPerStream,
                megabits,
                remuxMegabits);
        System.out.printf(
                "recording %d streams of %.2f Mb/s for %.0f s: %.2f %% of a core each, remux %.2f %%, ratio %.2f,"
                        + " idle %.2f %% in all, database %.2f %% in all%n",
                streams,
                megabits,
                seconds,
                100 * result.perStream(),
                100 * result.remuxPerStream(),
                result.ratio(),
                100 * idle,
                100 * ofDatabase);
        return result;
    }

    private static double share(Duration before, Duration after, long began) {
        return (double) after.minus(before).toNanos() / (System.nanoTime() - began);
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
