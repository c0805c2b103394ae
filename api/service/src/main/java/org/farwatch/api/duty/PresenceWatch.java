package org.farwatch.api.duty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.duty.Roster.DeviceSpan;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.duty.Roster.PostEntry;
import org.farwatch.api.telemetry.PositionListener;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.presence.Duty;
import org.farwatch.geo.presence.PresenceInterval;
import org.farwatch.geo.presence.PresenceTracker;
import org.farwatch.geo.presence.Taken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the presence of every duty that is on, as positions are stored and as time passes. One thread owns all
 * trackers; positions reach it by a bounded queue, and a duty whose positions did not fit is read again from the store.
 * A duty's first position reads what was stored before, so a restart changes nothing.
 */
@Component
class PresenceWatch implements PositionListener, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceWatch.class);
    private static final int QUEUE = 100_000;
    private static final long TICK_MILLIS = 1_000;
    /** A duty that ended keeps its tracker this long, for positions that come late. */
    private static final Duration KEEP_ENDED = Duration.ofHours(1);

    private final RosterBook book;
    private final StoredTracks stored;
    private final PresenceThresholds thresholds;
    private final PresenceOutcome outcome;
    private final Clock clock;
    private final BlockingQueue<Sighting> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Set<Long> toRead = ConcurrentHashMap.newKeySet();
    private final Map<Long, PresenceTracker> trackers = new HashMap<>();
    private final Map<Long, PresenceInterval> current = new ConcurrentHashMap<>();
    private volatile Thread thread;
    private volatile boolean rulesChanged;

    private record Sighting(long dutyId, long fixTime, double longitude, double latitude, float accuracy, int flags) {}

    PresenceWatch(
            RosterBook book, StoredTracks stored, PresenceThresholds thresholds, PresenceOutcome outcome, Clock clock) {
        this.book = book;
        this.stored = stored;
        this.thresholds = thresholds;
        this.outcome = outcome;
        this.clock = clock;
        thresholds.onChange(() -> rulesChanged = true);
    }

    /** What is held of a duty now: its last interval; empty when it is not on. Any thread. */
    Optional<PresenceInterval> current(long dutyId) {
        return Optional.ofNullable(current.get(dutyId));
    }

    /** The duty, its post or its devices changed: start afresh from the store. Any thread. */
    void forget(long dutyId) {
        toRead.add(dutyId);
    }

    @Override
    public void stored(PositionBatch batch, int row) {
        List<DeviceSpan> spans = book.roster().dutiesOfDevice().get(batch.device(row));
        if (spans == null) {
            return;
        }
        long fixTime = batch.fixTime(row);
        for (DeviceSpan span : spans) {
            if (fixTime >= span.from()
                    && fixTime < span.to()
                    && fixTime >= span.duty().start() - PresenceTracker.MARGIN.toMillis()
                    && fixTime <= span.duty().end() + PresenceTracker.MARGIN.toMillis()) {
                boolean taken = queue.offer(new Sighting(
                        span.duty().id(),
                        fixTime,
                        batch.longitude(row),
                        batch.latitude(row),
                        batch.accuracy(row),
                        batch.flags(row)));
                if (!taken) {
                    toRead.add(span.duty().id());
                }
            }
        }
    }

    @Override
    public void start() {
        // Known before it runs: the thread goes on only as long as it is this one.
        thread = Thread.ofPlatform().name("presence").unstarted(this::run);
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the ports: positions that arrive find it running. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        long nextTick = clock.millis();
        while (Thread.currentThread().equals(thread)) {
            try {
                Sighting sighting = queue.poll(Math.max(1, nextTick - clock.millis()), TimeUnit.MILLISECONDS);
                if (sighting != null) {
                    take(sighting);
                }
                if (clock.millis() >= nextTick) {
                    nextTick = clock.millis() + TICK_MILLIS;
                    tick();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("presence could not be brought up to date, all of it is read again", e);
                toRead.addAll(trackers.keySet());
            }
        }
    }

    private void take(Sighting sighting) {
        Entry duty = book.roster().duties().get(sighting.dutyId());
        if (duty == null || toRead.contains(duty.id())) {
            return;
        }
        PresenceTracker tracker = trackers.get(duty.id());
        if (tracker == null) {
            tracker(duty);
            if (clock.millis() >= duty.end()) {
                outcome.revised(duty, trackers.get(duty.id()).intervals(clock.instant()));
            }
            return;
        }
        Taken taken = tracker.add(
                sighting.fixTime(), sighting.longitude(), sighting.latitude(), sighting.accuracy(), sighting.flags());
        if (taken == Taken.INSERTED) {
            outcome.revised(duty, tracker.intervals(clock.instant()));
        }
    }

    private void tick() {
        if (rulesChanged) {
            rulesChanged = false;
            toRead.addAll(trackers.keySet());
        }
        Set<Long> again = new HashSet<>(toRead);
        again.forEach(duty -> {
            trackers.remove(duty);
            toRead.remove(duty);
        });
        Roster roster = book.roster();
        Instant now = clock.instant();
        dropEnded(roster, now.toEpochMilli());
        List<PresenceOutcome.DutyState> states = new ArrayList<>();
        for (Entry duty : roster.duties().values()) {
            if (duty.isOn(now.toEpochMilli())) {
                PresenceTracker tracker = tracker(duty);
                List<PresenceInterval> intervals = tracker.intervals(now);
                if (!intervals.isEmpty()) {
                    current.put(duty.id(), intervals.getLast());
                    states.add(new PresenceOutcome.DutyState(duty, intervals));
                }
            }
            if (again.contains(duty.id()) && trackers.containsKey(duty.id())) {
                outcome.revised(duty, trackers.get(duty.id()).intervals(now));
            }
        }
        outcome.now(roster, states, now);
    }

    private void dropEnded(Roster roster, long now) {
        Iterator<Long> ids = trackers.keySet().iterator();
        while (ids.hasNext()) {
            long id = ids.next();
            Entry duty = roster.duties().get(id);
            if (duty == null || duty.end() + KEEP_ENDED.toMillis() < now) {
                ids.remove();
            }
        }
        current.keySet().removeIf(id -> {
            Entry duty = roster.duties().get(id);
            return duty == null || !duty.isOn(now);
        });
    }

    private PresenceTracker tracker(Entry duty) {
        return trackers.computeIfAbsent(duty.id(), _ -> {
            Roster roster = book.roster();
            PostEntry post = roster.posts().get(duty.postId());
            PresenceTracker tracker = new PresenceTracker(
                    new Duty(Instant.ofEpochMilli(duty.start()), Instant.ofEpochMilli(duty.end()), post.border()),
                    thresholds.rules());
            stored.feed(tracker, duty, roster.devicesOfDuty().getOrDefault(duty.id(), List.of()));
            return tracker;
        });
    }
}
