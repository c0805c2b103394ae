package org.farwatch.api.inspection;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;

/**
 * A draw as somebody plans it.
 *
 * @param from start of the period within which squads are covered
 * @param to its end, excluded; at most {@link #LONGEST} later
 * @param poolFrom of kinds that depend on time: from when on something is in the pool; absent: the period
 * @param poolTo until when; absent beside poolFrom: a moment
 * @param items how many to draw
 * @param inspectors how many are to look at each squad that is drawn
 * @param replaces the draw in whose place this one is
 */
record NewDraw(
        String name,
        @NotNull DrawKind kind,
        @NotNull Instant from,
        @NotNull Instant to,
        Instant poolFrom,
        Instant poolTo,
        @NotNull Integer items,
        @NotNull Integer inspectors,
        List<Draws.Exclusion> exclusions,
        String replaces,
        String replaceReason) {
    static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_ITEMS = 1_000;
    private static final int FEWEST_INSPECTORS = 2;
    private static final int MOST_INSPECTORS = 10;
    private static final int NAME = 100;
    static final int REASON = 200;

    /** @throws Refusal 400 naming the field, its value and the rule */
    Draws.Plan plan() {
        requireLine("name", name, NAME);
        requireSpan("from", from, "to", to);
        requireBetween("items", items, 1, MOST_ITEMS);
        requireBetween("inspectors", inspectors, FEWEST_INSPECTORS, MOST_INSPECTORS);
        if ((replaces == null) != (replaceReason == null)) {
            throw Refusal.field(
                    replaces == null ? "replaces" : "replaceReason",
                    "must be given with " + (replaces == null ? "replaceReason" : "replaces"));
        }
        if (replaceReason != null) {
            requireLine("replaceReason", replaceReason, REASON);
        }
        Span span = Span.of(kind, from, to, poolFrom, poolTo);
        return new Draws.Plan(
                name.strip(),
                kind,
                from,
                to,
                span.from(),
                span.to(),
                items,
                inspectors,
                exclusions == null ? List.of() : excluded(exclusions),
                Ids.field("replaces", replaces),
                replaceReason == null ? null : replaceReason.strip());
    }

    /**
     * From when to when something is in a pool.
     *
     * @param from null for kinds that depend on no time
     * @param to null for a moment
     */
    record Span(Instant from, Instant to) {
        /** @throws Refusal 400 for a span that the kind does not take */
        static Span of(DrawKind kind, Instant from, Instant to, Instant poolFrom, Instant poolTo) {
            if (!kind.ofTime() && (poolFrom != null || poolTo != null)) {
                throw Refusal.field(
                        poolFrom == null ? "poolTo" : "poolFrom",
                        "must not be given for " + kind.label() + ": their pool is what there is when it is frozen");
            }
            if (poolFrom == null && poolTo != null) {
                throw Refusal.field("poolFrom", "must be given with poolTo");
            }
            if (poolTo != null) {
                requireSpan("poolFrom", poolFrom, "poolTo", poolTo);
            }
            if (kind == DrawKind.RECORDINGS && poolFrom != null && poolTo == null) {
                throw Refusal.field("poolTo", "must be given for recordings: a moment has no day of theirs");
            }
            if (!kind.ofTime()) {
                return new Span(null, null);
            }
            return poolFrom == null ? new Span(from, to) : new Span(poolFrom, poolTo);
        }
    }

    static void requireSpan(String start, Instant from, String end, Instant to) {
        if (!from.isBefore(to)) {
            throw Refusal.field(end, "must be after " + start + " (" + from + "), was " + to);
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field(end, "must be at most " + LONGEST.toDays() + " days after " + start + ", was " + to);
        }
    }

    /** A text of one line, so that it can be printed and hashed as it stands. */
    static void requireLine(String field, String text, int longest) {
        if (text == null || text.isBlank()) {
            throw Refusal.field(field, "must not be blank");
        }
        if (text.strip().length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.field(field, "must be one line of at most " + longest + " characters");
        }
    }

    private static List<Draws.Exclusion> excluded(List<Draws.Exclusion> exclusions) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < exclusions.size(); i++) {
            Draws.Exclusion each = exclusions.get(i);
            String field = "exclusions[" + i + "]";
            if (each == null || each.item() == null) {
                throw Refusal.field(field + ".item", "must be given");
            }
            requireLine(field + ".reason", each.reason(), REASON);
            if (!seen.add(each.item())) {
                throw Refusal.field(field + ".item", "is excluded twice: " + each.item());
            }
        }
        return exclusions.stream()
                .map(each -> new Draws.Exclusion(each.item(), each.reason().strip()))
                .toList();
    }

    private static void requireBetween(String field, int value, int least, int most) {
        if (value < least) {
            throw Refusal.field(field, "must be at least " + least + ", was " + value);
        }
        if (value > most) {
            throw Refusal.field(field, "must be at most " + most + ", was " + value);
        }
    }
}
