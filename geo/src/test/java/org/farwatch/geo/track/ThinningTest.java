package org.farwatch.geo.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final long START = 1_790_000_000_000L;

    @Property(tries = 200)
    void atEachFixTimeTheThinnedTrackIsWithinHalfAPixel(
            @ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @DoubleRange(min = 0, max = 18) double zoom,
            @ForAll long seed) {
        Track track = wander(size, seed);

        BitSet kept = new Thinning(zoom).keep(track, new BitSet());

        assertThat(kept.get(0) && kept.get(size - 1)).isTrue();
        for (int i = 0; i < size; i++) {
            assertThat(pixelsOff(track, kept, i, zoom)).isLessThan(Thinning.MOST_PIXELS + 1e-9);
        }
    }

    @Test
    void aStraightWayAtOneSpeedNeedsItsEndsOnly() {
        Track track = new Track();
        for (int i = 0; i < 5_000; i++) {
            add(track, i, 121.4 + i * 1e-4, 31.2);
        }

        assertThat(new Thinning(18).keep(track, new BitSet()).cardinality()).isEqualTo(2);
    }

    @Test
    void aStopOnAStraightWayKeepsItsBeginningAndItsEnd() {
        Track track = new Track();
        for (int i = 0; i < 300; i++) {
            add(track, i, 121.4 + (i < 100 ? i : i < 200 ? 100 : i - 100) * 1e-4, 31.2);
        }

        BitSet kept = new Thinning(14).keep(track, new BitSet());

        assertThat(kept.cardinality()).isEqualTo(4);
        assertThat(kept.nextSetBit(1)).isBetween(99, 101);
        assertThat(kept.nextSetBit(102)).isBetween(198, 201);
    }

    @Test
    void whatIsNeededStays() {
        Track track = new Track();
        for (int i = 0; i < 100; i++) {
            add(track, i, 121.4, 31.2);
        }
        BitSet needed = new BitSet();
        needed.set(40);

        assertThat(new Thinning(10).keep(track, needed).stream()).containsExactly(0, 40, 99);
    }

    @Test
    void aTrackThatKeepsEveryPositionNeedsNoDeepStack() {
        Track track = new Track();
        for (int i = 0; i < 20_000; i++) {
            // Ever farther out: each cut takes off one position.
            add(track, i, 121.4 + i * (double) i * 2e-9, 31.2 + (i % 2) * 1e-3);
        }

        assertThat(new Thinning(16).keep(track, new BitSet()).cardinality()).isEqualTo(20_000);
    }

    @Test
    void anImpossibleZoomIsRefused() {
        assertThatThrownBy(() -> new Thinning(25)).hasMessageContaining("zoom must lie within 0 and 24, was 25");
    }

    private static Track wander(int size, long seed) {
        Random random = new Random(seed);
        Track track = new Track();
        double longitude = 121.4;
        double latitude = 31.2;
        int second = 0;
        for (int i = 0; i < size; i++) {
            add(track, second, longitude, latitude);
            second += random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            double step = Math.pow(10, -2 - random.nextInt(5));
            longitude += random.nextGaussian() * step;
            latitude += random.nextGaussian() * step;
        }
        return track;
    }

    private static void add(Track track, int second, double longitude, double latitude) {
        track.add(START + second * 1000L, longitude, latitude, 20, Float.NaN, 0, 0, Track.NO_MILEAGE);
    }

    private static double pixelsOff(Track track, BitSet kept, int i, double zoom) {
        int from = kept.previousSetBit(i);
        int to = kept.nextSetBit(i);
        double part = from == to
                ? 0
                : (track.time(i) - track.time(from)) / (double) Math.max(1, track.time(to) - track.time(from));
        double x = between(part, Mercator.x(track.longitude(from), zoom), Mercator.x(track.longitude(to), zoom));
        double y = between(part, Mercator.y(track.latitude(from), zoom), Mercator.y(track.latitude(to), zoom));
        return Math.hypot(x - Mercator.x(track.longitude(i), zoom), y - Mercator.y(track.latitude(i), zoom));
    }

    private static double between(double part, double from, double to) {
        return from + part * (to - from);
    }
}
