package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DrawingTest {
    /** Some squads are large, one thing belongs to none. */
    private static final List<DrawItem> POOL = pool(12, 3, 1, 1, 5);

    private static final List<DrawInspector> INSPECTORS = List.of(
            new DrawInspector("an", "安", List.of("0")),
            new DrawInspector("bai", "白", List.of("0", "1")),
            new DrawInspector("cai", "蔡", List.of()),
            new DrawInspector("deng", "邓", List.of("2")),
            new DrawInspector("fan", "范", List.of("3", "4")));

    private static final Drawing.Result EXAMPLE = new Drawing.Result(
            List.of("1", "4"),
            List.of(new Drawing.Team("1", List.of("bai", "cai")), new Drawing.Team("4", List.of("an", "bai"))));

    @Property(tries = 300)
    void whatIsDrawnIsOfThePoolOnceAndItsInspectorsAreNeverOfTheSquadItself(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int items,
            @ForAll @IntRange(min = 2, max = 3) int perSquad) {
        Drawing.Result result = Drawing.draw(seed(seed), input(POOL, INSPECTORS, Set.of(), Set.of(), items, perSquad));

        assertThat(result.items()).hasSize(items).doesNotHaveDuplicates();
        assertThat(POOL.stream().map(DrawItem::id)).containsAll(result.items());
        List<String> squads = new ArrayList<>(
                result.items().stream().map(DrawingTest::squadOf).distinct().toList());
        assertThat(result.teams().stream().map(Drawing.Team::squadId).toList()).isEqualTo(squads);
        for (Drawing.Team team : result.teams()) {
            assertThat(team.inspectors()).hasSize(perSquad).doesNotHaveDuplicates();
            assertThat(INSPECTORS)
                    .filteredOn(each -> team.inspectors().contains(each.username()))
                    .hasSize(perSquad)
                    .allMatch(each -> team.squadId() == null || !each.squads().contains(team.squadId()));
        }
    }

    @Property(tries = 200)
    void theOrderOfTheListsDoesNotMatter(@ForAll long seed, @ForAll long mixing) {
        List<DrawItem> pool = new ArrayList<>(POOL);
        List<DrawInspector> inspectors = new ArrayList<>(INSPECTORS);
        Collections.shuffle(pool, new Random(mixing));
        Collections.shuffle(inspectors, new Random(~mixing));

        assertThat(Drawing.draw(seed(seed), input(pool, inspectors, Set.of("0"), Set.of("0-1"), 7, 2)))
                .isEqualTo(Drawing.draw(seed(seed), input(POOL, INSPECTORS, Set.of("0"), Set.of("0-1"), 7, 2)));
    }

    @Property(tries = 200)
    void squadsThatThePeriodHasNotNamedComeFirst(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int items) {
        Set<String> covered = Set.of("0", "4");
        Drawing.Result result = Drawing.draw(seed(seed), input(POOL, INSPECTORS, covered, Set.of(), items, 2));

        Set<String> drawn = result.items().stream()
                .map(DrawingTest::squadOf)
                .filter(squad -> squad != null && !covered.contains(squad))
                .collect(Collectors.toSet());
        assertThat(drawn).hasSize(Math.min(3, items));
    }

    @Property(tries = 100)
    void drawAfterDrawAPeriodCoversAllSquadsBeforeAnyIsNamedAgain(@ForAll long seed) {
        Set<String> covered = new HashSet<>();
        Set<String> before = new HashSet<>();
        for (int week = 0; week < 5; week++) {
            Drawing.Result result = Drawing.draw(seed(seed + week), input(POOL, INSPECTORS, covered, before, 1, 2));
            assertThat(covered).doesNotContain(squadOf(result.items().getFirst()));
            covered.add(squadOf(result.items().getFirst()));
            before.addAll(result.items());
        }
        assertThat(covered).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
    }

    @Property(tries = 100)
    void nothingIsDrawnAgainInThePeriodAsLongAsThereIsAnythingElse(@ForAll long seed) {
        Set<String> before = Set.of("0-1", "0-2", "1-0", "4-4");
        Set<String> all = Set.of("0", "1", "2", "3", "4");
        List<String> items = Drawing.draw(seed(seed), input(POOL, INSPECTORS, all, before, POOL.size(), 2))
                .items();

        assertThat(items.subList(POOL.size() - 4, POOL.size())).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void everythingInAPoolIsEquallyLikely() {
        List<DrawItem> pool = pool(13);
        int[] seen = new int[13];
        int rounds = 6_500;
        for (int round = 0; round < rounds; round++) {
            Drawing.draw(seed(round), input(pool, INSPECTORS, Set.of("0"), Set.of(), 4, 2))
                    .items()
                    .forEach(id -> {
                        if (squadOf(id) != null) {
                            seen[Integer.parseInt(id.substring(2))]++;
                        }
                    });
        }
        assertThat(ChiSquare.of(seen, IntStream.of(seen).sum())).isLessThan(ChiSquare.critical(12));
    }

    /** A squad of twelve is not looked at more often than one of one. */
    @Test
    void everySquadIsEquallyLikelyToComeFirstHoweverLarge() {
        int[] seen = new int[5];
        int rounds = 5_000;
        for (int round = 0; round < rounds; round++) {
            seen[
                    Integer.parseInt(
                            squadOf(Drawing.draw(seed(round), input(POOL, INSPECTORS, Set.of(), Set.of(), 1, 2))
                                    .items()
                                    .getFirst()))]++;
        }
        assertThat(ChiSquare.of(seen, rounds)).isLessThan(ChiSquare.critical(4));
    }

    @Test
    void everyInspectorIsEquallyLikelyAndWorkIsSpread() {
        List<DrawInspector> five = IntStream.range(0, 5)
                .mapToObj(n -> new DrawInspector("i" + n, "检", List.of()))
                .toList();
        int[] seen = new int[5];
        int rounds = 5_000;
        for (int round = 0; round < rounds; round++) {
            List<Drawing.Team> teams = Drawing.draw(seed(round), input(POOL, five, Set.of(), Set.of(), 5, 2))
                    .teams();
            seen[Integer.parseInt(teams.getFirst().inspectors().getFirst().substring(1))]++;
            assertThat(teams.stream()
                            .flatMap(team -> team.inspectors().stream())
                            .collect(Collectors.groupingBy(each -> each, Collectors.counting()))
                            .values())
                    .containsOnly(2L);
        }
        assertThat(ChiSquare.of(seen, rounds)).isLessThan(ChiSquare.critical(4));
    }

    /** The example of docs/decisions/fair-draw.md: a change here is another algorithm. */
    @Test
    void aSeedGivesForEverWhatItGivesNow() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        Drawing.Result result = Drawing.draw(
                seed,
                input(
                        List.of(
                                new DrawItem("1", "一中队", "1", "一中队"),
                                new DrawItem("2", "二中队", "2", "二中队"),
                                new DrawItem("3", "三中队", "3", "三中队"),
                                new DrawItem("4", "四中队", "4", "四中队")),
                        List.of(
                                new DrawInspector("an", "安", List.of("1")),
                                new DrawInspector("bai", "白", List.of("2")),
                                new DrawInspector("cai", "蔡", List.of())),
                        Set.of("3"),
                        Set.of("3"),
                        2,
                        2));

        assertThat(result).isEqualTo(EXAMPLE);
    }

    @Test
    void tooFewInspectorsAreNamedForEachSquad() {
        List<DrawInspector> two =
                List.of(new DrawInspector("an", "安", List.of("1")), new DrawInspector("bai", "白", List.of("1", "3")));
        Drawing.Input input = input(POOL, two, Set.of(), Set.of(), 1, 2);

        assertThat(Drawing.lacks(input))
                .containsExactly(new Drawing.Lack("1", "中队 1", 0, 2), new Drawing.Lack("3", "中队 3", 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Drawing.draw(seed(1), input));
    }

    @Test
    void moreThanThePoolIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drawing.draw(seed(1), input(POOL, INSPECTORS, Set.of(), Set.of(), 24, 2)))
                .withMessageContaining("at most the pool's 23, was 24");
    }

    private static byte[] seed(long number) {
        return ByteBuffer.allocate(32).putLong(number).array();
    }

    private static String squadOf(String item) {
        return item.startsWith("-") ? null : item.substring(0, item.indexOf('-'));
    }

    private static Drawing.Input input(
            List<DrawItem> pool,
            List<DrawInspector> inspectors,
            Set<String> covered,
            Set<String> before,
            int items,
            int perSquad) {
        return new Drawing.Input(pool, inspectors, Set.copyOf(covered), Set.copyOf(before), items, perSquad);
    }

    private static List<DrawItem> pool(int... sizes) {
        List<DrawItem> pool = new ArrayList<>(List.of(new DrawItem("-free", "独立监控", null, null)));
        for (int squad = 0; squad < sizes.length; squad++) {
            for (int n = 0; n < sizes[squad]; n++) {
                pool.add(new DrawItem(squad + "-" + n, "人员 " + n, Integer.toString(squad), "中队 " + squad));
            }
        }
        return List.copyOf(pool);
    }
}
