package org.farwatch.api.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** What a draw must keep besides its states; each is refused with what is missing, before anything is written. */
@Component
class DrawRules {
    private final Draws draws;

    DrawRules(Draws draws) {
        this.draws = draws;
    }

    /** Pool and exclusions, apart. */
    record Parted(List<DrawItem> pool, List<DrawRecord.Excluded> excluded) {}

    /** Whoever cancelled one that was frozen says so in the next: nobody draws again until he likes the result. */
    void requireReplacement(Draws.Plan plan, DataScope scope) {
        if (plan.replaces() == null) {
            draws.unreplaced(plan.kind(), plan.from(), plan.to(), scope).ifPresent(other -> {
                throw Refusal.field(
                        "replaces",
                        "must name draw " + other.id() + ", which was frozen for the same period and then"
                                + " cancelled: a draw in its place says so, and why");
            });
            return;
        }
        Draws.Stored other = draws.find(plan.replaces(), scope)
                .orElseThrow(() -> Refusal.field("replaces", "names no draw of yours: " + plan.replaces()));
        if (other.state() != DrawState.CANCELLED && other.state() != DrawState.DRAWN) {
            throw Refusal.field(
                    "replaces",
                    "must name a draw that is cancelled or drawn; " + other.id() + " is "
                            + other.state().label());
        }
        if (other.replacedBy() != null) {
            throw Refusal.field("replaces", "draw " + other.id() + " is replaced by draw " + other.replacedBy());
        }
        if (other.plan().kind() != plan.kind()
                || !other.plan().from().equals(plan.from())
                || !other.plan().to().equals(plan.to())) {
            throw Refusal.field(
                    "replaces",
                    "must be of the same kind and period; draw " + other.id() + " is of "
                            + other.plan().kind().label() + ", " + other.plan().from() + " to "
                            + other.plan().to());
        }
    }

    /** What is drawn from, and what is kept out of it. Exclusions of what is there no more have no effect. */
    static Parted parted(Draws.Plan plan, List<DrawItem> all) {
        Map<String, String> reasons = new HashMap<>();
        plan.exclusions().forEach(each -> reasons.put(each.item(), each.reason()));
        List<DrawItem> pool = new ArrayList<>();
        List<DrawRecord.Excluded> excluded = new ArrayList<>();
        for (DrawItem item : all) {
            if (reasons.containsKey(item.id())) {
                excluded.add(DrawRecord.Excluded.of(item, reasons.get(item.id())));
            } else {
                pool.add(item);
            }
        }
        return new Parted(pool, excluded);
    }

    /** @throws Refusal 400 when there is less in the pool than is to be drawn */
    static void requireEnough(Draws.Plan plan, List<DrawItem> pool) {
        if (plan.items() > pool.size()) {
            throw Refusal.field(
                    "items",
                    "must be at most " + pool.size() + ", which the pool has without exclusions; was " + plan.items());
        }
    }

    /** @throws Refusal 409 naming the squads that have too few inspectors besides their own */
    static void requireInspectors(DrawRecord.Frozen frozen) {
        List<Drawing.Lack> lacks = Drawing.lacks(frozen.input());
        if (!lacks.isEmpty()) {
            throw new Refusal(
                            409,
                            "inspectors are missing",
                            "inspectors that are not of the squad itself are missing (have/needed): "
                                    + lacks.stream()
                                            .map(lack -> Objects.requireNonNullElse(lack.squadName(), "no squad") + " "
                                                    + lack.have() + "/" + lack.need())
                                            .collect(Collectors.joining("; ")))
                    .with("lacks", lacks);
        }
    }
}
