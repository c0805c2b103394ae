package org.farwatch.benchmarks;

import java.time.Instant;
import java.util.List;
import org.farwatch.benchmarks.video.VideoReport;

/**
 * All figures of one run, as written to JSON.
 *
 * @param loadAfter as {@link Machine#load}, after the run: more than the measurement's own two means others were busy
 * @param quick whether it was a short run, good for comparing and not for quoting
 * @param video null when nothing of it was measured
 */
record Report(
        Instant at,
        boolean quick,
        Machine machine,
        double loadAfter,
        List<Decoded> decode,
        List<CopyBenchmark.Result> copy,
        List<TrackBenchmark.Result> track,
        VideoReport video) {

    /**
     * @param decoder {@code batch} (the service's) or {@code objects} (the reference)
     * @param error half of the 99.9 % confidence interval
     * @param bestNanos of the fastest iteration: what the others would show on a quiet machine
     */
    record Decoded(
            String layout,
            String decoder,
            double nanosPerPosition,
            double error,
            double bestNanos,
            double bytesPerPosition) {}

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
            text.append("\n## Decoding 0x0200\n\nWire bytes to a batch, per position; escapes and four items in each"
                    + " message. `objects` is the reference, an object per message.\n\n");
            text.append(
                    "| layout | decoder | ns | ± | best ns | bytes allocated | best positions/s and core |\n|---|---|--:|--:|--:|--:|--:|\n");
            for (Decoded row : decode) {
                text.append("| %s | %s | %.1f | %.1f | %.1f | %.3f | %,.0f |\n"
                        .formatted(
                                row.layout(),
                                row.decoder(),
                                row.nanosPerPosition(),
                                row.error(),
                                row.bestNanos(),
                                row.bytesPerPosition(),
                                1e9 / row.bestNanos()));
            }
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
        if (video != null) {
            text.append(video.markdown());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
