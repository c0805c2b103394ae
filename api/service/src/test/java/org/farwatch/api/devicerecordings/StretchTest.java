package org.farwatch.api.devicerecordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seconds of a minute stand for times. */
class StretchTest {
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

    private static Stretch of(long from, long to) {
        return new Stretch(DAY.plusSeconds(from), DAY.plusSeconds(to));
    }

    @Test
    void filesThatFollowEachOtherAreOneStretchOfWhatWasAskedFor() {
        assertThat(Stretch.of(List.of(of(70, 90), of(0, 30), of(31, 60), of(200, 300)), of(10, 100)))
                .containsExactly(of(10, 60), of(70, 90));
        assertThat(Stretch.of(List.of(of(0, 60), of(10, 20), of(60, 80)), of(0, 100)))
                .containsExactly(of(0, 80));
        assertThat(Stretch.of(List.of(of(0, 5)), of(5, 10))).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsLeftOut() {
        List<Stretch> all = List.of(of(0, 100), of(200, 300));
        assertThat(Stretch.without(all, List.of())).isEqualTo(all);
        assertThat(Stretch.without(all, List.of(of(20, 30), of(250, 400))))
                .containsExactly(of(0, 20), of(30, 100), of(200, 250));
        assertThat(Stretch.without(all, List.of(of(90, 210), of(0, 10)))).containsExactly(of(10, 90), of(210, 300));
        assertThat(Stretch.without(all, List.of(of(0, 300)))).isEmpty();
        assertThat(Stretch.without(List.of(of(0, 100)), List.of(of(10, 60), of(20, 30))))
                .containsExactly(of(0, 10), of(60, 100));
    }

    @Test
    void whatMayNotBeSeenIsLeftOutByTheMinute() {
        Instant until = DAY.plusSeconds(150);
        assertThat(Stretch.where(List.of(of(0, 400)), at -> !at.isBefore(until)))
                .containsExactly(of(180, 400));
        assertThat(Stretch.where(List.of(of(0, 400)), at -> at.isBefore(until))).containsExactly(of(0, 120));
        assertThat(Stretch.where(List.of(of(0, 400)), _ -> false)).isEmpty();
    }

    @Test
    void whatLiesBeforeAnInstantIsLeftOutAndInAHoleTheNextOneComes() {
        List<Stretch> all = List.of(of(0, 100), of(200, 300));
        assertThat(Stretch.from(DAY.plusSeconds(40), all)).contains(of(40, 100));
        assertThat(Stretch.from(DAY.plusSeconds(100), all)).contains(of(200, 300));
        assertThat(Stretch.from(DAY.plusSeconds(300), all)).isEmpty();
    }
}
