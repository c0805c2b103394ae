package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A time, {@code [from, to)}. Lists of these are in order and do not overlap. */
record Stretch(Instant from, Instant to) {
    /** Files of one recording leave no more than this between them. */
    private static final Duration BETWEEN_FILES = Duration.ofSeconds(2);

    /** What lies between two steps is decided by the first of them. */
    private static final Duration STEP = Duration.ofMinutes(1);

    Duration length() {
        return Duration.between(from, to);
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Recordings as one stretch where they follow each other, of what lies within a time. */
    static List<Stretch> of(List<Stretch> found, Stretch within) {
        List<Stretch> merged = new ArrayList<>();
        found.stream().sorted(Comparator.comparing(Stretch::from)).forEach(one -> {
            Instant from = later(one.from, within.from);
            Instant to = earlier(one.to, within.to);
            if (!from.isBefore(to)) {
                return;
            }
            Stretch last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && !from.isAfter(last.to.plus(BETWEEN_FILES))) {
                merged.set(merged.size() - 1, new Stretch(last.from, later(last.to, to)));
            } else {
                merged.add(new Stretch(from, to));
            }
        });
        return merged;
    }

    /** The first of them that reaches beyond an instant, without what lies before it. */
    static Optional<Stretch> from(Instant at, List<Stretch> all) {
        return all.stream()
                .filter(one -> one.to.isAfter(at))
                .findFirst()
                .map(one -> new Stretch(later(one.from, at), one.to));
    }

    /** What of this lies at none of the others, which may be in any order. */
    static List<Stretch> without(List<Stretch> all, List<Stretch> gone) {
        List<Stretch> left = new ArrayList<>();
        List<Stretch> ordered =
                gone.stream().sorted(Comparator.comparing(Stretch::from)).toList();
        for (Stretch one : all) {
            Instant at = one.from;
            for (Stretch hole : ordered) {
                if (hole.from.isAfter(at) && hole.from.isBefore(one.to)) {
                    left.add(new Stretch(at, hole.from));
                }
                if (hole.from.isBefore(one.to)) {
                    at = later(at, hole.to);
                }
            }
            if (at.isBefore(one.to)) {
                left.add(new Stretch(at, one.to));
            }
        }
        return left;
    }

    /** What of them may be seen, asked for each minute and for their ends. */
    static List<Stretch> where(List<Stretch> all, Predicate<Instant> allowed) {
        List<Stretch> left = new ArrayList<>();
        for (Stretch one : all) {
            Instant begun = null;
            for (Instant at = one.from; at.isBefore(one.to); at = at.plus(STEP)) {
                Instant until = earlier(at.plus(STEP), one.to);
                boolean seen = allowed.test(at) && allowed.test(until.minusMillis(1));
                if (seen && begun == null) {
                    begun = at;
                } else if (!seen && begun != null) {
                    left.add(new Stretch(begun, at));
                    begun = null;
                }
            }
            if (begun != null) {
                left.add(new Stretch(begun, one.to));
            }
        }
        return left;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
