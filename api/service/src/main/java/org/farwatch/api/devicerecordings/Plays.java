package org.farwatch.api.devicerecordings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.farwatch.api.access.AccessChanged;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Callers;
import org.farwatch.api.video.PictureViewer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Which recordings are being watched or fetched: a device plays one stretch of a channel at a time. Guarded by itself;
 * sessions are called without it.
 */
@Component
class Plays implements MeterBinder, DisposableBean {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 1_000;
    private static final long CHECK_MILLIS = 10_000;

    private final RecordingDesk desk;
    private final DeviceRecordingSettings settings;
    private final Callers callers;
    private final Map<Long, PlaySession> sessions = new HashMap<>();
    private final Set<Long> fetched = new HashSet<>();

    Plays(RecordingDesk desk, DeviceRecordingSettings settings, Callers callers) {
        this.desk = desk;
        this.settings = settings;
        this.callers = callers;
    }

    synchronized boolean full() {
        return sessions.size() >= settings.sessions();
    }

    synchronized int fetches() {
        return fetched.size();
    }

    /**
     * Begins to play for somebody; waits a little for one that is just ending.
     *
     * @return null when the device plays that channel already, or too many watch
     */
    PlaySession begin(RecordingDesk.Target target, Stretch asked, PictureViewer viewer) throws InterruptedException {
        long stream = target.stream().id();
        PlaySession session;
        synchronized (this) {
            awaitPlace(() -> !full() && !sessions.containsKey(stream) && !fetched.contains(stream));
            if (full() || sessions.containsKey(stream) || fetched.contains(stream)) {
                return null;
            }
            session = new PlaySession(desk, target, asked, viewer, settings.longestPause(), () -> end(stream));
            sessions.put(stream, session);
        }
        session.start();
        return session;
    }

    /**
     * Takes a stream's device for fetching; waits as {@link #begin} does.
     *
     * @return false when it plays already, or too many are being fetched
     */
    synchronized boolean fetch(long stream) throws InterruptedException {
        awaitPlace(() ->
                fetched.size() < settings.fetches() && !sessions.containsKey(stream) && !fetched.contains(stream));
        return fetched.size() < settings.fetches() && !sessions.containsKey(stream) && fetched.add(stream);
    }

    synchronized void fetchOver(long stream) {
        fetched.remove(stream);
        notifyAll();
    }

    private synchronized void end(long stream) {
        sessions.remove(stream);
        notifyAll();
    }

    /** Called with the lock: who goes from one place to another comes before he has left. */
    private void awaitPlace(BooleanSupplier free) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toMillis(); !free.getAsBoolean() && left > 0; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    private synchronized List<PlaySession> all() {
        return List.copyOf(sessions.values());
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    void look() {
        all().forEach(PlaySession::look);
    }

    /** Whoever may not see it any more is sent away. */
    @EventListener
    void closeChanged(AccessChanged change) {
        closeWhere(caller -> caller.userId() == change.userId());
    }

    @Scheduled(fixedDelay = CHECK_MILLIS)
    void closeGone() {
        closeWhere(caller -> callers.present(caller).isEmpty());
    }

    private void closeWhere(Predicate<Caller> gone) {
        all().stream().filter(session -> gone.test(session.caller())).forEach(PlaySession::close);
    }

    @Override
    public void destroy() {
        all().forEach(PlaySession::close);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "farwatch.device-recordings.sessions",
                        this,
                        plays -> plays.all().size())
                .register(registry);
        Gauge.builder("farwatch.device-recordings.fetches", this, Plays::fetches)
                .register(registry);
    }
}
