package org.farwatch.benchmarks;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.farwatch.benchmarks.load.LoadBenchmark;
import org.farwatch.benchmarks.video.VideoReport;

/**
 * All figures of one run, as written to JSON.
 *
 * @param loadAfter as {@link Machine#load}, after the run: more than the measurement's own two means others were busy
 * @param quick whether it was a short run, good for comparing and not for quoting
 * @param load null when not measured
 * @param video null when nothing of it was measured
 */
record Report(
        Instant at,
        boolean quick,
        Machine machine,
        double loadAfter,
        List<Decoded> decode,
        List<Fence> fence,
        List<CopyBenchmark.Result> copy,
        List<TrackBenchmark.Result> track,
        LoadBenchmark.Result load,
        VideoReport video) {

    /**
     * @param shape a {@link Frames.Shape}
     * @param decoder {@code batch} (the service's) or {@code protostar} (the reference)
     * @param error half of the 99.9 % confidence interval
     * @param bestNanos of the fastest iteration: what the others would show on a quiet machine
     */
    record Decoded(
            String layout,
            String shape,
            String decoder,
            double nanosPerPosition,
            double error,
            double bestNanos,
            double bytesPerPosition) {}

    /**
     * @param by {@code index} (the service's) or {@code jts} (the reference)
     * @param error half of the 99.9 % confidence interval
     */
    record Fence(String by, double nanos, double error, double bestNanos, double bytes) {}

    String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark of ").append(at).append("\n\n");
        text.append("| condition | |\n|---|---|\n");
        row(text, "CPU", machine.cpu() + ", " + machine.cores() + " cores");
        row(text, "memory", machine.memoryMib() + " MiB");
        row(text, "load before and after", "%.1f, %.1f".formatted(machine.load(), loadAfter));
        row(text, "system", machine.os());
        row(text, "JDK", machine.jdk());
        row(text, "commit", machine.commit());
        row(text, "run", quick ? "quick: short, for comparing only" : "full");
        text.append("\nTrust ratios more than figures: both sides of a ratio were taken in the same run.\n");
        if (!decode.isEmpty()) {
            decode(text);
        }
        if (!fence.isEmpty()) {
            text.append("""

                    ## Fences

                    In which of %,d areas of %d corners a position lies, beside JTS: its R-tree and `contains`; %,d\
                     positions, both find the same.

                    | | ns | ± | best ns | bytes allocated |
                    |---|--:|--:|--:|--:|
                    """.formatted(FenceBenchmark.PLACES, FenceBenchmark.CORNERS, FenceBenchmark.POINTS));
            for (Fence row : fence) {
                text.append("| %s | %.0f | %.0f | %.0f | %.0f |\n"
                        .formatted(row.by(), row.nanos(), row.error(), row.bestNanos(), row.bytes()));
            }
            text.append("\nTarget: at most 1,000 ns.\n");
        }
        if (!copy.isEmpty()) {
            text.append("\n## Storing\n\nBatches to commit through the service's store, beside raw COPY of bytes built"
                    + " beforehand into the same keyed, partitioned table, fsync on, in turns. Medians.\n\n");
            text.append("| connections | store rows/s | raw rows/s | raw in one commit | ratio store/raw | ratios |\n"
                    + "|--:|--:|--:|--:|--:|---|\n");
            for (CopyBenchmark.Result row : copy) {
                text.append("| %d | %,.0f | %,.0f | %,.0f | %.2f | %s |\n"
                        .formatted(
                                row.connections(),
                                row.storeRowsPerSecond(),
                                row.rawRowsPerSecond(),
                                row.rawOneCommitRowsPerSecond(),
                                row.ratio(),
                                String.join(
                                        " ",
                                        row.ratios().stream()
                                                .map("%.2f"::formatted)
                                                .toList())));
            }
            CopyBenchmark.Result any = copy.getFirst();
            text.append("\n%,d rows a turn, %d rounds, %,d rows a commit at most.\n"
                    .formatted(any.rows(), any.rounds(), any.rowsPerCommit()));
        }
        if (!track.isEmpty()) {
            text.append("\n"
                    + "## A day of one position a second\n\n"
                    + "From the table to the bytes of an answer, 86,400 positions of one device among 20; `json`"
                    + " is the reference, all of them as objects. Medians.\n\n");
            text.append("| what | ms | bytes | gzip | times as fast |\n|---|--:|--:|--:|--:|\n");
            for (TrackBenchmark.Result row : track) {
                text.append("| %s | %.0f | %,d | %,d | %.1f |\n"
                        .formatted(row.what(), row.millis(), row.bytes(), row.gzipBytes(), row.ratio()));
            }
        }
        if (load != null) {
            load(text);
        }
        if (video != null) {
            text.append(video.markdown());
        }
        return text.toString();
    }

    private void decode(StringBuilder text) {
        text.append("""

                ## Decoding 0x0200

                Wire bytes to a batch, per position, beside protostar, which makes an object of each; its frames are read\
                 where they lie. Targets: 100 ns with two items, 160 ns with thirteen and with an escape, 0 B, four times\
                 as fast.

                | layout | message | decoder | ns | ± | best ns | bytes allocated | times as fast |
                |---|---|---|--:|--:|--:|--:|--:|
                """);
        for (Decoded row : decode) {
            double reference = decode.stream()
                    .filter(other -> other.layout().equals(row.layout())
                            && other.shape().equals(row.shape())
                            && other.decoder().equals("protostar"))
                    .mapToDouble(Decoded::nanosPerPosition)
                    .findFirst()
                    .orElse(Double.NaN);
            text.append("| %s | %s | %s | %.1f | %.1f | %.1f | %.3f | %.1f |\n"
                    .formatted(
                            row.layout(),
                            row.shape().toLowerCase(Locale.ROOT).replace('_', ' '),
                            row.decoder(),
                            row.nanosPerPosition(),
                            row.error(),
                            row.bestNanos(),
                            row.bytesPerPosition(),
                            reference / row.nanosPerPosition()));
        }
    }

    private void load(StringBuilder text) {
        LoadBenchmark.Throughput through = load.throughput();
        LoadBenchmark.Acknowledgement answer = load.acknowledgement();
        LoadBenchmark.Crowd crowd = load.crowd();
        text.append("""

                ## Sockets to rows

                %,d terminals, 0x0200 alone, the whole service, PostgreSQL and the terminals on these %d cores; raw binary\
                 COPY into the same table, %,d rows a commit, in turns. Medians of %d rounds; all of %,d acknowledged\
                 positions were found in the table.

                | | |
                |---|--:|
                | positions/s | **%,.0f** (target: at least 100,000) |
                | raw COPY, rows/s | %,.0f |
                | ratio | **%.2f** (target: at least 0.40) |
                | ratios | %s |

                ## Acknowledgement

                The same terminals at %,d positions a second; milliseconds from writing to reading the answer.

                | | |
                |---|--:|
                | median | %.1f |
                | p99 | **%.1f** (target: at most 100) |
                | p99.9 | %.1f |
                | longest | %.1f |
                | a commit of one row without load, median and p99 | %.1f, %.1f |

                ## Terminals that say that they are there

                %,d connections, a heartbeat each 30 s from each, %,d in all, every one answered; milliseconds from writing\
                 to reading the answer, both event loops' delays in it.

                | | |
                |---|--:|
                | median | %.1f |
                | p99 | **%.1f** (target: at most 20) |
                | longest | %.1f |
                | heap of the service after a collection | **%,d MiB** of %,d (target: at most 1,024) |
                """.formatted(
                through.terminals(),
                machine.cores(),
                RawCopy.GROUP_ROWS,
                through.ratios().size(),
                through.acknowledged(),
                through.perSecond(),
                through.rawPerSecond(),
                through.ratio(),
                String.join(
                        " ", through.ratios().stream().map("%.2f"::formatted).toList()),
                answer.perSecond(),
                answer.median(),
                answer.p99(),
                answer.p999(),
                answer.longest(),
                answer.commitMillis(),
                answer.commitP99Millis(),
                crowd.terminals(),
                crowd.heartbeats(),
                crowd.median(),
                crowd.p99(),
                crowd.longest(),
                crowd.heapMib(),
                crowd.heapLimitMib()));
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
