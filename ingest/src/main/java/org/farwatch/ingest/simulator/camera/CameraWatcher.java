package org.farwatch.ingest.simulator.camera;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client that watches: pictures go into its connection while that has room. One that is too slow is given nothing
 * until it has taken what it has, and then begins again at a key picture; one that takes nothing at all is cut off. Its
 * state belongs to the connection's event loop.
 */
final class CameraWatcher implements SimulatedCamera.Watcher {
    /** How long a client may take nothing. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Channel channel;
    private final EventLoop eventLoop;
    private final InterleavedTrack track;
    private final AtomicLong dropped;
    private boolean awaitingKey = true;
    private boolean left;
    private long fullSince;

    /** @param dropped counts pictures that slow clients were not given */
    CameraWatcher(Channel channel, InterleavedTrack track, AtomicLong dropped) {
        this.channel = channel;
        this.eventLoop = channel.eventLoop();
        this.track = track;
        this.dropped = dropped;
    }

    @Override
    public void frame(SceneFrame frame) {
        eventLoop.execute(() -> send(frame));
    }

    @Override
    public void over() {
        var _ = channel.close();
    }

    /** Sends nothing more; called by the event loop. */
    void leave() {
        left = true;
    }

    private void send(SceneFrame frame) {
        if (left || !channel.isActive()) {
            return;
        }
        if (!channel.isWritable()) {
            awaitingKey = true;
            dropped.incrementAndGet();
            long now = System.nanoTime();
            if (fullSince == 0) {
                fullSince = now;
            } else if (now - fullSince > STUCK_NANOS) {
                var _ = channel.close();
            }
            return;
        }
        fullSince = 0;
        if (awaitingKey && !frame.key()) {
            return;
        }
        awaitingKey = false;
        var _ = channel.writeAndFlush(track.packets(frame, channel.alloc()), channel.voidPromise());
    }
}
