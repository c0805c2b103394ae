package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.api.access.Caller;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.PlayOrder;
import org.farwatch.ingest.media.push.Playing;
import org.farwatch.ingest.media.push.PushedConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * One who watches what a device recorded. A platform thread of its own asks the device, stretch by stretch, and owns the
 * path of a frame; what he orders comes on the socket's threads; the rest is guarded by the lock.
 */
final class PlaySession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaySession.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Silence is looked after by {@link #look}, which knows of pauses. */
    private static final Duration FOR_EVER = Duration.ofHours(24);

    static final Duration SILENCE = Duration.ofSeconds(10);
    /** Devices end a little before or after what was asked for. */
    static final long NEAR_THE_END = 10_000;

    /** A picture that lies so far from where the last one led is of another place, milliseconds. */
    private static final long ANOTHER_PLACE = 1_500;

    private final RecordingDesk desk;
    private final RecordingDesk.Target target;
    private final Stretch asked;
    private final PictureViewer viewer;
    private final Duration longestPause;
    private final Runnable over;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Stretch> stretches = List.of();
    private Playing playing;
    private PushedConnection connection;
    private Thread asking;
    private State state = State.CONNECTING;
    private double speed = 1;
    private Instant jump;
    /** When the newest picture was recorded. */
    private Instant position;

    private boolean closed;
    /** When the last picture came or the last order was taken, and since when it rests; {@link System#nanoTime}. */
    private long heardAt = System.nanoTime();

