package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
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

    /** Tracks of RTP have clocks of their own. */
    @Test
    void aJumpOfOneTrackLeavesTheOtherWhereItIs() {
        long hour = 3_600_000_000L;
        for (int i = 0; i < 500; i++) {
            long ours = i * 40L;
            long picture = place(i * FRAME + (i < 100 ? 0 : hour), ours);
            Timeline.Placed sound = timeline.place(Track.AUDIO, i * FRAME + 5_000, i * FRAME + 5_000, START + ours + 5);
            assertThat(picture).isBetween(i * FRAME, i * FRAME + 10_000);
            assertThat(sound.decodeTime()).isBetween(i * FRAME + 5_000, i * FRAME + 15_000);
        }
        assertThat(timeline.jumps()).isOne();
    }

    @Test
    void aJumpOfBothTracksKeepsThemTogether() {
        long hour = 3_600_000_000L;
        for (int i = 0; i < 300; i++) {
            long jump = i < 100 ? 0 : i < 200 ? -hour : 2 * hour;
            long ours = i * 40L;
            long picture = place(i * FRAME + jump, ours);
            long stamp = i * FRAME + jump + 5_000;
            assertThat(timeline.place(Track.AUDIO, stamp, stamp, START + ours + 30)
                                    .decodeTime()
                            - picture)
                    .isEqualTo(5_000);
        }
        assertThat(timeline.jumps()).isEqualTo(2);
    }

    @Test
    void picturesThatAreShownLaterThanDecodedKeepTheirOrderOverAJump() {
        int[] shownLater = {1, 3, 0, 0};
        long last = -1;
        for (int i = 0; i < 400; i++) {
            long jump = i < 100 ? 0 : i < 200 ? 7_200_000_000L : -7_200_000_000L;
            long stamp = i * FRAME + jump;
            Timeline.Placed placed =
                    timeline.place(Track.VIDEO, stamp, stamp + shownLater[i % 4] * FRAME, START + i * 40L);
            assertThat(placed.decodeTime()).isGreaterThan(last);
            assertThat(placed.presentationTime() - placed.decodeTime()).isEqualTo(shownLater[i % 4] * FRAME);
            last = placed.decodeTime();
        }
        assertThat(timeline.jumps()).isEqualTo(2);
    }

    /** A device whose clock runs backwards, picture for picture. */
    @Test
    void stampsThatRunBackwardsStillMakeAClockThatRunsForward() {
        long last = -1;
        for (int i = 0; i < 2_000; i++) {
            long placed = place(-i * FRAME, i * 40L);
            assertThat(placed).isGreaterThan(last);
            last = placed;
        }
        assertThat(last).isBetween(2_000 * FRAME - 12_000_000, 2_000 * FRAME + 1_000_000);
    }

    @Property
    void whateverADeviceStampsTheClockRunsForwardAndKeepsUpWithOurs(
            @ForAll @Size(max = 300) List<@LongRange(min = -1L << 60, max = 1L << 60) Long> stamps,
            @ForAll @LongRange(min = -10_000_000, max = 10_000_000) long later) {
        Timeline any = new Timeline();
        long[] last = {-1, -1};
        for (int i = 0; i < stamps.size(); i++) {
            Track track = i % 3 == 2 ? Track.AUDIO : Track.VIDEO;
            Timeline.Placed placed = any.place(track, stamps.get(i), stamps.get(i) + later, START + i * 40L);
            assertThat(placed.decodeTime()).isGreaterThan(last[track.ordinal()]);
            assertThat(placed.presentationTime()).isGreaterThanOrEqualTo(placed.decodeTime());
            assertThat(Math.abs(placed.decodeTime() - i * 40_000L)).isLessThan(70_000_000L);
            last[track.ordinal()] = placed.decodeTime();
        }
    }

    private long place(long device, long afterStart) {
        return timeline.place(Track.VIDEO, device, device, START + afterStart).decodeTime();
    }
}
