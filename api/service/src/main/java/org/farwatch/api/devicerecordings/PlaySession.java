package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.api.access.Caller;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.PlayOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * One who watches what a device recorded. A platform thread of its own asks the device, stretch by stretch, each in a
 * {@link PlayCall}; what he orders comes on the socket's threads. Which call it is and where he wants to be is guarded by
 * the lock, what he is told is the {@link PlayStanding}'s.
 */
final class PlaySession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaySession.class);

    private final RecordingDesk desk;
    private final RecordingDesk.Target target;
    private final Stretch asked;
    private final PictureViewer viewer;
    private final PlayStanding standing;
    private final Duration longestPause;
    private final Runnable over;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Stretch> stretches = List.of();
    /** Being opened or played; null in between. */
    private PlayCall calling;
    /** The same once the device has agreed. */
    private PlayCall playing;

    private Thread asking;
    private Instant jump;
    private boolean closed;

    /** @param over called once on its thread when it is at its end */
    PlaySession(
            RecordingDesk desk,
            RecordingDesk.Target target,
            Stretch asked,
            PictureViewer viewer,
            Duration longestPause,
            Runnable over) {
        this.desk = desk;
        this.target = target;
        this.asked = asked;
        this.viewer = viewer;
        this.standing = new PlayStanding(viewer, asked.from());
        this.longestPause = longestPause;
        this.over = over;
    }

    void start() {
        Thread.ofPlatform().name("device-play-" + target.stream().id()).daemon().start(this::run);
    }

    Caller caller() {
        return viewer.caller();
    }

    /** What the viewer orders; what the device says of it he is told. */
    void order(PlayOrder order) {
        PlayCall now;
        lock.lock();
        try {
            now = playing;
            if (order instanceof PlayOrder.Seek(long at)) {
                Instant to = Instant.ofEpochMilli(
                        Math.clamp(at, asked.from().toEpochMilli(), asked.to().toEpochMilli() - 1));
                if (now == null || !now.stretch().holds(to)) {
                    begin(to);
                    return;
                }
            } else if (now == null) {
                if (order instanceof PlayOrder.Speed(double times)) {
                    standing.wanted(times);
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        var _ = now.order(order).whenComplete((_, failure) -> {
            if (failure == null) {
                taken(now, order);
            } else if (order instanceof PlayOrder.Seek(long at)) {
                // A device that goes nowhere within a call goes there in another one.
                lock.lock();
                try {
                    begin(Instant.ofEpochMilli(at));
                } finally {
                    lock.unlock();
                }
            } else {
                standing.say("refused", reason(failure));
            }
        });
    }

    private void taken(PlayCall of, PlayOrder order) {
        if (standing.taken(order)) {
            CompletionStage<Void> resumed = of.order(new PlayOrder.Resume());
            var _ = resumed.thenRun(() -> taken(of, new PlayOrder.Resume()));
        } else {
            standing.say();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof PullFailure ? cause.getMessage() : "the device does not take the order";
    }

    /** Called each second: ends what is silent without having been paused, and what rests for too long. */
    void look() {
        lock.lock();
        try {
            if (standing.restsBeyond(longestPause)) {
                end();
            } else if (playing != null && standing.plays()) {
                if (!desk.onDuty(target, playing.position())) {
                    playing.fail(OfflineCause.OFF_DUTY, "was recorded by somebody off duty");
                } else if (standing.silent()) {
                    playing.fail(
                            OfflineCause.STALLED, "has sent no picture for " + PlayStanding.SILENCE.toSeconds() + " s");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it for good; returns at once. */
    @Override
    public void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        closed = true;
        wake();
    }

    /** What is being asked or played is left, and the thread goes there. */
    private void begin(Instant at) {
        jump = at;
        wake();
    }

    private void wake() {
        changed.signalAll();
        if (calling != null) {
            calling.interrupt();
        } else if (asking != null && closed) {
            asking.interrupt();
        }
    }

    private void run() {
        try {
            if (ask()) {
                play();
            }
        } catch (InterruptedException _) {
            LOG.debug("{}: nobody watches any more", target);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be played", target, e);
            standing.rest("failed", "cannot be played");
            var _ = awaitJump();
        } finally {
            over.run();
            viewer.close(CloseStatus.NORMAL);
        }
    }

    /** @return whether there is anything to play */
    private boolean ask() throws InterruptedException {
        lock.lock();
        try {
            asking = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            standing.say();
            stretches = desk.playable(target, asked);
            if (stretches.isEmpty()) {
                standing.rest("nothing-recorded", null);
                var _ = awaitJump();
            }
        } catch (Refusal e) {
            standing.rest("refused", e.getMessage());
            var _ = awaitJump();
        } finally {
            lock.lock();
            try {
                asking = null;
                if (closed) {
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
        return !stretches.isEmpty();
    }

    private void play() {
        Instant at = asked.from();
        while (true) {
            Stretch next = Stretch.from(at, stretches).orElse(null);
            PullFailure why = next == null ? null : play(next);
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                if (jump != null) {
                    at = jump;
                    jump = null;
                    standing.connecting();
                    continue;
                }
            } finally {
                lock.unlock();
            }
            if (next != null && why == null) {
                at = next.to();
                continue;
            }
            standing.rest(why == null ? "end" : why.offlineCause().label(), why == null ? null : why.getMessage());
            at = awaitJump();
            if (at == null) {
                return;
            }
        }
    }

    /** One call. @return null when it came to its end, otherwise why not */
    private PullFailure play(Stretch stretch) {
        try (PlayCall call = new PlayCall(target, stretch)) {
            if (!calls(call)) {
                return null;
            }
            try {
                call.open();
                agreed(call);
                call.show(viewer, standing);
                return null;
            } catch (PullFailure e) {
                return call.wholeAt(e) ? null : e;
            }
        } finally {
            lock.lock();
            try {
                calling = null;
                playing = null;
            } finally {
                lock.unlock();
            }
        }
    }

    /** @return false when nobody wants it any more */
    private boolean calls(PlayCall call) {
        lock.lock();
        try {
            if (closed || jump != null) {
                return false;
            }
            calling = call;
            standing.connecting();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void agreed(PlayCall call) {
        double wanted;
        lock.lock();
        try {
            playing = call;
            wanted = standing.begun();
        } finally {
            lock.unlock();
        }
        if (Math.abs(wanted - 1) > 0.01) {
            order(new PlayOrder.Speed(wanted));
        }
    }

    /** @return null when nobody wants anything more */
    private Instant awaitJump() {
        lock.lock();
        try {
            while (jump == null && !closed) {
                // The clock ends it; the bound is for a clock that does not.
                if (!changed.await(longestPause.toMillis() * 2, TimeUnit.MILLISECONDS)) {
                    return null;
                }
            }
            Instant at = jump;
            jump = null;
            return closed ? null : at;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }
}
