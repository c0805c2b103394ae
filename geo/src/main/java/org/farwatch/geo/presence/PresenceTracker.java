package org.farwatch.geo.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.geo.PositionBatch;

/**
 * Presence on one duty, computed from the positions of the devices held for it. Give it positions in any order; the
 * intervals depend on the set of positions and on the rules only, so a tracker thrown away is rebuilt from the store.
 *
 * <p>The intervals partition the time from the duty's start to its end, or to now while it lasts:
 *
 * <ul>
 *   <li>{@code on-post}: in the post, or so near that the positions cannot tell;
 *   <li>{@code off-post}: away after having been there, from the first position away to the first inside; where those
 *       positions are more than 30 s apart, to the last one away, for a device that reports every two minutes proves no
 *       more;
 *   <li>{@code late}: away from the duty's start until the arrival, when that is after the grace; {@code travelling}
 *       when it is within it; {@code absent} when the duty is over, there was no arrival and not one gap;
 *   <li>{@code unknown}: from the last usable position to the next when that is longer than a silence may be, and while
 *       there was none.
 * </ul>
 *
 * <p>Positions without a fix, with a clock that cannot be believed, or with a stated error beyond the rules change
 * nothing but the cause of a silence. All thresholds are in {@link PresenceRules}.
 *
 * <p>Cost: a position in order is O(1), and O(vertices / 16) of the post's border; one from the past is replayed from a
 * checkpoint at the next question, so a late batch is replayed once. Nine bytes a position.
 *
 * <p>Threads: one owner at a time; nothing here is synchronised.
 */
public final class PresenceTracker {
    /** Positions this long before and after a duty are taken too: they tell where somebody was when it started. */
    public static final Duration MARGIN = Duration.ofMinutes(30);

    /** Positions of one duty: one a second for 55 hours. */
    public static final int DEFAULT_CAPACITY = 200_000;

    private static final int CHECKPOINT_EVERY = 1024;

    private final Duty duty;
    private final PresenceRules rules;
    private final SightingLog log;
    private final PresenceFold fold;
    private final List<PresenceFold.Checkpoint> checkpoints = new ArrayList<>();
    private final long earliest;
    private final long latest;
    private int folded;

    /** A tracker without positions that holds at most {@link #DEFAULT_CAPACITY}. */
    public PresenceTracker(Duty duty, PresenceRules rules) {
        this(duty, rules, DEFAULT_CAPACITY);
    }

    /**
     * A tracker without positions.
     *
     * @param capacity most positions held, at least 64
     */
    public PresenceTracker(Duty duty, PresenceRules rules, int capacity) {
        if (capacity < SightingLog.FIRST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity must be at least " + SightingLog.FIRST_CAPACITY + ", was " + capacity);
        }
        this.duty = duty;
        this.rules = rules;
        earliest = duty.start().minus(MARGIN).toEpochMilli();
        latest = duty.end().plus(MARGIN).toEpochMilli();
        log = new SightingLog(capacity);
        fold = new PresenceFold(rules);
        checkpoints.add(fold.checkpoint(0));
    }

    public Duty duty() {
        return duty;
    }

    public PresenceRules rules() {
        return rules;
    }

    /** Positions held; those that say nothing new are not. */
    public int size() {
        return log.size();
    }

    /**
     * Takes one position.
     *
     * @param fixMillis fix time in milliseconds since 1970
     * @param longitude WGS-84 degrees
     * @param latitude WGS-84 degrees
     * @param accuracyMetres stated error, or NaN when the device states none
     * @param flags bits of {@link org.farwatch.geo.PositionFlag}
     */
    public Taken add(long fixMillis, double longitude, double latitude, float accuracyMetres, int flags) {
        if (fixMillis < earliest || fixMillis > latest) {
            return Taken.OUTSIDE_DUTY;
        }
        Sighting sighting = Sighting.of(duty.post(), rules, longitude, latitude, accuracyMetres, flags);
        int found = log.find(fixMillis, sighting);
        if (found >= 0) {
            return Taken.REPEATED;
        }
        if (log.isFull()) {
            return Taken.FULL;
        }
        int index = -1 - found;
        log.insert(index, fixMillis, sighting);
        if (index < folded) {
            rewind(index);
        }
        return index == log.size() - 1 ? Taken.APPENDED : Taken.INSERTED;
    }

    /** Takes one row of a batch, which may be of any device held for this duty. */
    public Taken add(PositionBatch batch, int row) {
        return add(
                batch.fixTime(row), batch.longitude(row), batch.latitude(row), batch.accuracy(row), batch.flags(row));
    }

    /**
     * What is held to be so at {@code now}, in order, without holes: from the duty's start to its end or {@code now},
     * whichever is first; none before the start. A silence matures with {@code now}, no position needed.
     */
    public List<PresenceInterval> intervals(Instant now) {
        advance();
        return DutyReading.of(duty, rules, fold, now.toEpochMilli());
    }

    /** The last of {@link #intervals}: the state at {@code now} and since when; empty unless the duty is on. */
    public Optional<PresenceInterval> current(Instant now) {
        if (!now.isBefore(duty.end())) {
            return Optional.empty();
        }
        List<PresenceInterval> intervals = intervals(now);
        return intervals.isEmpty() ? Optional.empty() : Optional.of(intervals.getLast());
    }

    private void advance() {
        for (; folded < log.size(); folded++) {
            if (folded - checkpoints.getLast().sightings() >= CHECKPOINT_EVERY) {
                checkpoints.add(fold.checkpoint(folded));
            }
            fold.step(log.time(folded), log.sighting(folded));
        }
    }

    private void rewind(int index) {
        while (checkpoints.getLast().sightings() > index) {
            checkpoints.removeLast();
        }
        fold.restore(checkpoints.getLast());
        folded = checkpoints.getLast().sightings();
    }
}
