package org.farwatch.ingest.media;

import org.farwatch.ingest.media.MediaUnit.Track;

/**
 * Makes one clock that only runs forward out of a device's time stamps, from 0 at the first frame. A stamp that jumps –
 * forward or back by more than {@link #JUMP} against our own clock – moves the following ones along, so that the
 * recording goes on. What comes ahead of time, as segments of HLS do, may be followed by as much silence: that is no
 * jump. A stamp that stands still or steps back a little is set right behind the last one. Owned by the
 * stream's thread.
 */
public final class Timeline {
    /** Against our own clock, microseconds: networks and buffers do not explain more. */
    static final long JUMP = 5_000_000;

    /** Of what a source sends ahead, this much is remembered, microseconds. */
    static final long MOST_AHEAD = 60_000_000;

    /** Between two frames of a track, microseconds. */
    private static final long LEAST_STEP = 1_000;

    private final long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
    private boolean begun;
    private long offset;
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
            offset = -decodeTime;
            newestReceived = received;
        }
        long placed = decodeTime + offset;
        long waited = Math.max(0, received - newestReceived) * 1_000;
        long expected = newest + waited;
        if (placed - expected > JUMP || expected - placed > JUMP + Math.min(ahead, waited)) {
            jumps++;
            offset += expected + LEAST_STEP - placed;
            placed = expected + LEAST_STEP;
        }
        placed = Math.max(placed, 0);
        int index = track.ordinal();
        if (last[index] != Long.MIN_VALUE && placed <= last[index]) {
            placed = last[index] + LEAST_STEP;
        }
        last[index] = placed;
        if (placed >= newest) {
            ahead = Math.clamp(ahead + placed - expected, 0, MOST_AHEAD);
            newest = placed;
            newestReceived = received;
        }
        return new Placed(placed, Math.max(placed, presentationTime + offset));
    }

    /** How often a device's time stamps jumped. */
    public long jumps() {
        return jumps;
    }
}
