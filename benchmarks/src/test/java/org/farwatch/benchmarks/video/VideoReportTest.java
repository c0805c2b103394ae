package org.farwatch.benchmarks.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VideoReportTest {
    private static final Spread SPREAD = new Spread(10, 1, 2, 3, 4);

    @Test
    void everyPartMeasuredHasItsSection() {
        VideoReport report = new VideoReport(
                new RecordingBenchmark.Result(10, 60, 0.01, 0.07, 0.001, 0.05, 0.007, 0.005, 1.4, 2, 2),
                new CrowdBenchmark.Result(
                        100, 600, 0.005, 101, 1_499_000, 1_500_000, 1L << 30, 1L << 30, 1L << 28, 1L << 28, 0.003,
                        1L << 25),
                new PictureBenchmark.Result(
                        List.of(new JoinBenchmark.Result(1, SPREAD, SPREAD)),
                        new ScreenBenchmark.Result(25, 0, SPREAD, SPREAD)),
                new ViewersBenchmark.Result(16, 5, 0.01, 0.03, 0.00125, 1, 2),
                new TimelineBenchmark.Result(180, 250_000, 3_600, SPREAD, SPREAD),
                new VerifyBenchmark.Result(900_000_000, 60, 5, 400, 200, 1_200, 2),
                new DetectorBenchmark.Result(SPREAD, SPREAD, SPREAD, 1.1, 1, 90, 85),
                new BackgroundBenchmark.Result(SPREAD, SPREAD, 1, 2));
        assertThat(report.markdown().lines().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## Recording",
                        "## A crowd",
                        "## Live picture",
                        "## Viewers",
                        "## Time axis",
                        "## Verifying",
                        "## Detector",
                        "## Background stage");
        assertThat(report.markdown())
                .contains(
                        "**0.70 %** (target",
                        "| recordings that broke off | 1 | |",
                        "**0.125 %** (target",
                        "| 1 s | 10 | 2 | 3 | 4 | 2 |",
                        "= **2.00**");
    }

    @Test
    void whatIsNotAskedForIsNotMeasured() throws Exception {
        assertThat(VideoReport.run(Set.of(), true))
                .isEqualTo(new VideoReport(null, null, null, null, null, null, null, null));
        assertThat(VideoReport.run(Set.of(), true).markdown()).isEmpty();
    }
}
