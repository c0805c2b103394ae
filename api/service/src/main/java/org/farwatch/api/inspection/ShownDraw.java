package org.farwatch.api.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.Role;

/**
 * A draw as the API gives it.
 *
 * @param inspectors how many look at each squad that is drawn
 * @param commitment SHA-256 of the seed, from when it is frozen on
 * @param actions what the caller may do now
 * @param events only of one draw asked for by its id, as the two below
 * @param frozen absent until it is frozen
 * @param result absent until it is drawn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShownDraw(
        String id,
        String name,
        DrawKind kind,
        Instant from,
        Instant to,
        Instant poolFrom,
        Instant poolTo,
        int items,
        int inspectors,
        List<Draws.Exclusion> exclusions,
        String replaces,
        String replaceReason,
        String replacedBy,
        DrawState state,
        Instant plannedAt,
        String plannedBy,
        String commitment,
        int version,
        Set<DrawState.Action> actions,
        List<Draws.Event> events,
        Frozen frozen,
        Result result) {
    /**
     * @param text that is signed
     * @param covered ids of squads of the pool that draws of the period named before
     * @param signedBy fingerprint of the house's key
     */
    record Frozen(
            String algorithm,
            Instant at,
            String by,
            List<DrawRecord.Entry> pool,
            List<DrawRecord.Excluded> excluded,
            List<DrawRecord.Person> inspectors,
            List<String> covered,
            List<String> before,
            String text,
            String signature,
            String signedBy) {}

    /** @param items in the order in which they were drawn */
    record Result(String seed, Instant at, String by, List<DrawItem> items, List<Team> teams, String signature) {}

    /** @param squadId absent for what belongs to no squad */
    record Team(String squadId, String squadName, List<Member> inspectors) {}

    record Member(String username, String name) {}

    /** For a list: without what was frozen and drawn. */
    static ShownDraw of(Draws.Stored draw, Collection<Role> roles) {
        return of(draw, roles, null, null, null);
    }

    /** @param record null until it is frozen */
    static ShownDraw of(Draws.Stored draw, Collection<Role> roles, List<Draws.Event> events, DrawRecord record) {
        return of(
                draw,
                roles,
                events,
                record == null ? null : frozen(record),
                record == null || record.drawn() == null ? null : result(record));
    }

    private static ShownDraw of(
            Draws.Stored draw, Collection<Role> roles, List<Draws.Event> events, Frozen frozen, Result result) {
        Draws.Plan plan = draw.plan();
        return new ShownDraw(
                Long.toString(draw.id()),
                plan.name(),
                plan.kind(),
                plan.from(),
                plan.to(),
                plan.poolFrom(),
                plan.poolTo(),
                plan.items(),
                plan.inspectorsPerSquad(),
                plan.exclusions(),
                plan.replaces() == null ? null : plan.replaces().toString(),
                plan.replaceReason(),
                draw.replacedBy() == null ? null : draw.replacedBy().toString(),
                draw.state(),
                draw.planned().at(),
                draw.planned().by(),
                draw.commitment(),
                draw.version(),
                DrawState.FLOW.actions(DrawState.Action.class, draw.state(), roles),
                events,
                frozen,
                result);
    }

    private static Frozen frozen(DrawRecord record) {
        DrawRecord.Frozen frozen = record.frozen();
        return new Frozen(
                frozen.algorithm(),
                frozen.sealed().at(),
                frozen.sealed().by(),
                frozen.pool(),
                frozen.excluded(),
                frozen.inspectors(),
                frozen.covered(),
                frozen.before(),
                DrawSeal.text(frozen),
                record.frozenSignature(),
                record.signedBy());
    }

    private static Result result(DrawRecord record) {
        DrawRecord.Drawn drawn = record.drawn();
        Map<String, DrawItem> pool = new HashMap<>();
        Map<String, String> squads = new HashMap<>();
        record.frozen().pool().forEach(entry -> {
            pool.put(entry.id(), entry.item());
            squads.put(entry.squadId(), entry.squadName());
        });
        Map<String, String> names = new HashMap<>();
        record.frozen().inspectors().forEach(person -> names.put(person.username(), person.name()));
        return new Result(
                drawn.seed(),
                drawn.drawn().at(),
                drawn.drawn().by(),
                drawn.items().stream().map(pool::get).toList(),
                drawn.teams().stream()
                        .map(team -> new Team(
                                team.squadId(),
                                squads.get(team.squadId()),
                                team.inspectors().stream()
                                        .map(username -> new Member(username, names.get(username)))
                                        .toList()))
                        .toList(),
                record.drawnSignature());
    }
}
