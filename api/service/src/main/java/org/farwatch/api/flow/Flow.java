package org.farwatch.api.flow;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;

/**
 * The states of a kind of record and what leads from one to the next, in one table. Immutable. A state and an action lead
 * to one state only, so that nothing but the table decides; what else an action needs (a text, another person) is checked
 * by whoever carries it out, before anything is written.
 *
 * @param <S> states
 * @param <A> actions
 */
public final class Flow<S extends Enum<S>, A extends Enum<A>> {
    private final String subject;
    private final List<Step<S, A>> steps;
    private final Map<S, Map<A, Step<S, A>>> table;

    /**
     * One line of the table.
     *
     * @param roles who may; any one of them suffices
     */
    public record Step<S, A>(S from, A action, S to, Set<Role> roles) {}

    private Flow(String subject, List<Step<S, A>> steps, Map<S, Map<A, Step<S, A>>> table) {
        this.subject = subject;
        this.steps = steps;
        this.table = table;
    }

    /**
     * Makes a table.
     *
     * @param subject the word for such a record in messages, such as {@code task}
     * @throws IllegalArgumentException for two lines of the same state and action, or one that nobody may take
     */
    public static <S extends Enum<S>, A extends Enum<A>> Flow<S, A> of(String subject, List<Step<S, A>> steps) {
        Map<S, Map<A, Step<S, A>>> table = new HashMap<>();
        for (Step<S, A> step : steps) {
            Step<S, A> other =
                    table.computeIfAbsent(step.from(), _ -> new HashMap<>()).put(step.action(), step);
            if (other != null || step.roles().isEmpty()) {
                throw new IllegalArgumentException("not one line with somebody who may: " + step);
            }
        }
        return new Flow<>(subject, List.copyOf(steps), table);
    }

    /** A line in which the state changes. */
    public static <S, A> Step<S, A> step(S from, A action, S to, Role... roles) {
        return new Step<>(from, action, to, Set.of(roles));
    }

    /** All lines, in the order in which they were given. */
    public List<Step<S, A>> steps() {
        return steps;
    }

    /**
     * Where an action leads.
     *
     * @param id of the record, for the message
     * @param roles of who wants it
     * @throws Refusal 409 when the state does not allow it, naming what it allows; 403 when it does and none of the roles
     *     may, naming who may
     */
    public S next(String id, S state, A action, Collection<Role> roles) {
        Map<A, Step<S, A>> open = table.getOrDefault(state, Map.of());
        Step<S, A> step = open.get(action);
        if (step == null) {
            String allowed = open.isEmpty()
                    ? "nothing, it is at its end"
                    : open.keySet().stream().sorted().map(Flow::label).collect(Collectors.joining(", "));
            throw new Refusal(
                            409,
                            "not in this state",
                            subject + " " + id + " is " + label(state) + ", which allows " + allowed + "; not "
                                    + label(action))
                    .with("state", label(state));
        }
        if (step.roles().stream().noneMatch(roles::contains)) {
            String who = step.roles().stream().map(Role::label).collect(Collectors.toCollection(TreeSet::new)).stream()
                    .collect(Collectors.joining(" or "));
            throw new Refusal(403, "not permitted", label(action) + " of a " + subject + " is for the " + who);
        }
        return step.to();
    }

    /**
     * What somebody may do with a record, for the console's buttons.
     *
     * @param actions the type of the actions
     */
    public Set<A> actions(Class<A> actions, S state, Collection<Role> roles) {
        Set<A> open = EnumSet.noneOf(actions);
        table.getOrDefault(state, Map.of()).values().stream()
                .filter(step -> step.roles().stream().anyMatch(roles::contains))
                .forEach(step -> open.add(step.action()));
        return open;
    }

    /** The states that nothing leads out of. */
    public boolean ends(S state) {
        return !table.containsKey(state);
    }

    /** A state or action as it stands in API and database, such as {@code check-failed}. */
    public static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    public static <E extends Enum<E>> E read(Class<E> type, String label) {
        for (E value : type.getEnumConstants()) {
            if (label(value).equals(label)) {
                return value;
            }
        }
        throw new IllegalArgumentException("must be one of "
                + List.of(type.getEnumConstants()).stream().map(Flow::label).collect(Collectors.joining(", "))
                + "; was "
                + label);
    }
}
