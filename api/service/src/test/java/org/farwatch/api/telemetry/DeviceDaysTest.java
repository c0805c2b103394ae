package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.farwatch.api.RunningService;
import org.farwatch.api.telemetry.DayOfPositions.Fix;
import org.farwatch.api.telemetry.DeviceDays.DeviceDay;
import org.farwatch.api.web.BureauTime;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.farwatch.geo.trip.DayFigures;
import org.farwatch.geo.trip.Journey;
import org.farwatch.geo.trip.TripRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures by day against the real database, whichever server {@link RunningService} runs on. */
class DeviceDaysTest {
    private static int nextDevice = 3_000_000;

    private final RunningService service = RunningService.shared();
    private final JdbcClient jdbc = service.bean(JdbcClient.class);
    private final DeviceDays days = service.bean(DeviceDays.class);
    private final LocalDate day = LocalDate.now(BureauTime.ZONE).minusDays(3);
    private final int device = nextDevice++;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inWhateverOrderPositionsComeTheFiguresAreThoseOfAllOfThem(long seed) throws Exception {
        Random random = new Random(seed);
        DayOfPositions made = new DayOfPositions(day, 3_600)
                .go(400, 0)
                .go(300 + random.nextInt(300), 11)
                .silent(600 + random.nextInt(4000), 3_000)
                .go(500, 9)
                .go(400, 0);
        List<Fix> arriving = new ArrayList<>(made.fixes);
        arriving.addAll(made.fixes.subList(100, 400));
        Collections.shuffle(arriving, random);
        for (int from = 0; from < arriving.size(); ) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(700));
            made.store(device, arriving.subList(from, to));
            if (random.nextBoolean()) {
                figures();
            }
            from = to;
        }

        DayFigures all = Journey.of(made.track(), TripRules.DEFAULT).figures();

        assertThat(figures()).isEqualTo(all);
        assertThat(all.points()).isEqualTo(made.fixes.size());
        assertThat(all.largestGap()).isNotNull();
    }

    @Test
    void aDayThatWasReadIsReadAgainWhenPositionsComeLateAndNotBefore() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 40_000).go(1200, 10);
        made.store(device, made.fixes.subList(0, 600));
        settle();
        days.readWhatIsOver();
        assertThat(figures().points()).isEqualTo(600);
        Object readAt = readAt();
        days.readWhatIsOver();
        assertThat(figures().points()).isEqualTo(600);
        assertThat(readAt()).as("nothing came").isEqualTo(readAt);

        // The writers remember the day for ten minutes; who waited for those reads once more.
        jdbc.sql("delete from device_day_mark where device_no = :device")
                .param("device", device)
                .update();
        new DayOfPositions(day, 0).store(device, made.fixes.subList(600, 601));
        jdbc.sql("insert into device_day_mark (device_no, day, marked_at) values (:device, :day, now())"
                        + " on conflict (device_no, day) do update set marked_at = excluded.marked_at")
                .param("device", device)
                .param("day", day)
                .update();

        assertThat(figures().points()).isEqualTo(601);
    }

    @Test
    void positionsMarkTheirLocalDayInTheTransactionThatStoresThem() throws Exception {
        // 23:59:30 to 00:00:30 in the bureau's time zone, which is 16:00 UTC.
        DayOfPositions made = new DayOfPositions(day, 86_400 - 30).go(60, 10);
        made.store(device, made.fixes);

        assertThat(jdbc.sql("select day from device_day_mark where device_no = :device order by day")
                        .param("device", device)
                        .query(LocalDate.class)
                        .list())
                .containsExactly(day, day.plusDays(1));
        assertThat(days.of(device, day, day.plusDays(1)))
                .extracting(found -> found.figures().points())
                .containsExactly(30, 30);
    }

    @Test
    void duplicatesAreAnsweredEachTimeAndCountOnce() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 50_000).go(50, 10);

        assertThat(made.store(device, made.fixes)).containsOnly(StoreResult.STORED);
        assertThat(made.store(device, made.fixes)).containsOnly(StoreResult.DUPLICATE);
        assertThat(figures().points()).isEqualTo(50);
    }

    @Test
    void aClockThatRunsAheadChangesNoKilometre() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 50_000).go(600, 10);
        made.store(device, made.fixes);
        double metres = figures().trackMetres();
        Fix last = made.fixes.getLast();
        made.store(device, List.of(new Fix(last.time() + 900_000, 120, 30, 0, PositionFlag.FUTURE_TIME.mask(), -1)));

        assertThat(figures().trackMetres()).isEqualTo(metres);
        assertThat(figures().largestGap()).isNull();
        assertThat(figures().points()).isEqualTo(601);
    }

    @Test
    void theOdometerCountsWhenTheDeviceSendsIt() throws Exception {
        DayOfPositions made = new DayOfPositions(day, 30_000).go(1000, 10);
        List<Fix> counted = new ArrayList<>();
        for (int i = 0; i < made.fixes.size(); i++) {
            Fix fix = made.fixes.get(i);
            counted.add(new Fix(fix.time(), fix.longitude(), fix.latitude(), fix.speed(), 0, 70_000 + i / 10));
        }
        made.store(device, counted);

        assertThat(figures().source()).isEqualTo(DayFigures.Source.MILEAGE);
        assertThat(figures().metres()).isEqualTo(9_900);
    }

    /** As if what was stored had been stored an hour ago, so that nobody waits for more by the same mark. */
    private void settle() {
        jdbc.sql("update device_day_mark set marked_at = marked_at - interval '1 hour' where device_no = :device")
                .param("device", device)
                .update();
    }

    private Object readAt() {
        return jdbc.sql("select read_at from device_day where device_no = :device")
                .param("device", device)
                .query()
                .singleValue();
    }

    private DayFigures figures() {
        List<DeviceDay> found = days.of(device, day, day);
        assertThat(found).hasSize(1);
        return found.getFirst().figures();
    }
}
