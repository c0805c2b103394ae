package org.farwatch.api.quotas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.api.quotas.Progress.State.BEHIND;
import static org.farwatch.api.quotas.Progress.State.MET;
import static org.farwatch.api.quotas.Progress.State.ON_PACE;
import static org.farwatch.api.quotas.Progress.State.UNCOUNTED;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.farwatch.api.quotas.Progress.OfSquad;
import org.farwatch.api.quotas.Progress.Squad;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
    private static final List<Squad> SQUADS = List.of(new Squad(1, "一中队"), new Squad(2, "二中队"), new Squad(3, "三中队"));

    @Test
    void aSquadIsBehindOnceTheDaysThatHavePassedAskForMore() {
        Quota twoAWeek = quota(Counted.INSPECTIONS, true, 2, Period.WEEK);
        // One of two is asked for after two days of seven: from the third day on.
        assertThat(Progress.of(twoAWeek, MONDAY.plusDays(1), SQUADS, Map.of()).state())
                .isEqualTo(ON_PACE);
        assertThat(Progress.of(twoAWeek, MONDAY.plusDays(2), SQUADS, Map.of()).state())
                .isEqualTo(BEHIND);
        assertThat(Progress.of(twoAWeek, MONDAY.plusDays(4), SQUADS, Map.of(1L, 1, 2L, 1, 3L, 1))
                        .state())
                .isEqualTo(ON_PACE);
    }

    @Test
    void whatEachSquadOwesIsAsGoodAsTheWorstOne() {
        Progress progress = Progress.of(
                quota(Counted.INSPECTIONS, true, 2, Period.WEEK), MONDAY.plusDays(4), SQUADS, Map.of(1L, 3, 2L, 1));
        assertThat(progress.squads())
                .containsExactly(
                        new OfSquad("1", "一中队", 3, MET),
                        new OfSquad("2", "二中队", 1, ON_PACE),
                        new OfSquad("3", "三中队", 0, BEHIND));
        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.due()).isEqualTo(3);
        assertThat(progress.state()).isEqualTo(BEHIND);
        assertThat(progress.day()).isEqualTo(5);
    }

    @Test
    void aShareOfTheSquadsCountsEachOnceAndIsRoundedUp() {
        Quota half = quota(Counted.SQUADS_INSPECTED, false, 50, Period.MONTH);
        Progress progress = Progress.of(half, MONDAY, SQUADS, Map.of(2L, 7));
        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.due()).isEqualTo(2);
        assertThat(progress.squads()).extracting(OfSquad::state).containsExactly(ON_PACE, MET, ON_PACE);
        assertThat(Progress.of(half, MONDAY, SQUADS, Map.of(2L, 1, 3L, 1)).state())
                .isEqualTo(MET);
    }

    @Test
    void theBureausOwnIsOneNumber() {
        Progress progress = Progress.of(
                quota(Counted.INSPECTIONS, false, 100, Period.YEAR), MONDAY, SQUADS, Map.of(1L, 40, 3L, 47));
        assertThat(progress.done()).isEqualTo(87);
        assertThat(progress.due()).isEqualTo(100);
        // 319 of 365 days have passed: 87.
        assertThat(progress.day()).isEqualTo(320);
        assertThat(progress.state()).isEqualTo(ON_PACE);
        assertThat(progress.squads()).isEmpty();
    }

    @Test
    void whatIsKeptElsewhereIsNeverMetHere() {
        assertThat(Progress.of(quota(Counted.ELSEWHERE, true, 1, Period.DAY), MONDAY, SQUADS, Map.of(1L, 9))
                        .state())
                .isEqualTo(UNCOUNTED);
    }

    private static Quota quota(Counted counted, boolean perSquad, int target, Period period) {
        return new Quota(1, "指标", counted, null, perSquad, target, period, null, true, null, null, 1);
    }
}
