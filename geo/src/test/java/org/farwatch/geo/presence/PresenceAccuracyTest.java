package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.place.Polygons;
import org.farwatch.geo.presence.SyntheticDuty.Behaviour;
import org.farwatch.geo.presence.SyntheticDuty.Fix;
import org.farwatch.geo.presence.SyntheticDuty.Terminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Presence against a known truth, by minute and by transition, over all report intervals and seeds 1 to 20 (synthetic;
 * seeds for reporting are others). Prints what it measured.
 */
class PresenceAccuracyTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int[] INTERVALS = {1, 5, 10, 30, 60, 120};
    /** Tuning; {@code -Dfarwatch.presence.first-seed=101} measures on the seeds for reporting. */
    private static final int FIRST_SEED = Integer.getInteger("farwatch.presence.first-seed", 1);

    private static final int SEEDS = 20;

    /** Seconds that a walk takes from where positions are clearly away to the border. */
    private static final int NEAR_THE_BORDER = 30;

    /** What one duty of one terminal came to. */
    private record Score(int minutes, int right, int unfair, int unknown, List<String> missedTransitions) {}

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void transitionsAreFoundAndHonestMinutesAreNotHeldAgainstAnybody(Behaviour behaviour) {
        int duties = 0;
        int minutes = 0;
        int right = 0;
        int unknown = 0;
        int unfair = 0;
        List<String> complaints = new ArrayList<>();
        for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            for (int interval : INTERVALS) {
                Random choices = new Random(seed * 131L + interval);
                boolean corridor = choices.nextInt(4) == 0;
                double width = 30 + choices.nextInt(271);
                double height = corridor ? 20 : 30 + choices.nextInt(271);
                Terminal terminal = new Terminal(
                        interval,
                        choices.nextDouble() * 0.2,
                        3 + choices.nextDouble() * 7,
                        choices.nextInt(3) == 0,
                        choices.nextInt(6) == 0,
                        choices.nextBoolean());
                SyntheticDuty duty = new SyntheticDuty(seed, behaviour, width, height);
                Score score = score(duty, terminal, duty.observe(terminal));
                duties++;
                minutes += score.minutes();
                right += score.right();
                unknown += score.unknown();
                unfair += score.unfair();
                String which = "seed " + seed + " " + terminal + " post " + (int) width + "x" + (int) height + ": ";
                if (score.unfair() > 0) {
                    complaints.add(which + score.unfair() + " unfair minutes");
                }
                score.missedTransitions().forEach(missed -> complaints.add(which + missed));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "presence %s (synthetic, seeds %d-%d): %d duties, %.2f %% of %d minutes right, %.2f %% unknown,"
                        + " %d unfair minutes, %d complaints%n",
                behaviour,
                FIRST_SEED,
                FIRST_SEED + SEEDS - 1,
                duties,
                100.0 * right / minutes,
                minutes,
                100.0 * unknown / minutes,
                unfair,
                complaints.size());
        assertThat(complaints).isEmpty();
        assertThat(100.0 * right / minutes).isGreaterThan(95);
    }

    private static Score score(SyntheticDuty truth, Terminal terminal, List<Fix> fixes) {
        PresenceTracker ordered = tracker(truth);
        fixes.forEach(fix -> put(ordered, fix));
        PresenceTracker disordered = tracker(truth);
        truth.disorder(fixes).forEach(fix -> put(disordered, fix));
        Instant now = START.plusSeconds(SyntheticDuty.LENGTH + 60);
        List<PresenceInterval> intervals = ordered.intervals(now);
        assertThat(disordered.intervals(now)).isEqualTo(intervals);

        PresenceState[] said = new PresenceState[SyntheticDuty.LENGTH];
        for (PresenceInterval interval : intervals) {
            for (int second = second(interval.from()); second < second(interval.to()); second++) {
                said[second] = interval.state();
            }
        }
        int right = 0;
        int unknown = 0;
        int unfair = 0;
        int minutes = SyntheticDuty.LENGTH / 60;
        for (int minute = 0; minute < minutes; minute++) {
            int here = 0;
            int agreed = 0;
            int against = 0;
            int silent = 0;
            for (int second = minute * 60; second < minute * 60 + 60; second++) {
                boolean onPost = said[second] == PresenceState.ON_POST;
                here += truth.present[second] ? 1 : 0;
                silent += said[second] == PresenceState.UNKNOWN ? 1 : 0;
                agreed += onPost == truth.present[second] && said[second] != PresenceState.UNKNOWN ? 1 : 0;
                against += !onPost && said[second] != PresenceState.UNKNOWN ? 1 : 0;
            }
            right += agreed >= 30 ? 1 : 0;
            unknown += silent >= 30 ? 1 : 0;
            // Of a minute that was spent at the post whole, most is called something else.
            unfair += here == 60 && against >= 30 ? 1 : 0;
        }
        return new Score(minutes, right, unfair, unknown, missedTransitions(truth, terminal, fixes, intervals));
    }

    /**
     * Transitions of long absences that no transition of the answer meets within 60 s or, for slow reports, between the
     * last position clearly before and the first after; those in a tunnel are not to be seen.
     */
    private static List<String> missedTransitions(
            SyntheticDuty truth, Terminal terminal, List<Fix> fixes, List<PresenceInterval> intervals) {
        List<String> missed = new ArrayList<>();
        if (truth.behaviour != Behaviour.LONG_LEAVE && truth.behaviour != Behaviour.LATE) {
            return missed;
        }
        List<Fix> valid = fixes.stream().filter(Fix::valid).toList();
        for (int transition : truth.transitions) {
            int before = valid.stream()
                    .mapToInt(Fix::second)
                    .filter(second -> second <= transition - NEAR_THE_BORDER)
                    .max()
                    .orElse(0);
            int after = valid.stream()
                    .mapToInt(Fix::second)
                    .filter(second -> second > transition + 60)
                    .min()
                    .orElse(SyntheticDuty.LENGTH);
            boolean seen = after - before <= 60 + 3 * Math.max(terminal.interval(), 60);
            int earliest = Math.min(transition - 60, before);
            int latest = Math.max(transition + 60, after);
            boolean met = intervals.stream()
                    .mapToInt(interval -> second(interval.from()))
                    .anyMatch(second -> second >= earliest && second <= latest);
            if (seen && !met) {
                missed.add("transition at " + transition + " not met by "
                        + intervals.stream().map(Field::text).toList());
            }
        }
        return missed;
    }

    private static PresenceTracker tracker(SyntheticDuty truth) {
        double w = SyntheticDuty.longitude(-truth.halfWidth);
        double e = SyntheticDuty.longitude(truth.halfWidth);
        double s = SyntheticDuty.latitude(-truth.halfHeight);
        double n = SyntheticDuty.latitude(truth.halfHeight);
        Border post = Border.of(Polygons.of(w, s, e, s, e, n, w, n));
        return new PresenceTracker(
                new Duty(START, START.plusSeconds(SyntheticDuty.LENGTH), post), PresenceRules.DEFAULT);
    }

    private static void put(PresenceTracker tracker, Fix fix) {
        tracker.add(
                START.plusSeconds(fix.second()).toEpochMilli(),
                fix.longitude(),
                fix.latitude(),
                Float.NaN,
                fix.valid() ? 0 : PositionFlag.NO_FIX.mask());
    }

    private static int second(Instant instant) {
        return (int) (instant.getEpochSecond() - START.getEpochSecond());
    }
}
