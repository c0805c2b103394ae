package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farwatch.benchmarks.process.House;
import org.farwatch.benchmarks.process.Processes;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;

/**
 * A crowd of 720p25 streams of 2 Mb/s recorded at once, over real sockets: whether a picture is missing, whether a
 * recording breaks off, whether memory grows; and then, in turn, the same cameras by one {@code ffmpeg -c copy} process
 * for each stream.
 */
public final class CrowdBenchmark {
    private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
    private static final double RATE = 25;

    private CrowdBenchmark() {}

    /**
     * @param seconds measured, behind the warm-up
     * @param perStream share of a core, the service
     * @param runs recording runs, one for each stream when none broke off
     * @param pictures that the finished segments hold
     * @param expected of a camera of 25 a second in their time
     * @param residentBefore bytes of memory at the begin of the measured time, and {@code residentAfter} at its end
     * @param heapBefore in use after a full collection, and {@code heapAfter}
     * @param ffmpegPerStream share of a core, 0 where there is no ffmpeg
     * @param ffmpegResident bytes of memory of one process, without what they share
     */
    public record Result(
            int streams,
            double seconds,
            double perStream,
            long runs,
            long pictures,
            long expected,
            long residentBefore,
            long residentAfter,
            long heapBefore,
            long heapAfter,
            double ffmpegPerStream,
            long ffmpegResident) {}

    /** @return none where there is no RTSP server */
    public static Optional<Result> run(int streams, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        Optional<ClockServer> cameras = ClockServer.start(1);
        if (cameras.isEmpty()) {
            return Optional.empty();
        }
        try (ClockServer server = cameras.get()) {
            Result ours = ours(server, streams, warmUp, measured);
            Result both = Files.isExecutable(FFMPEG) ? withFfmpeg(ours, server, warmUp, measured.dividedBy(4)) : ours;
            System.out.printf(
                    Locale.ROOT,
                    "%d streams for %.0f s: %.2f %% of a core each, %d runs, %d of %d pictures, resident %d to %d MB,"
                            + " heap %d to %d MB; ffmpeg %.2f %% and %d MB each%n",
                    streams,
                    both.seconds(),
                    100 * both.perStream(),
                    both.runs(),
                    both.pictures(),
                    both.expected(),
                    both.residentBefore() >> 20,
                    both.residentAfter() >> 20,
                    both.heapBefore() >> 20,
                    both.heapAfter() >> 20,
                    100 * both.ffmpegPerStream(),
                    both.ffmpegResident() >> 20);
            return Optional.of(both);
        }
    }

    private static Result ours(ClockServer server, int streams, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        try (House house = House.start()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                ids.add(house.stream("camera " + i, server.url(1), true));
            }
            TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
            long heapBefore = Processes.heapAfterCollection(house.process());
            long residentBefore = Processes.resident(house.process());
            long began = System.nanoTime();
            Duration before = Processes.cpu(house.process());
            TimeUnit.NANOSECONDS.sleep(measured.toNanos());
            Duration spent = Processes.cpu(house.process()).minus(before);
            double seconds = (System.nanoTime() - began) / 1e9;
            long residentAfter = Processes.resident(house.process());
            long heapAfter = Processes.heapAfterCollection(house.process());
            Recordings recordings = new Recordings(house.recordings());
            long runs = 0;
            long pictures = 0;
            long millis = 0;
            for (String id : ids) {
                List<Sidecar> segments = recordings.sidecars(id, 0, Integer.MAX_VALUE);
                runs += segments.stream().mapToLong(Sidecar::run).distinct().count();
                pictures += segments.stream().mapToLong(Sidecar::frames).sum();
                millis += segments.stream()
                        .mapToLong(one -> one.end() - one.start())
                        .sum();
            }
            return new Result(
                    streams,
                    seconds,
                    spent.toNanos() / 1e9 / seconds / streams,
                    runs,
                    pictures,
                    Math.round(millis * RATE / 1_000),
                    residentBefore,
                    residentAfter,
                    heapBefore,
                    heapAfter,
                    0,
                    0);
        }
    }

    private static Result withFfmpeg(Result ours, ClockServer server, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("farwatch-bench-ffmpeg");
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < ours.streams(); i++) {
                processes.add(new ProcessBuilder(
                                FFMPEG.toString(),
                                "-nostdin",
                                "-loglevel",
                                "error",
                                "-rtsp_transport",
                                "tcp",
                                "-i",
                                server.url(1),
                                "-c",
                                "copy",
                                "-f",
                                "mp4",
                                "-movflags",
                                "frag_keyframe+empty_moov",
                                files.resolve(i + ".mp4").toString())
                        .inheritIO()
                        .start());
            }
            TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
            long began = System.nanoTime();
            Duration before = cpu(processes);
            TimeUnit.NANOSECONDS.sleep(measured.toNanos());
            Duration spent = cpu(processes).minus(before);
            double seconds = (System.nanoTime() - began) / 1e9;
            long alive = processes.stream().filter(Process::isAlive).count();
            if (alive < processes.size()) {
                throw new IOException((processes.size() - alive) + " of the ffmpeg processes ended");
            }
            long resident = 0;
            for (Process process : processes) {
                resident += Processes.unshared(process.toHandle());
            }
            return new Result(
                    ours.streams(),
                    ours.seconds(),
                    ours.perStream(),
                    ours.runs(),
                    ours.pictures(),
                    ours.expected(),
                    ours.residentBefore(),
                    ours.residentAfter(),
                    ours.heapBefore(),
                    ours.heapAfter(),
                    spent.toNanos() / 1e9 / seconds / ours.streams(),
                    resident / ours.streams());
        } finally {
            processes.forEach(Process::destroyForcibly);
            for (Process process : processes) {
                process.waitFor();
            }
            House.delete(files);
        }
    }

    private static Duration cpu(List<Process> processes) {
        return processes.stream()
                .map(process -> Processes.cpu(process.toHandle()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
