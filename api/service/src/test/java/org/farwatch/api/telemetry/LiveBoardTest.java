package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.junit.jupiter.api.Test;

class LiveBoardTest {
    private static final long NOON = 1_790_000_000_000L;
    private static final int DEVICE = 7;

    private final LiveBoard board = new LiveBoard();

    @Test
    void aLatePositionDoesNotMoveTheMarkerBackwards() {
        report(NOON, NOON, 121.1);
        report(NOON - 60_000, NOON + 1_000, 121.2);

        assertThat(board.of(DEVICE).longitude()).isEqualTo(121.1);
    }

    @Test
    void aPositionFromTheFutureMovesNothing() {
        report(NOON, NOON, 121.1);
        report(NOON + 600_000, NOON + 1_000, 121.2, PositionFlag.FUTURE_TIME);

        assertThat(board.of(DEVICE).longitude()).isEqualTo(121.1);
    }

    @Test
    void aClockThatRanAheadByMinutesDoesNotFreezeTheMarker() {
        report(NOON + 240_000, NOON, 121.1);
        report(NOON + 1_000, NOON + 1_000, 121.2);

        assertThat(board.of(DEVICE).longitude()).isEqualTo(121.2);
    }

    @Test
    void aPositionWithoutAFixMovesNothing() {
        report(NOON, NOON, 121.1);
        report(NOON + 1_000, NOON + 1_000, 0, PositionFlag.NO_FIX);

        assertThat(board.of(DEVICE).longitude()).isEqualTo(121.1);
    }

    @Test
    void eachMarkerThatMovedIsGivenOutOnce() {
        report(NOON, NOON, 121.1);
        report(NOON + 1_000, NOON + 1_000, 121.2);

        assertThat(board.drainChanged()).extracting(LiveBoard.Mark::longitude).containsExactly(121.2);
        assertThat(board.drainChanged()).isEmpty();
    }

    private void report(long fixTime, long receiveTime, double longitude, PositionFlag... flags) {
        PositionBatch batch = new PositionBatch(1);
        int row = batch.append(DEVICE, fixTime, receiveTime, fixTime);
        batch.place(row, longitude, 31.2);
        for (PositionFlag flag : flags) {
            batch.flag(row, flag);
        }
        board.stored(batch, row);
    }
}
