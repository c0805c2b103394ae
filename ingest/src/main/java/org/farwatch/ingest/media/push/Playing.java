package org.farwatch.ingest.media.push;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;

/**
 * A stretch of a device's recording that is being played: what comes out of it bears the times at which it was recorded,
 * also as its receive times, whatever the speed. Begun and ended on the thread that reads; the rest by any thread.
 */
public final class Playing implements Upstream {
    private final Player player;
    private final long from;
    private final long to;
    private volatile RecordedFeed feed;

    /**
     * @param from first instant that is asked for, milliseconds since 1970 UTC
     * @param to behind the last one
     */
    public Playing(Player player, long from, long to) {
        this.player = player;
        this.from = from;
        this.to = to;
    }

    @Override
    public void begin(Feed out, Duration limit) throws PullFailure, InterruptedException {
        feed = new RecordedFeed(out, from, to);
        player.begin(feed, limit);
    }

    @Override
    public void end() {
        player.end();
    }

    /** As {@link Player#order}; a place is within the stretch. */
    public CompletionStage<Void> order(PlayOrder order) {
        RecordedFeed open = feed;
        if (open == null) {
            return CompletableFuture.failedFuture(
                    new PullFailure(OfflineCause.UNREACHABLE, "the device has not agreed to play yet"));
        }
        CompletionStage<Void> taken = player.order(order);
        return order instanceof PlayOrder.Seek(long at) ? taken.thenRun(() -> open.moved(at)) : taken;
    }

    /** Ends it for the thread that reads. */
    public void fail(OfflineCause cause, String detail) {
        RecordedFeed open = feed;
        if (open != null) {
            open.failed(cause, detail);
        }
    }

    /** When the newest picture that came was recorded, milliseconds since 1970 UTC; the beginning before any came. */
    public long position() {
        RecordedFeed open = feed;
        return open == null ? from : open.position();
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }
}
