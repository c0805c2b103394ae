package org.farwatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farwatch.benchmarks.load.LoadBenchmark;
import org.farwatch.benchmarks.video.VideoReport;
import org.farwatch.benchmarks.video.VideoReport.Part;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs the benchmarks and writes one JSON file and one summary. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure what decoding, storing and reading of positions and what video costs.")
public final class Bench implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm").withZone(ZoneOffset.UTC);
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final List<String> VIDEO = Stream.of(Part.values())
            .map(part -> part.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> ALL = Stream.concat(
                    Stream.of("decode", "fence", "copy", "track", "load"), VIDEO.stream())
            .toList();

    @Option(names = "--quick", description = "Short, for comparing only.")
    private boolean quick;

    @Parameters(
            paramLabel = "PART",
            description =
                    "decode, fence, copy, track, load, recording, crowd, picture, viewers, timeline, verify, detector,"
                            + " background, or video for the last eight; all without it.")
    private List<String> asked = List.of();

    @Option(names = "--results", description = "Folder to write to.", defaultValue = "benchmarks/results")
    private Path results;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Set<String> parts = new LinkedHashSet<>(asked.isEmpty() ? ALL : asked);
        if (parts.remove("video")) {
            parts.addAll(VIDEO);
        }
        for (String part : parts) {
            if (!ALL.contains(part)) {
                System.err.println("bench: there is no part " + part + ", only " + String.join(", ", ALL) + ", video");
                return 2;
            }
        }
        Machine machine = Machine.here();
        List<Report.Decoded> decode = parts.contains("decode") ? decode() : List.of();
        List<Report.Fence> fence = parts.contains("fence") ? fence() : List.of();
        List<CopyBenchmark.Result> copy =
                parts.contains("copy") ? CopyBenchmark.run(quick ? 100_000 : 400_000, quick ? 3 : 7) : List.of();
        List<TrackBenchmark.Result> track = parts.contains("track") ? TrackBenchmark.run(quick ? 5 : 15) : List.of();
        LoadBenchmark.Result load = parts.contains("load") ? LoadBenchmark.run(quick) : null;
        parts.retainAll(VIDEO);
        Set<Part> ofVideo = parts.stream()
                .map(part -> Part.valueOf(part.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        VideoReport video = ofVideo.isEmpty() ? null : VideoReport.run(ofVideo, quick);
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Report report = new Report(at, quick, machine, Machine.loadNow(), decode, fence, copy, track, load, video);
        Files.createDirectories(results);
        String name = NAME.format(at) + (quick ? "-quick" : "");
        Files.writeString(
                results.resolve(name + ".json"),
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(report)
                        + "\n");
        Files.writeString(results.resolve(name + ".md"), report.markdown());
        System.out.println();
        System.out.println(report.markdown());
        System.out.println("written to " + results.resolve(name + ".json") + " and .md");
        return 0;
    }

    private List<Report.Decoded> decode() throws RunnerException {
        return jmh(DecodeBenchmark.class).stream()
                .map(run -> new Report.Decoded(
                        run.getParams().getParam("layout"),
                        run.getParams().getParam("shape"),
                        method(run),
                        run.getPrimaryResult().getScore(),
                        run.getPrimaryResult().getScoreError(),
                        run.getPrimaryResult().getStatistics().getMin(),
                        allocated(run)))
                .toList();
    }

    private List<Report.Fence> fence() throws RunnerException {
        return jmh(FenceBenchmark.class).stream()
                .map(run -> new Report.Fence(
                        method(run),
                        run.getPrimaryResult().getScore(),
                        run.getPrimaryResult().getScoreError(),
                        run.getPrimaryResult().getStatistics().getMin(),
                        allocated(run)))
                .toList();
    }

    private Collection<RunResult> jmh(Class<?> benchmark) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getSimpleName())
                        .forks(quick ? 1 : 2)
                        .warmupIterations(quick ? 2 : 4)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(quick ? 3 : 6)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    private static String method(RunResult run) {
        String whole = run.getParams().getBenchmark();
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    private static double allocated(RunResult run) {
        return run.getSecondaryResults().get(ALLOCATED).getScore();
    }
}
