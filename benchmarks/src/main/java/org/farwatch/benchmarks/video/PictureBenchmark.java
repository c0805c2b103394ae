package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.farwatch.benchmarks.process.House;

/** How soon somebody has a live picture and how old it is, with one service and one RTSP server for both. */
public final class PictureBenchmark {
    private PictureBenchmark() {}

    /** @param screen null where there is no Chromium */
    public record Result(List<JoinBenchmark.Result> joins, ScreenBenchmark.Result screen) {}

    /** @return none where there is no RTSP server */
    public static Optional<Result> run(int joins, int visits, Duration watched)
            throws IOException, InterruptedException {
        Optional<ClockServer> cameras = ClockServer.start(1, 2);
        if (cameras.isEmpty()) {
            return Optional.empty();
        }
        try (ClockServer server = cameras.get();
                House house = House.start()) {
            List<JoinBenchmark.Result> joined = JoinBenchmark.run(house, server, joins);
            return Optional.of(new Result(
                    joined, ScreenBenchmark.run(house, server, visits, watched).orElse(null)));
        }
    }
}
