package org.farwatch.ingest.simulator.gb28181;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.gb28181.Body;

/**
 * What a simulated device has recorded of each of its cameras.
 *
 * @param shift by which it misreads the times of {@code t=}: what it plays is so much earlier than what is asked for
 * @param fastest most times of the recorded speed at which it sends
 */
public record DeviceMemory(List<Stretch> stretches, Duration shift, double fastest) {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final long BYTES_A_SECOND = 125_000;

    /** @param to behind the last instant */
    public record Stretch(Instant from, Instant to) {}

    /** One that reads times as the standard has them. */
    public static DeviceMemory of(Stretch... stretches) {
        return new DeviceMemory(List.of(stretches), Duration.ZERO, 16);
    }

    /** The same, of a device that takes {@code t=} for local time. */
    public DeviceMemory misreadingBy(Duration by) {
        return new DeviceMemory(stretches, by, fastest);
    }

    /** The answer to a question for recordings, a message for each. */
    List<byte[]> recordings(int sn, String about, String from, String to) {
        Instant start = LocalDateTime.parse(from).toInstant(CHINA);
        Instant end = LocalDateTime.parse(to).toInstant(CHINA);
        List<Stretch> found = stretches.stream()
                .filter(one -> one.from().isBefore(end) && one.to().isAfter(start))
                .toList();
        List<byte[]> parts = new ArrayList<>();
        for (Stretch one : found) {
            long seconds = Duration.between(one.from(), one.to()).toSeconds();
            parts.add(head(sn, about, found.size())
                    .open("RecordList", 1)
                    .open("Item", -1)
                    .element("DeviceID", about)
                    .element("StartTime", DeviceReplies.time(one.from()))
                    .element("EndTime", DeviceReplies.time(one.to()))
                    .element("Type", "time")
                    .element("FileSize", Long.toString(seconds * BYTES_A_SECOND))
                    .close()
                    .close()
                    .bytes());
        }
        return parts.isEmpty() ? List.of(head(sn, about, 0).bytes()) : parts;
    }

    private static Body head(int sn, String about, int sum) {
        return Body.response("RecordInfo", sn, about).element("Name", "摄像机").element("SumNum", Integer.toString(sum));
    }

    /**
     * What of an offer's time there is.
     *
     * @param start of {@code t=}, seconds
     * @return null when nothing was recorded then
     */
    Stretch asked(long start, long end) {
        Instant from = Instant.ofEpochSecond(start).minus(shift);
        Instant to = Instant.ofEpochSecond(end).minus(shift);
        return stretches.stream()
                .filter(one -> one.from().isBefore(to) && one.to().isAfter(from))
                .findFirst()
                .map(one -> new Stretch(
                        one.from().isAfter(from) ? one.from() : from, one.to().isBefore(to) ? one.to() : to))
                .orElse(null);
    }
}
