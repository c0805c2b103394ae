package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.farwatch.benchmarks.process.House;
import tools.jackson.databind.JsonNode;

/**
 * The time axis of one stream: what was required, recorded and missing of so many days, from the request to its last
 * byte. The stream's table of runs and segments is filled as a recorder would: a segment a minute, twenty interruptions
 * a day, required around the clock. The reference is one day of the same stream, in turns.
 */
public final class TimelineBenchmark {
    private static final int INTERRUPTIONS = 20;

    private TimelineBenchmark() {}

    /**
     * Milliseconds.
     *
     * @param segments rows of the stream
     * @param gaps that the answer names
     * @param days of the long answer
     */
    public record Result(int days, long segments, int gaps, Spread whole, Spread oneDay) {}

    public static Result run(int days, int rounds) throws IOException, InterruptedException {
        try (House house = House.start()) {
            String stream = house.made("timeline");
            Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
            Instant begin = end.minus(days, ChronoUnit.DAYS);
            long segments = fill(house, Long.parseLong(stream), begin, days);
            String path = "/api/v1/streams/" + stream + "/coverage?to=" + end + "&from=";
            List<Double> whole = new ArrayList<>();
            List<Double> oneDay = new ArrayList<>();
            int gaps = 0;
            for (int round = -5; round < rounds; round++) {
                long began = System.nanoTime();
                JsonNode answer = house.get(path + begin);
                double millis = (System.nanoTime() - began) / 1e6;
                gaps = answer.path("gaps").size();
                began = System.nanoTime();
                house.get(path + end.minus(1, ChronoUnit.DAYS));
                double day = (System.nanoTime() - began) / 1e6;
                if (round >= 0) {
                    whole.add(millis);
                    oneDay.add(day);
                }
            }
            if (gaps < days * INTERRUPTIONS) {
                throw new IllegalStateException("only " + gaps + " gaps of " + days * INTERRUPTIONS + " were found");
            }
            Result result = new Result(days, segments, gaps, Spread.of(whole), Spread.of(oneDay));
            System.out.printf(
                    Locale.ROOT,
                    "timeline of %d days, %d segments, %d gaps: median %.0f ms, p95 %.0f; one day %.0f ms%n",
                    days,
                    segments,
                    gaps,
                    result.whole().median(),
                    result.whole().p95(),
                    result.oneDay().median());
            return result;
        }
    }

    private static long fill(House house, long stream, Instant begin, int days) throws IOException {
        Map<String, Object> values = Map.of("stream", stream, "begin", begin, "days", days, "runs", INTERRUPTIONS);
        try (Connection connection = house.databaseServer().unpooled("bench").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(filled("""
                    insert into requirement (stream_id, source, starts, ends)
                    values ({stream}, 'manual', '{begin}', timestamptz '{begin}' + interval '{days} days')""", values));
            statement.execute(filled("""
                    insert into recording_run (stream_id, run, starts, ends)
                    select {stream}, extract(epoch from starts)::bigint * 1000, starts,
                        starts + interval '1 day' / {runs} - interval '90 seconds'
                    from generate_series(timestamptz '{begin}',
                        timestamptz '{begin}' + interval '{days} days' - interval '1 second',
                        interval '1 day' / {runs}) starts""", values));
            statement.execute(filled("""
                    insert into stream_interruption (stream_id, origin, starts, ends, cause)
                    select {stream}, 'source', ends, ends + interval '90 seconds', 'timeout'
                    from recording_run where stream_id = {stream}""", values));
            long segments = statement.executeUpdate(filled("""
                    insert into segment (stream_id, sequence, run, starts, ends, bytes, init_bytes, frames, mime, width,
                        height, sha256, chain, state)
                    select {stream}, row_number() over (order by at), run, at, least(at + interval '1 minute', ends),
                        15000000, 800, 1500, 'video/mp4; codecs="avc1.64001f"', 1280, 720, md5(at::text), md5(at::text),
                        'closed'
                    from recording_run, generate_series(starts, ends - interval '1 second', interval '1 minute') at
                    where stream_id = {stream}""", values));
            statement.execute("analyze");
            return segments;
        } catch (SQLException e) {
            throw new IOException("the table could not be filled", e);
        }
    }

    private static String filled(String sql, Map<String, Object> values) {
        String filled = sql;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue().toString());
        }
        return filled;
    }
}
