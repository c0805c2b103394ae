package org.farwatch.geo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.trip.DayFigures.Source;
import org.farwatch.geo.trip.Leg.End;
import org.farwatch.geo.trip.Leg.Gap;
import org.farwatch.geo.trip.Leg.Stop;
import org.farwatch.geo.trip.Leg.Trip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JourneyTest {
    private static final Percentage TWO_PERCENT = Percentage.withPercentage(2);

    @ParameterizedTest
    @ValueSource(doubles = {0, 3, 8})
    void aDriveBetweenTwoStopsIsOneTripOfItsLength(double jitter) {
        Journey journey = new Drive(jitter).stay(600).move(1200, 12).stay(900).journey();

        assertThat(shapes(journey)).containsExactly("stop", "trip stop", "stop");
        Trip trip = (Trip) journey.legs().get(1);
        assertThat(trip.metres()).isCloseTo(14_400, Percentage.withPercentage(jitter > 5 ? 15 : 3));
        assertThat(Duration.between(Drive.at(600), trip.from()).abs()).isLessThan(Duration.ofSeconds(15));
        assertThat(Duration.between(Drive.at(1800), trip.to()).abs()).isLessThan(Duration.ofSeconds(15));
        assertThat(trip.topKmh()).isCloseTo(43.2f, offset(0.1f));
        assertThat(journey.figures().movingSeconds()).isCloseTo(1200, within(30L));
        assertThat(journey.figures().onlineSeconds()).isEqualTo(2699);
        assertThat(journey.figures().largestGap()).isNull();
    }

    @Test
    void aDayOfStandingIsOneStopWithoutAKilometre() {
        Journey journey = new Drive(15).every(5).stay(86_400).journey();

        assertThat(shapes(journey)).containsExactly("stop");
        assertThat(journey.figures().metres()).isZero();
        assertThat(journey.figures().movingSeconds()).isZero();
    }

    @Test
    void aRedLightEndsNoTrip() {
        Journey journey = new Drive(3)
                .stay(400)
                .move(300, 10)
                .stay(120)
                .move(300, 10)
                .stay(400)
                .journey();

        assertThat(shapes(journey)).containsExactly("stop", "trip stop", "stop");
    }

    @Test
    void aSilenceElsewhereEndsTheTripAndIsAGapWhoseWayNobodyKnows() {
        Journey journey = new Drive(3)
                .stay(400)
                .move(300, 10)
                .silent(600)
                .carried(5000)
                .move(300, 10)
                .stay(400)
                .journey();

        assertThat(shapes(journey)).containsExactly("stop", "trip gap", "gap", "trip stop", "stop");
        assertThat(((Gap) journey.legs().get(2)).duration()).isEqualTo(Duration.ofSeconds(601));
        assertThat(journey.figures().trackMetres())
                .as("not the 5 km in between")
                .isCloseTo(6000, TWO_PERCENT);
        assertThat(journey.figures().largestGap().from()).isEqualTo(Drive.at(699));
        assertThat(journey.figures().largestGap().to()).isEqualTo(Drive.at(1300));
        assertThat(journey.figures().onlineSeconds()).isEqualTo(699 + 699);
    }

    @Test
    void aDeviceSwitchedOffWhereItParksStoodThereAndSaysHowLongItWasSilent() {
        Journey journey = new Drive(3)
                .move(600, 10)
                .stay(60)
                .silent(28_800)
                .stay(60)
                .move(600, 10)
                .journey();

        assertThat(shapes(journey)).containsExactly("trip stop", "stop", "trip data");
        Stop stop = (Stop) journey.legs().get(1);
        assertThat(stop.silent()).isEqualTo(Duration.ofSeconds(28_801));
        assertThat(journey.figures().largestGap().from())
                .as("the gap stays a fact")
                .isEqualTo(Drive.at(659));
    }

    @Test
    void aDeviceThatWasDrivenWhileSilentDidNotStand() {
        Journey journey = new Drive(0)
                .odometer(1000)
                .stay(600)
                .silent(3600)
                .carried(9000)
                .carried(-9000)
                .stay(600)
                .journey();

        assertThat(shapes(journey)).containsExactly("stop", "gap", "stop");
        assertThat(journey.figures().source()).isEqualTo(Source.MILEAGE);
        assertThat(journey.figures().metres()).isEqualTo(18_000);
    }

    @Test
    void theOdometerCountsWhereItAgreesWithTheTrack() {
        Journey journey =
                new Drive(3).odometer(52_000).stay(400).move(1000, 10).stay(400).journey();

        assertThat(journey.figures().source()).isEqualTo(Source.MILEAGE);
        assertThat(journey.figures().metres()).isEqualTo(10_000);
        assertThat(journey.figures().trackMetres()).isCloseTo(10_000, Percentage.withPercentage(4));
    }

    @Test
    void anOdometerThatStandsStillFallsOrRunsWildIsNotBelieved() {
        assertThat(new Drive(0)
                        .odometer(Double.NaN)
                        .move(1000, 10)
                        .journey()
                        .figures()
                        .source())
                .isEqualTo(Source.TRACK);
        assertThat(new Drive(0)
                        .odometer(900)
                        .move(500, 10)
                        .odometer(10)
                        .move(500, 10)
                        .journey()
                        .figures())
                .satisfies(figures -> {
                    assertThat(figures.source()).isEqualTo(Source.TRACK);
                    assertThat(figures.metres()).isCloseTo(9_990, TWO_PERCENT);
                });
        Drive frozen = new Drive(0);
        for (int i = 0; i < 1000; i++) {
            frozen.odometer(7).move(1, 10);
        }
        assertThat(frozen.journey().figures().source()).isEqualTo(Source.TRACK);
        assertThat(new Drive(0)
                        .odometer(7)
                        .move(500, 10)
                        .odometer(60_000)
                        .move(500, 10)
                        .journey()
                        .figures()
                        .source())
                .isEqualTo(Source.TRACK);
    }

    @Test
    void onePositionThatNothingCouldHaveDrivenToIsNotBelievedAndThreeAre() {
        Journey once = new Drive(0).stay(400).odd(40_000, 0).stay(400).journey();
        Journey forGood = new Drive(0).stay(400).carried(40_000).stay(400).journey();

        assertThat(shapes(once)).containsExactly("stop");
        assertThat(shapes(forGood)).containsExactly("stop", "gap", "stop");
        assertThat(forGood.figures().trackMetres()).isZero();
    }

    @Test
    void positionsWithoutAPlaceShowThatTheDeviceIsOnAndNothingElse() {
        Drive drive = new Drive(0).stay(400);
        for (int i = 0; i < 400; i++) {
            drive.odd(3_000, PositionFlag.NO_FIX.mask());
        }
        Journey journey = drive.stay(400).journey();

        assertThat(shapes(journey)).containsExactly("stop");
        assertThat(journey.figures().points()).isEqualTo(1200);
        assertThat(journey.figures().onlineSeconds()).isEqualTo(1199);
        assertThat(journey.figures().largestGap()).isNull();
    }

    @Test
    void aClockThatIsWrongSaysNothing() {
        Journey right = new Drive(0).stay(400).move(400, 10).journey();
        Drive drive = new Drive(0).stay(400).move(400, 10);
        drive.silent(40_000).odd(9_000, PositionFlag.FUTURE_TIME.mask());

        assertThat(drive.journey().legs()).isEqualTo(right.legs());
        assertThat(drive.journey().figures().largestGap()).isNull();
        assertThat(drive.journey().figures().points()).isEqualTo(right.figures().points() + 1);
    }

    @Test
    void driftBetweenHousesMakesNoTrips() {
        Drive drive = new Drive(6);
        for (int hour = 0; hour < 8; hour++) {
            drive.stay(3000).carried(70).stay(180).carried(-70);
        }

        assertThat(shapes(drive.journey())).containsExactly("stop");
        assertThat(drive.journey().figures().metres()).isZero();
    }

    @Test
    void whatIsTooShortToSayIsNoLeg() {
        assertThat(new Drive(0).journey().legs()).isEmpty();
        assertThat(new Drive(0).stay(1).journey().legs()).isEmpty();
        assertThat(new Drive(0).journey().figures().points()).isZero();
    }

    @Test
    void legsComeInOrderAndEndsAreNamed() {
        Journey journey = new Drive(3)
                .stay(400)
                .move(500, 15)
                .silent(400)
                .carried(4000)
                .stay(500)
                .move(500, 15)
                .journey();

        List<Leg> legs = journey.legs();
        for (int i = 1; i < legs.size(); i++) {
            assertThat(legs.get(i).from()).isAfterOrEqualTo(legs.get(i - 1).to());
        }
        assertThat(((Trip) legs.getLast()).end()).isEqualTo(End.DATA);
    }

    private static List<String> shapes(Journey journey) {
        return journey.legs().stream()
                .map(leg -> switch (leg) {
                    case Trip trip -> "trip " + trip.end().label();
                    case Stop _ -> "stop";
                    case Gap _ -> "gap";
                })
                .toList();
    }
}
