package org.farwatch.ingest.record;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A place that records over days, and closes them. The pictures of {@link Feed} begin at 16:00 of the first. */
final class Days {
    static final LocalDate FIRST = LocalDate.of(2027, 1, 15);
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long DAY = Duration.ofDays(1).toMillis();

    final Place place;
    final HouseKey key = new HouseKey();

    Days(Place place) {
        this.place = place;
        place.settings = new RecorderSettings(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ZERO);
    }

    /** Records segments of two seconds from 16:00 of a day. */
    Days recorded(LocalDate day, int segments) throws IOException {
        return recorded(day, Duration.ZERO, segments);
    }

    Days recorded(LocalDate day, Duration after, int segments) throws IOException {
        try (Recorder recorder = place.recorder()) {
            Feed.into(recorder)
                    .silence((day.toEpochDay() - FIRST.toEpochDay()) * DAY + after.toMillis())
                    .seconds(2.0 * segments)
                    .end();
        }
        return this;
    }

    /** Makes what is due at one o'clock in the night after a day. */
    List<DayRoot> close(LocalDate day) throws IOException {
        return close(day, key);
    }

    List<DayRoot> close(LocalDate day, Signer signer) throws IOException {
        return new DayEnd(place.recordings, ZONE, signer).makeUp(day, now(day));
    }

    static Instant now(LocalDate day) {
        return day.plusDays(1).atTime(1, 0).atZone(ZONE).toInstant();
    }

    StreamRoot root(LocalDate day) throws IOException {
        return place.recordings.roots().read(day).stream(Place.STREAM).orElseThrow();
    }
}
