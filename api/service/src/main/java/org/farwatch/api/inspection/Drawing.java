package org.farwatch.api.inspection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The draw itself: what a seed makes of a pool, by {@value #ALGORITHM}, written down in {@code
 * docs/decisions/fair-draw.md} so that anybody can repeat it. Depends on what is in the lists and not on their order.
 */
final class Drawing {
    /** Name and version; a change of any result needs another. */
    static final String ALGORITHM = "farwatch-draw-1";

    private static final Comparator<String> BY_BYTES = Comparator.comparing(
            text -> text.getBytes(StandardCharsets.UTF_8), (left, right) -> Arrays.compareUnsigned(left, right));

    private Drawing() {}

    /**
     * What the result follows from, besides the seed.
     *
     * @param pool without what is excluded
     * @param inspectors who may be sent
     * @param covered squads that draws of this period named before
     * @param before items that they named
     * @param items how many to draw, at most as many as the pool has
     * @param perSquad how many inspectors look at each squad that is drawn
     */
    record Input(
            List<DrawItem> pool,
            List<DrawInspector> inspectors,
            Set<String> covered,
            Set<String> before,
            int items,
            int perSquad) {}

    /**
     * Who looks at what was drawn of one squad.
     *
     * @param squadId null for what belongs to none
     * @param inspectors user names
     */
    record Team(String squadId, List<String> inspectors) {}

    /** @param items ids, in the order in which they were drawn */
    record Result(List<String> items, List<Team> teams) {}

    /** A squad for which there are too few inspectors that are not its own. */
    record Lack(String squadId, String squadName, int have, int need) {}

    /**
     * @throws IllegalArgumentException when the pool is too small or some squad has too few inspectors; see {@link #lacks}
     */
    static Result draw(byte[] seed, Input input) {
        if (input.items() > input.pool().size()) {
            throw new IllegalArgumentException(
                    "items must be at most the pool's " + input.pool().size() + ", was " + input.items());
        }
        List<Lack> lacks = lacks(input);
        if (!lacks.isEmpty()) {
            throw new IllegalArgumentException("inspectors lack: " + lacks);
        }
        DrawNumbers numbers = new DrawNumbers(seed);
        List<DrawItem> drawn = items(numbers, input);
        return new Result(drawn.stream().map(DrawItem::id).toList(), teams(numbers, input, drawn));
    }

    /** Squads of the pool that could be drawn and then not be looked at as they must; by id. */
    static List<Lack> lacks(Input input) {
        Set<String> seen = new HashSet<>();
        return sorted(input.pool().stream(), item -> Objects.requireNonNullElse(item.squadId(), "")).stream()
                .filter(item -> seen.add(item.squadId()))
                .map(item -> new Lack(
                        item.squadId(),
                        item.squadName(),
                        (int) input.inspectors().stream()
                                .filter(each -> each.mayLookAt(item.squadId()))
                                .count(),
                        input.perSquad()))
                .filter(lack -> lack.have() < lack.need())
                .toList();
    }

    private static List<DrawItem> items(DrawNumbers numbers, Input input) {
        List<DrawItem> shuffled = sorted(input.pool().stream(), DrawItem::id);
        numbers.shuffle("item", shuffled);
        List<String> squads = sorted(
                shuffled.stream()
                        .map(DrawItem::squadId)
                        .filter(squad -> squad != null && !input.covered().contains(squad))
                        .distinct(),
                Function.identity());
        numbers.shuffle("squad", squads);
        // What was drawn before in the period comes last; the sort keeps the order otherwise.
        shuffled.sort(Comparator.comparing(item -> input.before().contains(item.id())));
        Set<DrawItem> drawn = new LinkedHashSet<>();
        for (String squad : squads) {
            if (drawn.size() < input.items()) {
                shuffled.stream()
                        .filter(item -> squad.equals(item.squadId()))
                        .findFirst()
                        .ifPresent(drawn::add);
            }
        }
        for (DrawItem item : shuffled) {
            if (drawn.size() < input.items()) {
                drawn.add(item);
            }
        }
        return List.copyOf(drawn);
    }

    private static List<Team> teams(DrawNumbers numbers, Input input, List<DrawItem> drawn) {
        Set<String> squads = new LinkedHashSet<>();
        drawn.forEach(item -> squads.add(item.squadId()));
        Map<String, Integer> load = new HashMap<>();
        List<Team> teams = new ArrayList<>();
        for (String squad : squads) {
            List<String> able = sorted(
                    input.inspectors().stream()
                            .filter(each -> each.mayLookAt(squad))
                            .map(DrawInspector::username),
                    Function.identity());
            numbers.shuffle("inspector", able);
            // Who has the fewest squads so far comes first; the sort keeps the order otherwise.
            able.sort(Comparator.comparing(username -> load.getOrDefault(username, 0)));
            List<String> team = List.copyOf(able.subList(0, input.perSquad()));
            team.forEach(username -> load.merge(username, 1, Integer::sum));
            teams.add(new Team(squad, team));
        }
        return List.copyOf(teams);
    }

    /** By the bytes of UTF-8, so that no language's alphabet matters. */
    private static <T> List<T> sorted(Stream<T> of, Function<T, String> key) {
        return new ArrayList<>(of.sorted(Comparator.comparing(key, BY_BYTES)).toList());
    }
}
