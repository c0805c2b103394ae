package org.farwatch.api.tasks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /squads/{id}/receivers}: who in a squad first receives its tasks and its device tickets. */
@RestController
@RequestMapping("/api/v1/squads/{id}/receivers")
class ReceiverController {
    private static final String SUBJECT = "squad-receiver";
    private static final String SQUAD = "squad";
    private static final List<String> LANES = List.of(TaskLanes.TASK, TaskLanes.TICKET);

    private final Receivers receivers;
    private final JdbcClient jdbc;
    private final AuditLog audit;

    ReceiverController(Receivers receivers, JdbcClient jdbc, AuditLog audit) {
        this.receivers = receivers;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * @param items one for each lane there is
     * @param members those who can be chosen, leaders first
     */
    record Shown(String squadId, List<Receivers.Chosen> items, List<Receivers.Member> members) {}

    /** Only the lanes that are named are changed. */
    record Wanted(@NotNull @Size(max = 10) List<@Valid @NotNull Choice> items) {}

    /** @param userId null: the leaders of the squad */
    record Choice(@NotNull String lane, String userId, int version) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Shown receivers(@PathVariable String id, DataScope scope) {
        return show(squad(id, scope));
    }

    @PutMapping
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Shown choose(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        long squad = squad(id, caller.scope());
        for (Choice choice : wanted.items()) {
            if (!LANES.contains(choice.lane())) {
                throw Refusal.field("lane", "must be one of " + String.join(", ", LANES) + ", was " + choice.lane());
            }
            Long user = choice.userId() == null ? null : receivers.require("userId", choice.userId(), squad);
            if (!receivers.choose(squad, choice.lane(), user, choice.version())) {
                int version = show(squad).items().stream()
                        .filter(each -> each.lane().equals(choice.lane()))
                        .findFirst()
                        .orElseThrow()
                        .version();
                throw audit.conflict(SUBJECT, id, version);
            }
            Map<String, Object> after = new HashMap<>();
            after.put("lane", choice.lane());
            after.put("userId", choice.userId());
            audit.record(caller, "change", SUBJECT, id, null, after);
        }
        return show(squad);
    }

    private Shown show(long squad) {
        List<Receivers.Chosen> chosen = receivers.chosen(squad);
        List<Receivers.Chosen> items = LANES.stream()
                .map(lane -> chosen.stream()
                        .filter(each -> each.lane().equals(lane))
                        .findFirst()
                        .orElse(new Receivers.Chosen(lane, null, 0)))
                .toList();
        return new Shown(Long.toString(squad), items, receivers.members(squad));
    }

    private long squad(String id, DataScope scope) {
        long squad = Ids.parse(SQUAD, id);
        if (!scope.sees(squad)
                || jdbc.sql("select 1 from squad where id = :id")
                        .param("id", squad)
                        .query(Integer.class)
                        .optional()
                        .isEmpty()) {
            throw Refusal.notFound(SQUAD, id);
        }
        return squad;
    }
}
