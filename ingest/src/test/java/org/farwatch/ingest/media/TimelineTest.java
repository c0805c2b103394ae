package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.farwatch.ingest.media.MediaUnit.Track;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long FRAME = 40_000;
    private static final long START = 1_800_000_000_000L;

    private final Timeline timeline = new Timeline();

    @Test
    void itBeginsAtZeroAndKeepsTheDevicesDistances() {
        for (int i = 0; i < 100; i++) {
            long device = 987_654_321 + i * FRAME;
            Timeline.Placed placed = timeline.place(Track.VIDEO, device, device + 80_000, START + i * 40L);
            assertThat(placed).isEqualTo(new Timeline.Placed(i * FRAME, i * FRAME + 80_000));
        }
        assertThat(timeline.jumps()).isZero();
    }

    @Test
    void aClockSetOnTheDeviceMovesTheFollowingFramesAlong() {
        place(0, 0);
        place(FRAME, 40);

        long forward = place(3_600_000_000L, 80);
        long afterForward = place(3_600_000_000L + FRAME, 120);
        long back = place(1_000_000, 160);

        assertThat(forward).isBetween(2 * FRAME, 2 * FRAME + 2_000);
        assertThat(afterForward).isEqualTo(forward + FRAME);
        assertThat(back).isBetween(afterForward + FRAME, afterForward + FRAME + 2_000);
        assertThat(timeline.jumps()).isEqualTo(2);
    }

    @Test
    void aStampThatStandsStillOrStepsBackALittleIsSetBehindTheLast() {
        place(0, 0);
        long second = place(1_000_000, 1_000);

        long same = place(1_000_000, 1_040);
        long back = place(990_000, 1_080);

        assertThat(same).isGreaterThan(second).isLessThan(second + FRAME);
        assertThat(back).isGreaterThan(same).isLessThan(second + FRAME);
        assertThat(timeline.jumps()).isZero();
    }

    @Test
    void aSilenceThatTheDevicesClockDidNotCountIsCounted() {
        place(0, 0);

        long after = place(FRAME, 60_000);

        assertThat(after).isBetween(60_000_000L, 60_002_000L);
        assertThat(timeline.jumps()).isOne();
    }

    /** HLS: ten seconds come at once, then nothing for ten seconds. */
    @Test
    void framesThatComeInHeapsKeepTheirDistances() {
        long last = -FRAME;
        for (int segment = 0; segment < 20; segment++) {
            for (int frame = 0; frame < 250; frame++) {
                long placed = place((segment * 250L + frame) * FRAME, segment * 10_000L + frame);
                assertThat(placed - last).isEqualTo(FRAME);
                last = placed;
            }
        }
        assertThat(timeline.jumps()).isZero();
    }

    @Test
    void soundAndPicturesShareTheClockAndMayBeInterleaved() {
        place(0, 0);
        place(200_000, 200);

        Timeline.Placed sound = timeline.place(Track.AUDIO, 100_000, 100_000, START + 210);

        assertThat(sound.decodeTime()).isEqualTo(100_000);
        assertThat(timeline.jumps()).isZero();
    }

    private long place(long device, long afterStart) {
        return timeline.place(Track.VIDEO, device, device, START + afterStart).decodeTime();
    }
}
