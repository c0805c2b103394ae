package org.farwatch.benchmarks.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.farwatch.benchmarks.process.House;
import org.farwatch.benchmarks.process.Processes;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.DiskGuard;
import org.farwatch.ingest.record.GapCause;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.RecorderSettings;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.SegmentSink;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.simulator.SceneEncoder;

/**
 * {@code farwatch verify} on a recording beside {@code sha256sum} of coreutils on the same segment files, both as
 * processes from their start to their end, in turns, the files in the system's cache. {@code openssl dgst -sha256}, which
 * uses the processor's SHA instructions where there are any, is measured beside them where it is installed.
 */
public final class VerifyBenchmark {
    private static final long START = 1_800_000_000_000L;

    private static final int RATE = 25;
    private static final int PICTURE_BYTES = 10_000;
    private static final int PICTURE_MILLIS = 1_000 / RATE;

    private VerifyBenchmark() {}

    /**
     * Medians over the rounds, in megabytes (10^6 bytes) a second of wall-clock time.
     *
     * @param files segments of a minute
     * @param openssl 0 where it is not installed
     * @param ratio median of the rounds' {@code verify / sha256sum}
     */
    public record Result(
            long bytes, int files, int rounds, double verify, double sha256sum, double openssl, double ratio) {}

    /** @param minutes of 2 Mb/s video, 15 MB each */
    public static Result run(int minutes, int rounds) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("farwatch-bench-verify");
        try {
            record(new Recordings(root), minutes);
            List<String> segments;
            try (Stream<Path> found = Files.walk(root)) {
                segments = found.filter(file -> file.toString().endsWith(".mp4"))
                        .map(Path::toString)
                        .sorted()
                        .toList();
            }
            return measure(root, segments, rounds);
        } finally {
            House.delete(root);
        }
    }

    private static Result measure(Path root, List<String> segments, int rounds)
            throws IOException, InterruptedException {
        long bytes = segments.stream()
                .mapToLong(file -> Path.of(file).toFile().length())
                .sum();
        boolean openssl = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> opensslRates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        // The first round brings the files into the cache and does not count.
        for (int round = -1; round < rounds; round++) {
            double verify = rate(bytes, Processes.java("org.farwatch.api.Farwatch", "verify", root.toString()));
            double sum = rate(bytes, command(List.of("sha256sum"), segments));
            double ssl = openssl ? rate(bytes, command(List.of("openssl", "dgst", "-sha256"), segments)) : 0;
            if (round >= 0) {
                ours.add(verify);
                theirs.add(sum);
                opensslRates.add(ssl);
                ratios.add(verify / sum);
                System.out.printf(
                        "verify, round %d: %.0f MB/s, sha256sum %.0f, openssl %.0f, ratio %.2f%n",
                        round + 1, verify, sum, ssl, verify / sum);
            }
        }
        return new Result(
                bytes,
                segments.size(),
                rounds,
                Spread.of(ours).median(),
                Spread.of(theirs).median(),
                Spread.of(opensslRates).median(),
                Spread.of(ratios).median());
    }

    private static List<String> command(List<String> program, List<String> files) {
        List<String> command = new ArrayList<>(program);
        command.addAll(files);
        return command;
    }

    /** Megabytes a second of a process that must succeed. */
    private static double rate(long bytes, List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (code != 0) {
            throw new IOException(command.getFirst() + " ended with " + code);
        }
        return bytes / 1e6 / seconds;
    }

    /** A real recording by the real recorder, as fast as the disk takes it; its pictures are noise. */
    private static void record(Recordings recordings, int minutes) throws IOException {
        MediaFormat format;
        try (SceneEncoder encoder = new SceneEncoder(1280, 720, RATE, 2_000_000)) {
            encoder.encode(new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR), START);
            format = encoder.format();
        }
        Random random = new Random(1);
        DiskGuard disk = new DiskGuard(recordings.root(), 0, 0);
        // Files are finished on this thread: a recorder begins no further one while several wait for the disk.
        try (Recorder recorder = new Recorder(
                recordings,
                "1",
                ChainPoint.beginning("1"),
                RecorderSettings.of(Duration.ofMinutes(1)),
                disk,
                new Nobody(),
                Runnable::run)) {
            Fmp4Writer writer = new Fmp4Writer(recorder);
            writer.format(format);
            for (int picture = 0; picture < minutes * 60 * RATE; picture++) {
                byte[] payload = new byte[PICTURE_BYTES];
                random.nextBytes(payload);
                long micros = picture * 1_000_000L / RATE;
                long received = START + (long) picture * PICTURE_MILLIS;
                writer.unit(
                        new MediaUnit(MediaUnit.Track.VIDEO, micros, micros, received, picture % RATE == 0, payload));
            }
            writer.end();
        }
    }

    /** Wants to be told nothing. */
    private static final class Nobody implements SegmentSink {
        @Override
        public void runBegan(String stream, long run) {}

        @Override
        public void opened(OpenSegment segment) {}

        @Override
        public void closed(Sidecar sidecar) {}

        @Override
        public void runEnded(String stream, long run, long end, GapCause cause) {}

        @Override
        public void refused(String stream, long at, GapCause cause) {
            throw new IllegalStateException("the recording was refused: " + cause);
        }
    }
}
