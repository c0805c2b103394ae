package org.farwatch.geo.presence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.geo.presence.Stretch.Known;

/**
 * The state machine of presence. It takes sightings in order of time and appends to a list of {@link Stretch}es; each
 * step is O(1). What it holds can be copied and put back, so that a sighting from the past is replayed from there.
 *
 * <pre>
 * known    INSIDE               NEAR                 AWAY, FAR                         silence
 * NOTHING  HERE at once         HERE at once         GONE when it lasted               NOTHING
 * HERE     forget the leave     forget the leave     GONE when it lasted               NOTHING
 * GONE     HERE when it lasted  HERE when it lasted  forget the arrival when it lasted  NOTHING
 *                               (begins none)
 * </pre>
 *
 * "When it lasted" dates a change at the first sighting that began it; for arrivals see {@link #earliestArrival}.
 */
final class PresenceFold {
    private static final long NEVER = Long.MIN_VALUE;

    private final PresenceRules rules;
    private final List<Stretch> stretches = new ArrayList<>();
    private Memory now;

    PresenceFold(PresenceRules rules) {
        this.rules = rules;
        now = new Memory();
        append(NEVER, Known.NOTHING, PresenceCause.SILENT, patience());
    }

    /** Everything that the next step depends on besides the last stretch. */
    static final class Memory {
        /** The last usable sighting. */
        private long last = NEVER;
        /** The last sighting away. */
        private long away = NEVER;
        /** The sighting that began a leave or an arrival not yet believed. */
        private long began = NEVER;
        /** From when on the person counts as present should that arrival be believed. */
        private long arrival = NEVER;
        /** The first of the present row, unbroken, of {@link Sighting#FAR} in that leave or of being away in that arrival. */
        private long row = NEVER;
        /** What came since the last usable sighting and could not be used. */
        private PresenceCause unusable = PresenceCause.SILENT;
        /** The last report intervals in milliseconds, a ring. */
        private final int[] intervals = new int[PresenceRules.INTERVALS];

        private int intervalCount;

        private Memory() {}

        private Memory copy() {
            Memory copy = new Memory();
            copy.last = last;
            copy.away = away;
            copy.began = began;
            copy.arrival = arrival;
            copy.row = row;
            copy.unusable = unusable;
            System.arraycopy(intervals, 0, copy.intervals, 0, intervals.length);
            copy.intervalCount = intervalCount;
            return copy;
        }
    }

    /** A moment to which the fold can be put back. */
    record Checkpoint(int sightings, int stretchCount, Stretch lastStretch, Memory memory) {}

    Checkpoint checkpoint(int sightings) {
        return new Checkpoint(sightings, stretches.size(), stretches.getLast(), now.copy());
    }

    void restore(Checkpoint checkpoint) {
        stretches.subList(checkpoint.stretchCount(), stretches.size()).clear();
        stretches.set(checkpoint.stretchCount() - 1, checkpoint.lastStretch());
        now = checkpoint.memory().copy();
    }

    /**
     * The stretches as they stand at {@code horizon} when nothing more has come until then: a silence matures without
     * sightings. The first starts at the beginning of time. Changes nothing that lasts; the list is valid until the
     * next call.
     */
    List<Stretch> stretchesUntil(long horizon) {
        long patience = patience();
        if (now.last == NEVER || horizon - now.last <= patience) {
            return stretches;
        }
        Checkpoint before = checkpoint(0);
        silence(patience);
        List<Stretch> matured = List.copyOf(stretches);
        restore(before);
        return matured;
    }

