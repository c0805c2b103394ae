package org.farwatch.api.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.presence.PresenceRules;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** What positions say to a roll call, to the second and the metre. */
class RollCallReadingTest {
    private static final double LONGITUDE = 121.5;
    private static final double LATITUDE = 31.2;
    private static final double HALF = 0.0006;
    /** Of latitude, about. */
    private static final double METRES_PER_DEGREE = 111_195;

    private static final Instant CALL = Instant.parse("2026-11-20T01:00:00Z");
    private static final Instant ANSWER = CALL.plusSeconds(300);
    private static final Instant LATE = CALL.plusSeconds(900);
    private static final Instant DUTY_END = CALL.plusSeconds(7200);
    private static final PresenceRules RULES = PresenceRules.DEFAULT;
    private static final Border POST = Border.of(new GeometryFactory().createPolygon(new Coordinate[] {
        new Coordinate(LONGITUDE - HALF, LATITUDE - HALF),
        new Coordinate(LONGITUDE + HALF, LATITUDE - HALF),
        new Coordinate(LONGITUDE + HALF, LATITUDE + HALF),
        new Coordinate(LONGITUDE - HALF, LATITUDE + HALF),
        new Coordinate(LONGITUDE - HALF, LATITUDE - HALF)
    }));

    @Test
    void aPositionInThePostFromTheCallToTheEndOfTheTermIsPresent() {
        assertThat(read(inside(CALL)).outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(read(inside(ANSWER)).outcome()).isEqualTo(Outcome.PRESENT);
        RollCallReading read = read(inside(CALL.plusSeconds(40)), inside(CALL.plusSeconds(10)));
        assertThat(read.answer().at()).isEqualTo(CALL.plusSeconds(10));
        assertThat(read.answer().metres()).isNegative();
        assertThat(read.last().at()).isEqualTo(CALL.plusSeconds(40));
    }

    @Test
    void whatWasFixedBeforeTheCallAnswersNothingAndIsTheLastThatIsKnown() {
        RollCallReading read = read(inside(CALL.minusMillis(1)));

        assertThat(read.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(read.answer()).isNull();
        assertThat(read.last().at()).isEqualTo(CALL.minusMillis(1));
        assertThat(read().last()).isNull();
    }

    @Test
    void whoWasAwayAndComesBetweenTheTermsIsLateToTheirLastMoment() {
        Fixes away = outside(CALL.plusSeconds(60), 200);
        assertThat(read(away, inside(ANSWER.plusMillis(1))).outcome()).isEqualTo(Outcome.LATE);
        assertThat(read(away, inside(LATE)).outcome()).isEqualTo(Outcome.LATE);
        assertThat(read(away, inside(LATE.plusMillis(1))).outcome()).isEqualTo(Outcome.PENDING);
        assertThat(read(true, inside(LATE)).outcome())
                .as("known to be away at the call")
                .isEqualTo(Outcome.LATE);
    }

    @Test
    void aDeviceThatWasSilentUntilTheSecondTermProvesNoLateness() {
        RollCallReading read = read(inside(ANSWER.plusSeconds(1)));

        assertThat(read.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(read.last().atPost()).isTrue();
        assertThat(read(outside(CALL.minusSeconds(1), 200), inside(ANSWER.plusSeconds(1)))
                        .outcome())
                .as("one position before the call is no proof of what was at it")
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    void thePostReachesAsFarAsPresenceSaysAndNotAMetreFarther() {
        double edge = RULES.leaveMetres();
        assertThat(read(outside(CALL, edge - 0.5)).outcome()).isEqualTo(Outcome.PRESENT);
        RollCallReading away = read(outside(CALL, edge + 1));
        assertThat(away.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(away.last().metres()).isBetween(edge + 0.5, edge + 1.5);
    }

    @Test
    void positionsThatCannotBeBelievedAnswerNothingAndAreNotTheLast() {
        for (PositionFlag flag : List.of(
                PositionFlag.NO_FIX, PositionFlag.FUTURE_TIME, PositionFlag.NO_TIME, PositionFlag.ZERO_POSITION)) {
            RollCallReading read = read(new Fixes("a", CALL.plusSeconds(5), 0, Float.NaN, flag.mask()));
            assertThat(read.outcome()).as(flag.label()).isEqualTo(Outcome.PENDING);
            assertThat(read.last()).as(flag.label()).isNull();
        }
        assertThat(read(new Fixes("a", CALL, 0, 101, 0)).outcome())
                .as("stated error beyond the rules")
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    void anyDeviceThatHeHasAnswers() {
        RollCallReading read = read(
                outside(CALL.plusSeconds(10), 400),
                new Fixes("camera", CALL.plusSeconds(20), 0, Float.NaN, 0),
                outside(CALL.plusSeconds(30), 400));

        assertThat(read.outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(read.answer().deviceId()).isEqualTo("camera");
        assertThat(read.last().deviceId()).isEqualTo("a");
    }

    @Test
    void theOrderInWhichPositionsComeChangesNothing() {
        List<Fixes> fixes = new ArrayList<>(List.of(
                outside(CALL.plusSeconds(5), 200),
                outside(CALL.plusSeconds(200), 90),
                inside(ANSWER.plusSeconds(30)),
                inside(ANSWER.plusSeconds(60))));
        RollCallReading inOrder = read(fixes.toArray(Fixes[]::new));
        for (int turn = 0; turn < fixes.size(); turn++) {
            Collections.rotate(fixes, 1);
            assertThat(read(fixes.toArray(Fixes[]::new))).isEqualTo(inOrder);
        }
        assertThat(inOrder.outcome()).isEqualTo(Outcome.LATE);

        fixes.add(new Fixes("a", CALL.plusSeconds(100), 0, Float.NaN, PositionFlag.BUFFERED.mask()));
        assertThat(read(fixes.toArray(Fixes[]::new)).outcome())
                .as("sent late, fixed in time")
                .isEqualTo(Outcome.PRESENT);
    }

    @Test
    void whatIsFixedWhenHisDutyIsOverIsNotLookedAt() {
        RollCallReading.Terms short1 = new RollCallReading.Terms(CALL, ANSWER, LATE, CALL.plusSeconds(400), false);
        RollCallReading read = RollCallReading.of(
                short1,
                POST,
                RULES,
                List.of(
                        inside(CALL.plusSeconds(400)).fix(),
                        outside(CALL.plusSeconds(50), 30).fix()));

        assertThat(read.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(read.last().at()).isEqualTo(CALL.plusSeconds(50));
    }

    /** @param north metres north of the post's middle */
    private record Fixes(String device, Instant at, double north, float accuracy, int flags) {
        RollCallReading.Fix fix() {
            return new RollCallReading.Fix(
                    device, at, LONGITUDE, LATITUDE + north / METRES_PER_DEGREE, accuracy, flags);
        }
    }

    private static Fixes inside(Instant at) {
        return new Fixes("a", at, 0, Float.NaN, 0);
    }

    private static Fixes outside(Instant at, double metres) {
        return new Fixes("a", at, HALF * METRES_PER_DEGREE + metres, Float.NaN, 0);
    }

    private static RollCallReading read(Fixes... fixes) {
        return read(false, fixes);
    }

    private static RollCallReading read(boolean awayAtCall, Fixes... fixes) {
        return RollCallReading.of(
                new RollCallReading.Terms(CALL, ANSWER, LATE, DUTY_END, awayAtCall),
                POST,
                RULES,
                Arrays.stream(fixes).map(Fixes::fix).toList());
    }
}
