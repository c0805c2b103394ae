package org.farwatch.ingest.media;

import java.util.Arrays;
import org.farwatch.ingest.media.MediaUnit.Track;

/**
 * Makes one clock that only runs forward out of a device's time stamps, from 0 at the first frame. A stamp that jumps –
 * forward or back by more than {@link #JUMP} against our own clock – moves the following ones along, so that the
 * recording goes on; a jump that one track makes alone leaves the other where it is. What comes ahead of time, as segments of HLS do, may be followed by as much silence: that is no
 * jump. A stamp that stands still or steps back a little is set right behind the last one. Owned by the
 * stream's thread.
 */
public final class Timeline {
    /** Against our own clock, microseconds: networks and buffers do not explain more. */
    static final long JUMP = 5_000_000;

    /** Behind the last stamp of its own track, microseconds: frames are that far out of order at most. */
    static final long STEP_BACK = 1_000_000;

    /** Of what a source sends ahead, this much is remembered, microseconds. */
    static final long MOST_AHEAD = 60_000_000;

    /** Between two frames of a track, microseconds. */
    private static final long LEAST_STEP = 1_000;

    private final long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
    private boolean begun;
    /** From a track's stamps to the running clock. */
    private final long[] offset = new long[2];
    /** Which jump that is from. */
    private final long[] set = new long[2];

    private long newest;
    private long newestReceived;
    /** How far the stream has run ahead of our clock since it last waited for it. */
    private long ahead;

    private long jumps;

    /** Times on the running clock, microseconds. */
    public record Placed(long decodeTime, long presentationTime) {}

    /**
     * @param decodeTime of the device, microseconds
     * @param presentationTime of the device, microseconds
     * @param received our clock, milliseconds
     */
    public Placed place(Track track, long decodeTime, long presentationTime, long received) {
        if (!begun) {
            begun = true;
            Arrays.fill(offset, -decodeTime);
            newestReceived = received;
        }
        int index = track.ordinal();
        long waited = Math.max(0, received - newestReceived) * 1_000;
        long expected = newest + waited;
        if (jumped(index, decodeTime + offset[index], expected, waited)) {
            // A clock that was set moves both tracks by as much; which of them shows it first is chance.
            int other = 1 - index;
            if (set[other] > set[index] && !jumped(index, decodeTime + offset[other], expected, waited)) {
                offset[index] = offset[other];
                set[index] = set[other];
            } else {
                offset[index] = expected + LEAST_STEP - decodeTime;
                set[index] = ++jumps;
            }
        }
        long placed = decodeTime + offset[index];
        placed = Math.max(placed, 0);
        boolean forward = placed >= newest;
        if (last[index] != Long.MIN_VALUE && placed <= last[index]) {
            placed = last[index] + LEAST_STEP;
        }
        last[index] = placed;
        if (forward) {
            ahead = Math.clamp(ahead + placed - expected, 0, MOST_AHEAD);
            newest = placed;
            newestReceived = received;
        }
        return new Placed(placed, Math.max(placed, presentationTime + offset[index]));
    }

    private boolean jumped(int index, long placed, long expected, long waited) {
        return placed - expected > JUMP
                || expected - placed > JUMP + Math.min(ahead, waited)
                || last[index] != Long.MIN_VALUE && last[index] - placed > STEP_BACK;
    }

    /** How often a device's time stamps jumped. */
    public long jumps() {
        return jumps;
    }
}
