package org.farwatch.api.quotas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.farwatch.api.flow.Flow;

/**
 * How a quota stands on a day of its period.
 *
 * @param day of the period, from 1
 * @param done what counts so far: of the bureau's, the whole; of the squads', how many squads have met it
 * @param due how many it takes in the end, in the unit of {@code done}
 * @param state of the whole
 * @param squads each squad; empty where only the whole counts
 */
record Progress(Period.Span span, int day, int done, int due, State state, List<OfSquad> squads) {
    enum State {
        MET,
        /** Not met, and not behind an even pace over the days that have passed, rounded to whole ones. */
        ON_PACE,
        BEHIND,
        /** Nothing here counts it. */
        UNCOUNTED;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    /** @param done what counts for this squad so far */
    record OfSquad(String squadId, String squadName, int done, State state) {}

    /** @param id internal squad id */
    record Squad(long id, String name) {}

    /**
     * @param squads those that the caller may see, in the order in which they are shown
     * @param counts what counts so far, by squad
     */
    static Progress of(Quota quota, LocalDate today, List<Squad> squads, Map<Long, Integer> counts) {
        Period.Span span = quota.period().of(today);
        int day = span.day(today);
        if (quota.counted() == Counted.ELSEWHERE) {
            return new Progress(span, day, 0, quota.target(), State.UNCOUNTED, List.of());
        }
        return quota.counted().ofSquads()
                ? share(quota, span, day, squads, counts)
                : quota.perSquad() ? each(quota, span, day, squads, counts) : whole(quota, span, day, counts);
    }

    /** It is the bureau that owes it: a squad that was not seen yet is not behind with anything. */
    private static Progress share(
            Quota quota, Period.Span span, int day, List<Squad> squads, Map<Long, Integer> counts) {
        List<OfSquad> rows = squads.stream()
                .map(squad -> row(squad, counts, done -> done > 0 ? State.MET : State.ON_PACE))
                .toList();
        int due = Math.ceilDiv(quota.target() * squads.size(), 100);
        int done = met(rows);
        return new Progress(span, day, done, due, state(done, due, day, span.days()), rows);
    }

    private static Progress each(
            Quota quota, Period.Span span, int day, List<Squad> squads, Map<Long, Integer> counts) {
        List<OfSquad> rows = squads.stream()
                .map(squad -> row(squad, counts, done -> state(done, quota.target(), day, span.days())))
                .toList();
        State worst = rows.stream().map(OfSquad::state).max(State::compareTo).orElse(State.MET);
        return new Progress(span, day, met(rows), squads.size(), worst, rows);
    }

    private static Progress whole(Quota quota, Period.Span span, int day, Map<Long, Integer> counts) {
        int done = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new Progress(span, day, done, quota.target(), state(done, quota.target(), day, span.days()), List.of());
    }

    private static OfSquad row(Squad squad, Map<Long, Integer> counts, IntFunction<State> state) {
        int done = counts.getOrDefault(squad.id(), 0);
        return new OfSquad(Long.toString(squad.id()), squad.name(), done, state.apply(done));
    }

    private static int met(List<OfSquad> rows) {
        return (int) rows.stream().filter(row -> row.state() == State.MET).count();
    }

    /** Days that have passed count, the present one does not: nobody is behind for work of today. */
    private static State state(int done, int target, int day, int days) {
        if (done >= target) {
            return State.MET;
        }
        return done >= Math.round((double) target * (day - 1) / days) ? State.ON_PACE : State.BEHIND;
    }
}
