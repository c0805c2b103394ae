package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.geo.presence.Field.at;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.farwatch.geo.PositionFlag;

/** What holds for every set of positions, in whatever order they come. */
class PresenceOrderTest {
    record Point(int second, double outside, float accuracy, int flags) {
        void into(PresenceTracker tracker) {
            Field.put(tracker, second, outside, accuracy, flags);
        }
    }

    @Provide
    Arbitrary<List<Point>> points() {
        Arbitrary<Integer> seconds = Arbitraries.oneOf(
                Arbitraries.integers().between(-1800, 9000),
                Arbitraries.integers().between(-60, 900));
        Arbitrary<Double> outside = Arbitraries.of(-40.0, -5.0, 0.0, 5.0, 14.0, 16.0, 40.0, 74.0, 76.0, 300.0);
        Arbitrary<Float> accuracy = Arbitraries.of(Float.NaN, Float.NaN, 5f, 50f, 150f);
        Arbitrary<Integer> flags = Arbitraries.of(
                0, 0, 0, 0, PositionFlag.NO_FIX.mask(), PositionFlag.BUFFERED.mask(), PositionFlag.NO_TIME.mask());
        return Combinators.combine(seconds, outside, accuracy, flags)
                .as(Point::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 500)
    void theOrderOfArrivalDoesNotMatter(
            @ForAll("points") List<Point> points, @ForAll Random random, @ForAll @IntRange(max = 9000) int now) {
        PresenceTracker shuffled = Field.tracker();
        List<Point> disordered = new ArrayList<>(points);
        disordered.addAll(points.subList(0, points.size() / 3));
        Collections.shuffle(disordered, random);
        for (Point point : disordered) {
            point.into(shuffled);
            if (random.nextInt(5) == 0) {
                // A question in between must not change later answers.
                assertThat(shuffled.intervals(at(random.nextInt(9000)))).isNotNull();
            }
        }
        assertThat(shuffled.intervals(at(now))).isEqualTo(inOrder(points).intervals(at(now)));
    }

    @Property(tries = 500)
    void intervalsPartitionTheDutyUntilNow(
            @ForAll("points") List<Point> points, @ForAll @IntRange(min = -100, max = 9000) int now) {
        PresenceTracker tracker = inOrder(points);
        List<PresenceInterval> intervals = tracker.intervals(at(now));
        Instant reached = at(0);
        for (PresenceInterval interval : intervals) {
            assertThat(interval.from()).isEqualTo(reached);
            assertThat(interval.to()).isAfter(interval.from());
            reached = interval.to();
        }
        assertThat(reached).isEqualTo(at(Math.clamp(now, 0, 7200)));
        for (int i = 1; i < intervals.size(); i++) {
            PresenceInterval before = intervals.get(i - 1);
            PresenceInterval after = intervals.get(i);
            assertThat(before.state() == after.state() && before.cause() == after.cause())
                    .as("%s and %s are one", before, after)
                    .isFalse();
        }
        assertThat(tracker.intervals(at(now))).isEqualTo(intervals);
    }

    @Property(tries = 500)
    void positionsThatAreNotAwayNeverCountAgainstAnybody(
            @ForAll("points") List<Point> points, @ForAll @IntRange(max = 9000) int now) {
        PresenceTracker tracker = Field.tracker();
        points.stream().filter(point -> point.outside() <= 14).forEach(point -> point.into(tracker));
        assertThat(tracker.intervals(at(now)))
                .extracting(PresenceInterval::state)
                .isSubsetOf(PresenceState.ON_POST, PresenceState.UNKNOWN);
    }

    @Property(tries = 20)
    void aLongLogIsReplayedFromItsCheckpointsToTheSameAnswer(@ForAll Random random) {
        List<Point> points = new ArrayList<>();
        double outside = -20;
        for (int second = -600; second < 7500; second++) {
            outside = Math.clamp(outside + random.nextGaussian() * 8, -50, 200);
            if (random.nextInt(400) == 0) {
                second += random.nextInt(600);
            }
            points.add(new Point(second, outside, Float.NaN, 0));
        }
        PresenceTracker late = Field.tracker();
        int cut = random.nextInt(points.size());
        int width = random.nextInt(points.size() - cut);
        List<Point> batch = new ArrayList<>(points.subList(cut, cut + width));
        points.stream().filter(point -> !batch.contains(point)).forEach(point -> point.into(late));
        assertThat(late.intervals(at(8000))).isNotEmpty();
        Collections.shuffle(batch, random);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).into(late);
            if (i % 500 == 0) {
                assertThat(late.intervals(at(8000))).isNotEmpty();
            }
        }
        assertThat(late.intervals(at(8000))).isEqualTo(inOrder(points).intervals(at(8000)));
    }

    private static PresenceTracker inOrder(List<Point> points) {
        PresenceTracker tracker = Field.tracker();
        points.stream().sorted(Comparator.comparingInt(Point::second)).forEach(point -> point.into(tracker));
        return tracker;
    }
}