    private enum State {
        CONNECTING,
        PLAYING,
        PAUSED,
        ENDED
    }

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
        this.position = asked.from();
        this.viewer = viewer;
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
        Playing now;
        lock.lock();
        try {
            now = playing;
            if (order instanceof PlayOrder.Seek(long at)) {
                Instant to = Instant.ofEpochMilli(
                        Math.clamp(at, asked.from().toEpochMilli(), asked.to().toEpochMilli() - 1));
                if (now == null || !new Stretch(instant(now.from()), instant(now.to())).holds(to)) {
                    begin(to);
                    return;
                }
            } else if (now == null) {
                if (order instanceof PlayOrder.Speed(double times)) {
                    speed = times;
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
                    begin(instant(at));
                } finally {
                    lock.unlock();
                }
            } else {
                say("refused", reason(failure));
            }
        });
    }

    private void taken(Playing of, PlayOrder order) {
        boolean goesOn = false;
        lock.lock();
        try {
            heardAt = System.nanoTime();
            switch (order) {
                case PlayOrder.Pause _ -> state = State.PAUSED;
                case PlayOrder.Resume _ -> state = State.PLAYING;
                case PlayOrder.Speed(double times) -> {
                    speed = times;
                    state = State.PLAYING;
                }
                case PlayOrder.Seek _ -> goesOn = state == State.PAUSED;
            }
        } finally {
            lock.unlock();
        }
        if (goesOn) {
            CompletionStage<Void> resumed = of.order(new PlayOrder.Resume());
            var _ = resumed.thenRun(() -> taken(of, new PlayOrder.Resume()));
        } else {
            say(null, null);
        }
    }

    /** Called each second: ends what is silent without having been paused, and what rests for too long. */
    void look() {
        lock.lock();
        try {
            long quiet = System.nanoTime() - heardAt;
            boolean rests = state == State.PAUSED || state == State.ENDED;
            if (rests && quiet > longestPause.toNanos()) {
                end();
            } else if (playing != null && state == State.PLAYING) {
                if (!desk.onDuty(target, instant(playing.position()))) {
                    playing.fail(OfflineCause.OFF_DUTY, "was recorded by somebody off duty");
                } else if (quiet > SILENCE.toNanos() / Math.min(1, speed)) {
                    playing.fail(OfflineCause.STALLED, "has sent no picture for " + SILENCE.toSeconds() + " s");
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
        if (connection != null) {
            connection.interrupt();
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
            rest("failed", "cannot be played");
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
            say(null, null);
            stretches = desk.playable(target, asked);
            if (stretches.isEmpty()) {
                rest("nothing-recorded", null);
                var _ = awaitJump();
            }
        } catch (Refusal e) {
            rest("refused", e.getMessage());
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
            Stretch next = next(at);
            PullFailure why = next == null ? null : play(next.from(), next.to());
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                if (jump != null) {
                    at = jump;
                    jump = null;
                    state = State.CONNECTING;
                    continue;
                }
            } finally {
                lock.unlock();
            }
            if (next != null && why == null) {
                at = next.to();
                continue;
            }
            rest(why == null ? "end" : why.offlineCause().label(), why == null ? null : why.getMessage());
            at = awaitJump();
            if (at == null) {
                return;
            }
        }
    }

    /** What can be played from an instant on, without what lies before it. */
    private Stretch next(Instant at) {
        return stretches.stream()
                .filter(one -> one.to().isAfter(at))
                .findFirst()
                .map(one -> one.from().isAfter(at) ? one : new Stretch(at, one.to()))
                .orElse(null);
    }

    /** One call. @return null when it came to its end, otherwise why not */
    private PullFailure play(Instant from, Instant to) {
        Playing call = new Playing(
                target.source().watched(target.address(), from, to), from.toEpochMilli(), to.toEpochMilli());
        try (PushedConnection opened = new PushedConnection(call)) {
            lock.lock();
            try {
                if (closed || jump != null) {
                    return null;
                }
                connection = opened;
                state = State.CONNECTING;
            } finally {
                lock.unlock();
            }
            opened.open(CONNECT);
            begun(call);
            show(opened);
            return null;
        } catch (PullFailure e) {
            boolean whole = call.position() >= to.toEpochMilli() - NEAR_THE_END
                    && (e.offlineCause() == OfflineCause.ENDED || e.offlineCause() == OfflineCause.STALLED);
            return whole ? null : e;
        } finally {
            lock.lock();
            try {
                connection = null;
                playing = null;
            } finally {
                lock.unlock();
            }
        }
    }

    private void begun(Playing call) {
        double wanted;
        lock.lock();
        try {
            playing = call;
            state = State.PLAYING;
            heardAt = System.nanoTime();
            wanted = speed;
        } finally {
            lock.unlock();
        }
        if (Math.abs(wanted - 1) > 0.01) {
            order(new PlayOrder.Speed(wanted));
        }
    }

    /** Until the connection ends. What is of another place begins anew for the viewer, with its own time. */
    private void show(PushedConnection opened) throws PullFailure {
        Fmp4Writer writer = new Fmp4Writer(new ToViewer());
        MediaFormat format = null;
        MediaUnit last = null;
        while (true) {
            MediaUnit unit = opened.read(FOR_EVER);
            boolean elsewhere = unit.isVideo()
                    && last != null
                    && (unit.receiveTime() < last.receiveTime()
                            || unit.receiveTime() - last.receiveTime() > ANOTHER_PLACE);
            if (!opened.format().equals(format) || elsewhere) {
                writer.end();
                format = opened.format();
                writer.format(format);
            }
            if (unit.isVideo()) {
                last = unit;
                lock.lock();
                try {
                    heardAt = System.nanoTime();
                    position = instant(unit.receiveTime());
                } finally {
                    lock.unlock();
                }
            }
            writer.unit(unit);
        }
    }

    private final class ToViewer implements FragmentSink {
        private boolean fresh;

        @Override
        public void begin(MediaFormat format, byte[] init) {
            viewer.begin(format, init);
            fresh = true;
        }

        @Override
        public void fragment(Fragment fragment) {
            viewer.fragment(fragment);
            if (fresh) {
                // A header clears what waits to be sent, also what was said.
                fresh = false;
                say(null, null);
            }
        }

        @Override
        public void end() {
            // The viewer goes on with what follows.
        }
    }

    private void rest(String reason, String detail) {
        lock.lock();
        try {
            state = State.ENDED;
            heardAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
        say(reason, detail);
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

    /** Tells the viewer how it stands. */
    private void say(String reason, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        lock.lock();
        try {
            members.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
            members.put("speed", speed);
            members.put("position", position.toString());
        } finally {
            lock.unlock();
        }
        if (reason != null) {
            members.put("reason", reason);
        }
        if (detail != null) {
            members.put("detail", detail);
        }
        viewer.say(members);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof PullFailure ? cause.getMessage() : "the device does not take the order";
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
