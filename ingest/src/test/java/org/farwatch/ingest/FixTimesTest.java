package org.farwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.junit.jupiter.api.Test;

class FixTimesTest {
    private static final long NOW = Instant.parse("2026-11-21T01:47:27Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final long ROLLOVER = 1024 * 7 * DAY;

    @Test
    void aClockWithinReasonIsNotFlagged() {
        assertThat(FixTimes.flag(NOW, NOW)).isNull();
        assertThat(FixTimes.flag(NOW + 5 * MINUTE, NOW)).isNull();
        assertThat(FixTimes.flag(NOW - 400 * DAY, NOW)).isNull();
    }

    @Test
    void moreThanFiveMinutesAheadIsFuture() {
        assertThat(FixTimes.flag(NOW + 5 * MINUTE + 1, NOW)).isEqualTo(PositionFlag.FUTURE_TIME);
    }

    @Test
    void fartherBackThanPositionsAreKeptIsPast() {
        assertThat(FixTimes.flag(NOW - 400 * DAY - 1, NOW)).isEqualTo(PositionFlag.PAST_TIME);
        assertThat(FixTimes.flag(0, NOW)).isEqualTo(PositionFlag.PAST_TIME);
    }

    @Test
    void oneOrTwoTimes1024WeeksBehindIsARolledOverWeekCounter() {
        assertThat(FixTimes.flag(NOW - ROLLOVER, NOW)).isEqualTo(PositionFlag.CLOCK_ROLLOVER);
        assertThat(FixTimes.flag(NOW - 2 * ROLLOVER, NOW)).isEqualTo(PositionFlag.CLOCK_ROLLOVER);
        assertThat(FixTimes.flag(NOW - ROLLOVER - 30 * DAY, NOW)).isEqualTo(PositionFlag.CLOCK_ROLLOVER);
        assertThat(FixTimes.flag(NOW - ROLLOVER + MINUTE, NOW)).isEqualTo(PositionFlag.CLOCK_ROLLOVER);
        assertThat(FixTimes.flag(NOW - ROLLOVER - 31 * DAY, NOW)).isEqualTo(PositionFlag.PAST_TIME);
        assertThat(FixTimes.flag(NOW - ROLLOVER + 10 * MINUTE, NOW)).isEqualTo(PositionFlag.PAST_TIME);
        assertThat(FixTimes.flag(NOW - 3 * ROLLOVER, NOW)).isEqualTo(PositionFlag.PAST_TIME);
    }

    @Test
    void withoutAnyDateTheReceiveTimeStandsIn() {
        PositionBatch batch = new PositionBatch(2);

        int row = FixTimes.append(batch, 1, FixTimes.NO_DATE, NOW, 42);
        int other = FixTimes.append(batch, 1, NOW - ROLLOVER, NOW, 43);

        assertThat(batch.fixTime(row)).isEqualTo(NOW);
        assertThat(batch.flags(row)).isEqualTo(PositionFlag.NO_TIME.mask());
        assertThat(batch.bodyHash(row)).isEqualTo(42);
        assertThat(batch.fixTime(other)).isEqualTo(NOW - ROLLOVER);
        assertThat(batch.flags(other)).isEqualTo(PositionFlag.CLOCK_ROLLOVER.mask());
    }
}
