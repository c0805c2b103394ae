package org.farwatch.geo.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.presence.Stretch.Known;

/** Reads what the positions prove against a duty: being away is late before the first arrival and off post after it. */
final class DutyReading {
    private final PresenceRules rules;
    private final long start;
    private final long end;
    private final long horizon;
    private final boolean over;
    private final List<Piece> pieces = new ArrayList<>();

    private DutyReading(Duty duty, PresenceRules rules, long now) {
        this.rules = rules;
        start = duty.start().toEpochMilli();
        end = duty.end().toEpochMilli();
        horizon = Math.min(end, now);
        over = now >= end;
    }

    /** A stretch within the duty. */
    private record Piece(long from, long to, Known known, PresenceCause cause, long patience) {
        private boolean isShortSilence() {
            return known == Known.NOTHING && cause != PresenceCause.UNCONFIRMED && to - from <= patience;
        }

        private Piece as(Piece other) {
            return new Piece(from, to, other.known, other.cause, other.patience);
        }
    }

    /** Intervals from the duty's start to its end or {@code now} (milliseconds since 1970), whichever is first. */
    static List<PresenceInterval> of(Duty duty, PresenceRules rules, PresenceFold fold, long now) {
        DutyReading reading = new DutyReading(duty, rules, now);
        if (reading.horizon <= reading.start) {
            return List.of();
        }
        reading.cut(fold.stretchesUntil(reading.horizon));
        reading.lendShortSilencesAtTheEdges();
        return reading.label();
    }

    private void cut(List<Stretch> stretches) {
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            long from = Math.max(start, stretch.start());
            long to = i + 1 < stretches.size()
                    ? Math.min(horizon, stretches.get(i + 1).start())
                    : horizon;
            if (from < to) {
                pieces.add(new Piece(from, to, stretch.known(), stretch.cause(), stretch.patience()));
            }
        }
    }

    /**
     * A device that is switched on at the duty's start and off at its end is silent beyond both. What of that silence
     * lies inside the duty and would be no silence on its own belongs to the state beside it.
     */
    private void lendShortSilencesAtTheEdges() {
        if (pieces.size() > 1 && pieces.getFirst().isShortSilence()) {
            pieces.set(0, pieces.getFirst().as(pieces.get(1)));
        }
        int last = pieces.size() - 1;
        if (last > 0 && horizon == end && pieces.get(last).isShortSilence()) {
            pieces.set(last, pieces.get(last).as(pieces.get(last - 1)));
        }
    }

    private List<PresenceInterval> label() {
        boolean seen = pieces.stream().anyMatch(piece -> piece.known() == Known.HERE);
        boolean allKnown = pieces.stream().noneMatch(piece -> piece.known() == Known.NOTHING);
        PresenceState before = before(seen, allKnown);
        List<PresenceInterval> intervals = new ArrayList<>();
        boolean arrived = false;
        for (Piece piece : pieces) {
            switch (piece.known()) {
                case HERE -> {
                    arrived = true;
                    add(intervals, piece, PresenceState.ON_POST, PresenceCause.AT_POST);
                }
                case NOTHING -> add(intervals, piece, PresenceState.UNKNOWN, piece.cause());
                case GONE -> {
                    if (!arrived) {
                        add(intervals, piece, before, PresenceCause.NOT_ARRIVED);
                    } else {
                        boolean toTheEnd = over && piece.to() == end;
                        PresenceCause cause = toTheEnd ? PresenceCause.LEFT_BEFORE_END : PresenceCause.LEFT;
                        add(intervals, piece, PresenceState.OFF_POST, cause);
                    }
                }
            }
        }
        return List.copyOf(intervals);
    }

    /** What being away is called before the first arrival. */
    private PresenceState before(boolean seen, boolean allKnown) {
        long awayUntil = start;
        for (Piece piece : pieces) {
            if (piece.known() == Known.HERE) {
                break;
            }
            if (piece.known() == Known.GONE) {
                awayUntil = piece.to();
            }
        }
        if (awayUntil - start <= rules.lateSeconds() * 1000L) {
            return PresenceState.TRAVELLING;
        }
        return over && !seen && allKnown ? PresenceState.ABSENT : PresenceState.LATE;
    }

    private static void add(List<PresenceInterval> intervals, Piece piece, PresenceState state, PresenceCause cause) {
        Instant from = Instant.ofEpochMilli(piece.from());
        Instant to = Instant.ofEpochMilli(piece.to());
        if (!intervals.isEmpty()
                && intervals.getLast().state() == state
                && intervals.getLast().cause() == cause) {
            PresenceInterval previous = intervals.removeLast();
            intervals.add(new PresenceInterval(previous.from(), to, state, cause));
        } else {
            intervals.add(new PresenceInterval(from, to, state, cause));
        }
    }
}
