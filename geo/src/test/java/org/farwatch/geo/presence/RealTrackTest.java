package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.place.LocalMetres;
import org.farwatch.geo.place.Polygons;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real person's day in Beijing (GeoLife): five thousand positions, one to five seconds apart, with long holes. */
class RealTrackTest {
    private static final Instant START = Instant.parse("2008-10-26T00:00:00Z");
    private static final Instant END = Instant.parse("2008-10-27T00:00:00Z");
    /** Where the person stayed longest, a square of 200 m, moved until he stayed at its western border. */
    private static final LocalMetres MAP = LocalMetres.at(116.30764, 40.014);

    private final Border post = Border.of(Polygons.of(
            MAP.longitudeAt(-100), MAP.latitudeAt(-100),
            MAP.longitudeAt(100), MAP.latitudeAt(-100),
            MAP.longitudeAt(100), MAP.latitudeAt(100),
            MAP.longitudeAt(-100), MAP.latitudeAt(100)));
    private final List<Point> points = new ArrayList<>();

    private record Point(Instant time, double longitude, double latitude) {}

    @BeforeEach
    void readTheDay() throws IOException {
        Path file = Path.of(System.getProperty("farwatch.shared", "../shared"), "data/tracks/beijing_person_20k.csv");
        if (!Files.exists(file)) {
            System.out.println("RealTrackTest skipped: no ../shared");
        }
        Assumptions.assumeTrue(Files.exists(file), "skipped: no ../shared");
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).map(line -> line.split(",", -1)).forEach(field -> {
                Instant time = Instant.parse(field[1]);
                if (!time.isBefore(START.minus(PresenceTracker.MARGIN)) && time.isBefore(END)) {
                    points.add(new Point(time, Double.parseDouble(field[3]), Double.parseDouble(field[2])));
                }
            });
        }
        assertThat(points).hasSizeGreaterThan(5_000);
    }

    @Test
    void aDayIsReadTheSameWhateverTheOrderAndWithoutFlapping() {
        List<PresenceInterval> intervals = track(points);
        List<Point> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(track(shuffled)).isEqualTo(intervals);

        assertThat(intervals.getFirst().from()).isEqualTo(START);
        assertThat(intervals.getLast().to()).isEqualTo(END);
        long onPost = intervals.stream()
                .filter(interval -> interval.state() == PresenceState.ON_POST)
                .mapToLong(interval -> interval.length().toSeconds())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "real track: %d intervals, %d s on post, %d changes (%d raw)%n",
                intervals.size(),
                onPost,
                changes(intervals),
                rawChanges());
        assertThat((double) onPost).isCloseTo(secondsInside(), within(0.05 * secondsInside()));
        assertThat(changes(intervals)).isLessThanOrEqualTo(4);
        assertThat(rawChanges()).isGreaterThan(changes(intervals));
    }

    /** How often the person is said to come or go, silences left out. */
    private static long changes(List<PresenceInterval> intervals) {
        List<Boolean> known = intervals.stream()
                .filter(interval -> interval.state() != PresenceState.UNKNOWN)
                .map(interval -> interval.state() == PresenceState.ON_POST)
                .toList();
        return changesOf(known);
    }

    /** How often one position is inside and the next is not, or the other way round. */
    private long rawChanges() {
        return changesOf(points.stream()
                .map(point -> post.signedMetres(point.longitude(), point.latitude()) <= 0)
                .toList());
    }

    private static long changesOf(List<Boolean> values) {
        long changes = 0;
        for (int i = 1; i < values.size(); i++) {
            changes += values.get(i).equals(values.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }

    /** Steps of at most three minutes that end or begin within 15 m of the post, measured without any state. */
    private double secondsInside() {
        double seconds = 0;
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point after = points.get(i);
            Duration step = Duration.between(before.time(), after.time());
            boolean inside = post.signedMetres(before.longitude(), before.latitude()) <= 15
                    || post.signedMetres(after.longitude(), after.latitude()) <= 15;
            if (inside && !before.time().isBefore(START) && step.toSeconds() <= 180) {
                seconds += step.toSeconds();
            }
        }
        return seconds;
    }

    private List<PresenceInterval> track(List<Point> in) {
        PresenceTracker tracker = new PresenceTracker(new Duty(START, END, post), PresenceRules.DEFAULT);
        for (Point point : in) {
            tracker.add(point.time().toEpochMilli(), point.longitude(), point.latitude(), Float.NaN, 0);
        }
        return tracker.intervals(END);
    }
}
