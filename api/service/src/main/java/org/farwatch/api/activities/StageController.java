package org.farwatch.api.activities;

import jakarta.validation.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /activity-stages}: 环节, how far they are recorded, and the match with their recordings. */
@RestController
@RequestMapping("/api/v1/activity-stages")
class StageController {
    private static final Duration LONGEST = Duration.ofDays(370);

    private final StageTable table;
    private final Matching matching;

    StageController(StageTable table, Matching matching) {
        this.table = table;
        this.matching = matching;
    }

    /** @param streamId of the recording that is accepted */
    record Step(int version, String streamId) {}

    /**
     * In the order of time.
     *
     * @param outcome see {@link Stage.Outcome}
     * @param streamId only those during which the stream's device was held by one of the officers
     * @param all also those that need not be recorded
     */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Stage> list(
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String streamId,
            @RequestParam(required = false) String outcome,
            @RequestParam(defaultValue = "false") boolean all,
            Caller caller) {
        StageTable.Filter filter = new StageTable.Filter(
                from,
                until(from, to),
                Ids.field("squadId", squadId),
                Ids.field("streamId", streamId),
                outcome == null ? null : read(Stage.Outcome.class, "outcome", outcome),
                !all);
        return Page.all(matching.offered(table.list(filter, caller.scope()), caller));
    }

    /** 待关联录像: stages that are over and wait for somebody to say which recordings are theirs. */
    @GetMapping("/waiting")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Stage> waiting(@RequestParam Instant from, @RequestParam Instant to, Caller caller) {
        List<Stage> found = table.list(StageTable.Filter.required(from, until(from, to)), caller.scope());
        return Page.all(matching.waiting(found, caller));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Stage one(@PathVariable String id, Caller caller) {
        return matching.find(id, caller).orElseThrow(() -> Refusal.notFound(Matching.SUBJECT, id));
    }

    /** Which action: one of {@link MatchAction}; who may is in its table. */
    @PostMapping("/{id}/{action}")
    @Permit(Role.SQUAD_LEADER)
    @Transactional
    Stage act(@PathVariable String id, @PathVariable String action, @Valid @RequestBody Step step, Caller caller) {
        matching.act(
                id,
                step.version(),
                read(MatchAction.class, "action", action),
                Ids.field("streamId", step.streamId()),
                caller);
        return one(id, caller);
    }

    private static Instant until(Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field(
                    "to", "must be after from (" + from + ") and at most " + LONGEST.toDays() + " days, was " + to);
        }
        return to;
    }

    private static <E extends Enum<E>> E read(Class<E> type, String field, String label) {
        try {
            return Flow.read(type, label);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }
}
