package org.farwatch.ingest.media.push;

import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;

/**
 * Gives pictures of a device's recording the times at which they were recorded. A device's stamps either are these times
 * themselves, in milliseconds since 1970, or run on from any origin: then the first one is taken for the instant that was
 * asked for, to which devices go by their key pictures, so that a time may be off by the distance of two of these. Guarded
 * by itself: frames come on a receiver's thread, {@link #moved} on others.
 */
final class RecordedFeed implements Feed {
    static final String PLAYED = "the recording was played to the end of what was asked for";

    /** Stamps that lie so near to what was asked for are times, microseconds. */
    private static final long NEAR = 120_000_000;

    /** Pictures in their order leave no more than this between them, microseconds. */
    private static final long STEP = 1_000_000;

    /** After so long the pictures that come are those of the new place, whatever their stamps say, nanoseconds. */
    private static final long PATIENCE = 1_500_000_000L;

    private static final long NOWHERE = Long.MIN_VALUE;

    private final Feed out;
    private final long from;
    private final long to;
    private boolean anchored;
    /** From a stamp to the time of recording, microseconds. */
    private long offset;

    private long lastStamp;
    private long lastPlaced;
    /** Where the device was told to go and has not come yet, microseconds. */
    private long target = NOWHERE;

    private long toldAt;
    private boolean over;

    /** @param from milliseconds since 1970 UTC, as {@code to} */
    RecordedFeed(Feed out, long from, long to) {
        this.out = out;
        this.from = from * 1_000;
        this.to = to * 1_000;
        lastPlaced = this.from;
    }

    /** The device has taken the order to go there, milliseconds since 1970 UTC. */
    synchronized void moved(long at) {
        target = at * 1_000;
        toldAt = System.nanoTime();
    }

    /** Milliseconds since 1970 UTC. */
    synchronized long position() {
        return lastPlaced / 1_000;
    }

    @Override
    public synchronized void video(
            VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit) {
        if (over || target != NOWHERE && !arrived(decode)) {
            lastStamp = decode;
            return;
        }
        if (!anchored) {
            anchor(decode, from);
        } else if (target != NOWHERE) {
            anchor(decode, target);
            target = NOWHERE;
            out.lost();
        } else if (decode < lastStamp - STEP || decode + offset > to + NEAR) {
            // The device began to count anew, as some do between two files.
            offset = lastPlaced + STEP / 25 - decode;
        }
        lastStamp = decode;
        long placed = decode + offset;
        if (placed >= to) {
            over = true;
            out.failed(OfflineCause.ENDED, PLAYED);
            return;
        }
        lastPlaced = placed;
        out.video(codec, placed, presentation + offset, placed / 1_000, accessUnit);
    }

    @Override
    public synchronized void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
        if (heard(stamp)) {
            out.sound(sound, stamp + offset, (stamp + offset) / 1_000, payload);
        }
    }

    @Override
    public synchronized void aac(long stamp, long receiveTime, byte[] frames) {
        if (heard(stamp)) {
            out.aac(stamp + offset, (stamp + offset) / 1_000, frames);
        }
    }

    @Override
    public void leftOut(String codec) {
        out.leftOut(codec);
    }

    @Override
    public void lost() {
        out.lost();
    }

    @Override
    public synchronized void failed(OfflineCause cause, String detail) {
        over = true;
        out.failed(cause, detail);
    }

    /** Whether a picture is one of the new place: it does not follow the one before, or enough time has passed. */
    private boolean arrived(long decode) {
        return Math.abs(decode - lastStamp) > STEP || System.nanoTime() - toldAt > PATIENCE;
    }

    private void anchor(long decode, long at) {
        anchored = true;
        offset = decode >= from - NEAR && decode <= to + NEAR ? 0 : at - decode;
    }

    /** Sound is on the pictures' clock, so that it has no place before they have one. */
    private boolean heard(long stamp) {
        long placed = stamp + offset;
        return anchored && !over && target == NOWHERE && Math.abs(placed - lastPlaced) < NEAR && placed < to;
    }
}
