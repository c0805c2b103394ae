package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.farwatch.geo.presence.Field.at;
import static org.farwatch.geo.presence.Field.put;
import static org.farwatch.geo.presence.Field.read;
import static org.farwatch.geo.presence.Field.stay;

import java.util.List;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceTrackerTest {
    private final PresenceTracker tracker = Field.tracker();

    @Test
    void whoStaysIsOnPostFromTheStartUntilNow() {
        stay(tracker, 5, 1000, 10, -20);
        assertThat(read(tracker, 1000)).containsExactly("0-1000 on-post at-post");
        assertThat(tracker.current(at(1000)).orElseThrow().from()).isEqualTo(at(0));
    }

    @Test
    void beforeTheStartThereIsNothingAndAtTheEndItStops() {
        stay(tracker, -60, 7300, 10, -20);
        assertThat(tracker.intervals(at(-10))).isEmpty();
        assertThat(tracker.intervals(at(0))).isEmpty();
        assertThat(read(tracker, 1)).containsExactly("0-1 on-post at-post");
        assertThat(read(tracker, 9000)).containsExactly("0-7200 on-post at-post");
        assertThat(tracker.current(at(-1))).isEmpty();
        assertThat(tracker.current(at(7199))).isPresent();
        assertThat(tracker.current(at(7200))).isEmpty();
    }

    @Test
    void aLeaveIsDatedAtTheFirstPositionAwayAndTheReturnAtTheFirstInside() {
        stay(tracker, 0, 1000, 10, -20);
        stay(tracker, 1000, 2000, 10, 200);
        stay(tracker, 2000, 3000, 10, -20);
        assertThat(read(tracker, 3000))
                .containsExactly("0-1000 on-post at-post", "1000-2000 off-post left", "2000-3000 on-post at-post");
    }

    @Test
    void slowReportsHoldNothingAgainstAnybodyBetweenTheLastPositionAwayAndTheFirstInside() {
        stay(tracker, 0, 1200, 120, -20);
        stay(tracker, 1200, 2400, 120, 200);
        stay(tracker, 2400, 3600, 120, -20);
        assertThat(read(tracker, 3600))
                .containsExactly("0-1200 on-post at-post", "1200-2280 off-post left", "2280-3600 on-post at-post");
    }

    @Test
    void aLeaveIsBelievedOnlyAfterItLasted() {
        stay(tracker, 0, 1000, 10, -20);
        stay(tracker, 1000, 1060, 10, 200);
        assertThat(read(tracker, 1060)).containsExactly("0-1060 on-post at-post");
        put(tracker, 1060, 200);
        assertThat(read(tracker, 1060)).containsExactly("0-1000 on-post at-post", "1000-1060 off-post left");
        assertThat(tracker.current(at(1065)).orElseThrow())
                .isEqualTo(new PresenceInterval(at(1000), at(1065), PresenceState.OFF_POST, PresenceCause.LEFT));
    }

    @Test
    void aSinglePositionFarAwayIsNoLeave() {
        stay(tracker, 0, 1000, 10, -20);
        put(tracker, 1001, 5000);
        stay(tracker, 1010, 2000, 10, -20);
        assertThat(read(tracker, 2000)).containsExactly("0-2000 on-post at-post");
    }

    @Test
    void fifteenMetresOfJitterAtTheBorderGiveOneTransition() {
        stay(tracker, -120, 600, 10, 200);
        for (int second = 600; second < 3000; second++) {
            put(tracker, second, second % 2 == 0 ? -15 : 15);
        }
        assertThat(read(tracker, 3000)).containsExactly("0-600 late not-arrived", "600-3000 on-post at-post");
    }

    @Test
    void positionsThatDriftForMinutesBetweenHousesAreNoLeave() {
        stay(tracker, 0, 1000, 5, -5);
        stay(tracker, 1000, 1300, 5, 60);
        stay(tracker, 1300, 2000, 5, -5);
        assertThat(read(tracker, 2000)).containsExactly("0-2000 on-post at-post");
    }

    @Test
    void whoStandsAcrossTheStreetLongerThanPositionsDriftIsAway() {
        stay(tracker, 0, 1000, 5, -5);
        stay(tracker, 1000, 1400, 5, 60);
        assertThat(read(tracker, 1400)).containsExactly("0-1000 on-post at-post", "1000-1400 off-post left");
    }

    @Test
    void aPositionNearTheBorderTakesBackALeaveNotYetBelieved() {
        stay(tracker, 0, 1000, 10, -20);
        for (int second = 1000; second < 3000; second += 50) {
            stay(tracker, second, second + 40, 10, 200);
            put(tracker, second + 40, 10);
        }
        assertThat(read(tracker, 3000)).containsExactly("0-3000 on-post at-post");
    }

    @Test
    void aPositionWhoseErrorReachesTheBorderIsNoLeave() {
        stay(tracker, 0, 1000, 10, -20);
        for (int second = 1000; second < 2000; second += 10) {
            put(tracker, second, 80, 85f, 0);
        }
        assertThat(read(tracker, 2000)).containsExactly("0-2000 on-post at-post");
    }

    @Test
    void passingThroughThePostIsNoArrival() {
        stay(tracker, 0, 600, 5, 100);
        stay(tracker, 600, 615, 5, -20);
        stay(tracker, 615, 1200, 5, 100);
        assertThat(read(tracker, 1200)).containsExactly("0-1200 late not-arrived");
    }

    @Test
    void whoArrivesAfterTheGraceWasLateFromTheStart() {
        stay(tracker, 0, 301, 10, 500);
        assertThat(read(tracker, 300)).containsExactly("0-300 travelling not-arrived");
        assertThat(read(tracker, 301)).containsExactly("0-301 late not-arrived");
        stay(tracker, 310, 1000, 10, -20);
        assertThat(read(tracker, 1000)).containsExactly("0-310 late not-arrived", "310-1000 on-post at-post");
    }

    @Test
    void whoArrivesWithinTheGraceWasTravelling() {
        stay(tracker, 0, 250, 10, 500);
        stay(tracker, 250, 1000, 10, -20);
        assertThat(read(tracker, 1000)).containsExactly("0-250 travelling not-arrived", "250-1000 on-post at-post");
    }

    @Test
    void beingAtThePostBeforeTheStartIsNoArrivalWhenOneLeavesAgain() {
        stay(tracker, -1200, -600, 10, -20);
        stay(tracker, -600, 500, 10, 500);
        assertThat(read(tracker, 500)).containsExactly("0-500 late not-arrived");
    }

    @Test
    void whoNeverCameIsAbsentOnceTheDutyIsOver() {
        stay(tracker, -60, 7260, 60, 3000);
        assertThat(read(tracker, 7199)).containsExactly("0-7199 late not-arrived");
        assertThat(read(tracker, 7200)).containsExactly("0-7200 absent not-arrived");
    }

    @Test
    void nobodyIsAbsentWhoMayHaveBeenThereUnseen() {
        stay(tracker, -60, 1000, 20, 3000);
        stay(tracker, 3000, 7260, 20, 3000);
        assertThat(read(tracker, 7300))
                .containsExactly("0-980 late not-arrived", "980-3000 unknown silent", "3000-7200 late not-arrived");
    }

    @Test
    void whoDoesNotComeBackLeftBeforeTheEnd() {
        stay(tracker, 0, 6000, 10, -20);
        stay(tracker, 6000, 7200, 10, 300);
        assertThat(read(tracker, 7000)).last().isEqualTo("6000-7000 off-post left");
        assertThat(read(tracker, 8000)).containsExactly("0-6000 on-post at-post", "6000-7200 off-post left-before-end");
    }

    @Test
    void aLongSilenceIsUnknownFromTheLastPositionToTheNext() {
        stay(tracker, 0, 1000, 10, -20);
        assertThat(read(tracker, 1170)).containsExactly("0-1170 on-post at-post");
        assertThat(read(tracker, 1171)).containsExactly("0-990 on-post at-post", "990-1171 unknown silent");
        stay(tracker, 3000, 3100, 10, -20);
        assertThat(read(tracker, 3100))
                .containsExactly("0-990 on-post at-post", "990-3000 unknown silent", "3000-3100 on-post at-post");
    }

    @Test
    void aSilenceDoesNotMakeALeaveOutOfASecondPositionAway() {
        stay(tracker, 0, 1000, 10, -20);
        put(tracker, 1000, 400);
        put(tracker, 3000, 400);
        assertThat(read(tracker, 3000)).containsExactly("0-1000 on-post at-post", "1000-3000 unknown silent");
        stay(tracker, 3010, 3070, 10, 400);
        assertThat(read(tracker, 3065)).last().isEqualTo("3000-3065 off-post left");
    }

    @Test
    void fewPositionsAwayAfterASilenceAreUnconfirmed() {
        stay(tracker, 0, 1000, 10, -20);
        stay(tracker, 3000, 3050, 10, 400);
        assertThat(read(tracker, 3050))
                .containsExactly("0-990 on-post at-post", "990-3000 unknown silent", "3000-3050 unknown unconfirmed");
    }

    @Test
    void aDutyWithoutPositionsIsUnknown() {
        assertThat(read(tracker, 100)).containsExactly("0-100 unknown silent");
        assertThat(read(tracker, 9000)).containsExactly("0-7200 unknown silent");
    }

    @Test
    void aDeviceSwitchedOnAtTheStartAndOffAtTheEndLeavesNoHoles() {
        stay(tracker, 100, 7100, 10, -20);
        assertThat(read(tracker, 9000)).containsExactly("0-7200 on-post at-post");
        put(tracker, -1700, 900);
        put(tracker, 8990, 900);
        assertThat(read(tracker, 9000)).containsExactly("0-7200 on-post at-post");
    }

    @Test
    void aDeviceThatReportsEveryTwoMinutesAndLosesTwoReportsIsNotSilent() {
        for (int report = 0; report < 40; report++) {
            if (report % 7 != 5 && report % 7 != 6) {
                put(tracker, report * 120, -20);
            }
        }
        assertThat(read(tracker, 4800)).containsExactly("0-4800 on-post at-post");
    }

    @Test
    void patienceWithASlowDeviceEnds() {
        for (int report = 0; report < 10; report++) {
            put(tracker, report * 400, -20);
        }
        // 400 s for want of knowing better is a silence; from the second interval on it is the device's habit.
        assertThat(read(tracker, 4200)).containsExactly("0-400 unknown silent", "400-4200 on-post at-post");
        assertThat(read(tracker, 4201)).last().isEqualTo("3600-4201 unknown silent");
    }

    @ParameterizedTest
    @EnumSource(
            value = PositionFlag.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUFFERED", "DATUM_CONVERTED"})
    void flaggedPositionsMoveNothing(PositionFlag flag) {
        stay(tracker, 0, 1000, 10, -20);
        List<String> before = read(tracker, 1000);
        for (int second = 0; second < 1000; second += 7) {
            put(tracker, second, 5000, Float.NaN, flag.mask() | PositionFlag.BUFFERED.mask());
        }
        assertThat(read(tracker, 1000)).isEqualTo(before);
    }

    @Test
    void bufferedAndConvertedPositionsCount() {
        stay(tracker, 0, 1000, 10, -20);
        int flags = PositionFlag.BUFFERED.mask() | PositionFlag.DATUM_CONVERTED.mask();
        for (int second = 1000; second < 1100; second += 10) {
            put(tracker, second, 500, Float.NaN, flags);
        }
        assertThat(read(tracker, 1100)).last().isEqualTo("1000-1100 off-post left");
    }

    @Test
    void theCauseOfASilenceSaysWhatTheDeviceSentMeanwhile() {
        stay(tracker, 0, 1000, 10, -20);
        for (int second = 1000; second < 2000; second += 10) {
            put(tracker, second, 0, Float.NaN, PositionFlag.NO_FIX.mask());
        }
        stay(tracker, 2000, 2010, 10, -20);
        for (int second = 2010; second < 3000; second += 10) {
            put(tracker, second, 0, 150f, 0);
        }
        stay(tracker, 3000, 3010, 10, -20);
        for (int second = 3010; second < 4000; second += 10) {
            put(tracker, second, 0, Float.NaN, PositionFlag.NO_TIME.mask());
        }
        assertThat(read(tracker, 4000))
                .containsExactly(
                        "0-990 on-post at-post",
                        "990-2000 unknown no-fix",
                        "2000-3000 unknown inaccurate",
                        "3000-4000 unknown bad-clock");
    }

    @Test
    void aDeviceThatNeverHadAFixIsUnknownForThatReason() {
        for (int second = 0; second < 1000; second += 10) {
            put(tracker, second, 0, Float.NaN, PositionFlag.NO_FIX.mask());
        }
        assertThat(read(tracker, 1000)).containsExactly("0-1000 unknown no-fix");
        stay(tracker, 1000, 1100, 10, -20);
        assertThat(read(tracker, 1100)).containsExactly("0-1000 unknown no-fix", "1000-1100 on-post at-post");
    }

    @Test
    void coordinatesThatAreNoneMoveNothing() {
        stay(tracker, 0, 1000, 10, -20);
        tracker.add(at(500).toEpochMilli(), Double.NaN, 31, Float.NaN, 0);
        tracker.add(at(510).toEpochMilli(), 121, 91, Float.NaN, 0);
        assertThat(read(tracker, 1000)).containsExactly("0-1000 on-post at-post");
    }

    @Test
    void aLateBatchRevisesThePast() {
        stay(tracker, 0, 1000, 10, -20);
        stay(tracker, 3000, 4000, 10, -20);
        assertThat(read(tracker, 4000)).contains("990-3000 unknown silent");
        stay(tracker, 1000, 1500, 10, -20);
        stay(tracker, 1500, 2500, 10, 300);
        stay(tracker, 2500, 3000, 10, -20);
        assertThat(read(tracker, 4000))
                .containsExactly("0-1500 on-post at-post", "1500-2500 off-post left", "2500-4000 on-post at-post");
    }

    @Test
    void whatIsRefusedIsSaidAndChangesNothing() {
        PresenceTracker small = new PresenceTracker(Field.duty(), PresenceRules.DEFAULT, 64);
        assertThat(put(small, -1801, -20)).isEqualTo(Taken.OUTSIDE_DUTY);
        assertThat(put(small, 9001, -20)).isEqualTo(Taken.OUTSIDE_DUTY);
        assertThat(put(small, 20, -20)).isEqualTo(Taken.APPENDED);
        assertThat(put(small, 20, -20)).isEqualTo(Taken.REPEATED);
        assertThat(put(small, 10, -20)).isEqualTo(Taken.INSERTED);
        stay(small, 30, 650, 10, -20);
        assertThat(small.size()).isEqualTo(64);
        assertThat(put(small, 650, -20)).isEqualTo(Taken.FULL);
        assertThat(put(small, 640, -20)).isEqualTo(Taken.REPEATED);
        assertThat(read(small, 700)).containsExactly("0-700 on-post at-post");
        assertThatThrownBy(() -> new PresenceTracker(Field.duty(), PresenceRules.DEFAULT, 63))
                .hasMessage("capacity must be at least 64, was 63");
    }

    @Test
    void rowsOfABatchAreTakenAsTheyAre() {
        PositionBatch batch = new PositionBatch(4);
        for (int second : new int[] {0, 60, 120}) {
            int row = batch.append(1, at(second).toEpochMilli(), at(second).toEpochMilli(), second);
            batch.place(row, Field.MAP.longitudeAt(0), Field.MAP.latitudeAt(0));
            assertThat(tracker.add(batch, row)).isEqualTo(Taken.APPENDED);
        }
        int row = batch.append(1, at(130).toEpochMilli(), at(130).toEpochMilli(), 4);
        batch.flag(row, PositionFlag.NO_FIX);
        assertThat(tracker.add(batch, row).changed()).isTrue();
        assertThat(read(tracker, 120)).containsExactly("0-120 on-post at-post");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 299, 301, 4000, 7199, 7200, 7201, 20_000})
    void noIntervalEndsAfterNow(int now) {
        stay(tracker, 0, 7300, 10, -20);
        for (PresenceInterval interval : tracker.intervals(at(now))) {
            assertThat(interval.to()).isBeforeOrEqualTo(at(now)).isBeforeOrEqualTo(at(7200));
        }
    }
}