    void step(long time, Sighting sighting) {
        if (!sighting.usable()) {
            now.unusable = switch (sighting) {
                case NO_FIX -> PresenceCause.NO_FIX;
                case INACCURATE -> PresenceCause.INACCURATE;
                case BAD_CLOCK -> PresenceCause.BAD_CLOCK;
                case INSIDE, NEAR, AWAY, FAR -> now.unusable;
            };
            if (now.last == NEVER) {
                append(NEVER, Known.NOTHING, now.unusable, patience());
            }
            return;
        }
        if (now.last != NEVER) {
            long interval = time - now.last;
            if (interval > millis(rules.unknownSeconds()) && interval > patience()) {
                silence(patience());
            }
            if (interval > 0) {
                now.intervals[now.intervalCount++ % PresenceRules.INTERVALS] =
                        (int) Math.min(interval, Integer.MAX_VALUE);
            }
        }
        Known known = stretches.getLast().known();
        boolean away = sighting == Sighting.AWAY || sighting == Sighting.FAR;
        if (known == Known.GONE) {
            arriving(time, sighting, away);
        } else if (away) {
            leaving(time, sighting, known);
        } else {
            forget();
            if (known == Known.NOTHING) {
                append(time, Known.HERE, PresenceCause.AT_POST, 0);
            }
        }
        if (away) {
            now.away = time;
        }
        now.last = time;
        now.unusable = PresenceCause.SILENT;
    }

    /** Milliseconds of silence after which nothing is known. */
    long patience() {
        long setting = millis(rules.unknownSeconds());
        int count = Math.min(now.intervalCount, PresenceRules.INTERVALS);
        if (count == 0) {
            return setting;
        }
        int[] sorted = Arrays.copyOf(now.intervals, count);
        Arrays.sort(sorted);
        long adapted = (long) PresenceRules.PATIENCE * sorted[count / 2];
        return Math.max(setting, Math.min(adapted, millis(PresenceRules.MOST_PATIENCE_SECONDS)));
    }

    private void silence(long patience) {
        Known known = stretches.getLast().known();
        if (known == Known.GONE && now.began != NEVER && now.row == NEVER) {
            // Seen inside and then not at all: the doubt is the person's.
            append(now.arrival, Known.HERE, PresenceCause.AT_POST, 0);
        }
        forget();
        append(now.last, Known.NOTHING, now.unusable, patience);
    }

    private void leaving(long time, Sighting sighting, Known known) {
        if (now.began == NEVER) {
            now.began = time;
            if (known == Known.NOTHING) {
                append(time, Known.NOTHING, PresenceCause.UNCONFIRMED, 0);
            }
        }
        row(time, sighting == Sighting.FAR);
        boolean lasted = time > now.began && time - now.began >= millis(rules.driftSeconds());
        boolean farLasted = now.row != NEVER && time > now.row && time - now.row >= millis(rules.leaveSeconds());
        if (lasted || farLasted) {
            append(now.began, Known.GONE, PresenceCause.LEFT, 0);
            forget();
        }
    }

    private void arriving(long time, Sighting sighting, boolean away) {
        if (now.began == NEVER) {
            if (sighting != Sighting.INSIDE) {
                return;
            }
            now.began = time;
            now.arrival = earliestArrival(time);
        }
        row(time, away);
        long dwell = millis(rules.enterSeconds());
        if (away && time - now.row >= dwell) {
            forget();
        } else if (!away && time - now.began >= dwell) {
            append(now.arrival, Known.HERE, PresenceCause.AT_POST, 0);
            forget();
        }
    }

    /** With slow reports the time since the last sighting away is not held against anybody. */
    private long earliestArrival(long time) {
        if (time - now.last <= millis(PresenceRules.FINE_SECONDS)) {
            return time;
        }
        return time - now.away <= patience() ? now.away : now.last;
    }

    private void row(long time, boolean goesOn) {
        if (!goesOn) {
            now.row = NEVER;
        } else if (now.row == NEVER) {
            now.row = time;
        }
    }

    private void forget() {
        now.began = NEVER;
        now.arrival = NEVER;
        now.row = NEVER;
    }

    private void append(long start, Known known, PresenceCause cause, long patience) {
        Stretch stretch = new Stretch(start, known, cause, patience);
        if (!stretches.isEmpty() && stretches.getLast().start() == start) {
            stretches.set(stretches.size() - 1, stretch);
        } else {
            stretches.add(stretch);
        }
    }

    private static long millis(int seconds) {
        return seconds * 1000L;
    }
}
