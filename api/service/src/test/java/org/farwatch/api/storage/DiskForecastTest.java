package org.farwatch.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiskForecastTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void aNewStreamGrowsUntilAsMuchGoesAsComes() {
        DiskForecast forecast = DiskForecast.of(List.of(kept(StorageClass.CAMERA, 30, 10, 0)), TODAY, 10_000);

        assertThat(forecast.points()).hasSize(DiskForecast.HORIZON + 1);
        assertThat(forecast.points().get(5).total()).isEqualTo(50);
        assertThat(forecast.points().get(31).total()).isEqualTo(310);
        assertThat(forecast.points().get(400).total()).isEqualTo(310);
        assertThat(forecast.balancedInDays()).isEqualTo(31);
        assertThat(forecast.fullInDays()).isNull();
    }

    @Test
    void theDayOnWhichTheDiskIsFullIsTheFirstOnWhichMoreIsNeededThanThereIs() {
        DiskForecast forecast = DiskForecast.of(List.of(kept(StorageClass.CAMERA, 30, 10, 0)), TODAY, 100);

        assertThat(forecast.points().get(10).total()).isEqualTo(100);
        assertThat(forecast.fullInDays()).isEqualTo(11);
        assertThat(forecast.capacity()).isEqualTo(100);
        assertThat(DiskForecast.of(List.of(), TODAY, -1).fullInDays()).isZero();
    }

    @Test
    void whatIsStoredGoesByItsAgeAndWhatIsHeldStays() {
        DiskForecast.Kept kept = kept(StorageClass.BODY_CAMERA, 30, 0, 7);
        kept.stored().put(TODAY.minusDays(40), 100L);
        kept.stored().put(TODAY.minusDays(30), 200L);
        kept.stored().put(TODAY, 400L);

        DiskForecast forecast = DiskForecast.of(List.of(kept), TODAY, 0);

        assertThat(forecast.points().get(0).bytes()).isEqualTo(Map.of(StorageClass.BODY_CAMERA, 607L));
        assertThat(forecast.points().get(1).total()).isEqualTo(607);
        assertThat(forecast.points().get(2).total()).isEqualTo(407);
        assertThat(forecast.points().get(32).total()).isEqualTo(7);
        assertThat(forecast.fullInDays()).isNull();
    }

    private static DiskForecast.Kept kept(StorageClass of, int days, long rate, long held) {
        return new DiskForecast.Kept(of, days, rate, held, new TreeMap<>());
    }
}
