package org.farwatch.api.rollcall;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.duty.DutyRoll;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /roll-calls}: 点名. */
@RestController
@RequestMapping("/api/v1/roll-calls")
class RollCallController {
    private static final String SUBJECT = RollCalls.SUBJECT;

    private final RollCallTable table;
    private final AnswerTable answers;
    private final RollCalls rollCalls;
    private final RollCallDecisions decisions;
    private final RollCallWatch watch;
    private final ViewLog views;

    RollCallController(
            RollCallTable table,
            AnswerTable answers,
            RollCalls rollCalls,
            RollCallDecisions decisions,
            RollCallWatch watch,
            ViewLog views) {
        this.table = table;
        this.answers = answers;
        this.rollCalls = rollCalls;
        this.decisions = decisions;
        this.watch = watch;
        this.views = views;
    }

    /**
     * @param squadIds none for all of the caller's; {@code postIds} likewise
     * @param number picked at random of those, absent for all
     */
    record NewCall(
            @NotBlank @Size(max = 200) String purpose,
            @Size(max = 500) List<String> squadIds,
            @Size(max = 500) List<String> postIds,
            @Min(1) Integer number) {}

    /** @param note why it is cancelled; needed for nothing else */
    record Ending(int version, @Size(max = 1000) String note) {}

    /** @param version of the answer; {@code reason} see {@link ExcuseReason} */
    record Said(
            int version, String reason, @Size(max = 1000) String note) {}

    /** How many could be called at a post now. */
    record Pool(String squadId, String squadName, String postId, String postName, int officers) {}

    /** Newest first. */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    Page<RollCall> list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        List<RollCall> found = table.list(
                state == null ? null : read(RollCallState.class, "state", state),
                scope,
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    /** Numbers by squad and post; who they are is known when they are called. */
    @GetMapping("/pool")
    @Permit(Role.INSPECTOR)
    Page<Pool> pool(DataScope scope) {
        return Page.all(rollCalls.pool(scope).stream()
                .collect(Collectors.groupingBy(duty -> new Pool(
                        Long.toString(duty.squadNo()),
                        duty.squadName(),
                        Long.toString(duty.postId()),
                        duty.postName(),
                        0)))
                .entrySet()
                .stream()
                .map(entry -> counted(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Pool::squadName).thenComparing(Pool::postName))
                .toList());
    }

    /** Brought in step with the positions first. Whoever opens it is logged as having looked at each of those called. */
    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    RollCall one(@PathVariable String id, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        watch.bringUpToDate(key);
        RollCall call = table.find(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        answers.unseen(key, call.calledAt(), caller.username())
                .forEach(answer -> views.record(
                        caller, SUBJECT, answer.officerId(), answer.officerName(), call.calledAt(), call.lateUntil()));
        return call.with(
                RollCallAction.FLOW.actions(RollCallAction.class, call.state(), caller.roles()),
                watch.shown(call).stream()
                        .map(answer -> answer.with(decisions.allowed(call, answer, caller)))
                        .toList(),
                table.events(key));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    RollCall call(@Valid @RequestBody NewCall wanted, Caller caller) {
        long id = rollCalls.call(
                new RollCalls.Wanted(
                        wanted.purpose().strip(),
                        ids("squadIds", wanted.squadIds()),
                        ids("postIds", wanted.postIds()),
                        wanted.number()),
                caller);
        return one(Long.toString(id), caller);
    }

    @PostMapping("/{id}/close")
    @Permit(Role.INSPECTOR)
    @Transactional
    RollCall close(@PathVariable String id, @Valid @RequestBody Ending ending, Caller caller) {
        return end(id, ending, RollCallAction.CLOSE, caller);
    }

    @PostMapping("/{id}/cancel")
    @Permit(Role.INSPECTOR)
    @Transactional
    RollCall cancel(@PathVariable String id, @Valid @RequestBody Ending ending, Caller caller) {
        return end(id, ending, RollCallAction.CANCEL, caller);
    }

    /** Which action: one of {@link AnswerAction}. */
    @PostMapping("/{id}/answers/{officerId}/{action}")
    @Permit(Role.INSPECTOR)
    @Transactional
    RollCall act(
            @PathVariable String id,
            @PathVariable String officerId,
            @PathVariable String action,
            @Valid @RequestBody Said said,
            Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        watch.bringUpToDate(key);
        decisions.act(
                id,
                key,
                officerId,
                Ids.parse("officer", officerId),
                said.version(),
                read(AnswerAction.class, "action", action),
                new RollCallDecisions.Words(
                        said.reason() == null ? null : read(ExcuseReason.class, "reason", said.reason()),
                        blankToNull(said.note())),
                caller);
        return one(id, caller);
    }

    private RollCall end(String id, Ending ending, RollCallAction action, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        watch.bringUpToDate(key);
        rollCalls.end(id, key, ending.version(), action, blankToNull(ending.note()), caller);
        return one(id, caller);
    }

    private static Pool counted(Pool at, List<DutyRoll.OnDuty> duties) {
        return new Pool(at.squadId(), at.squadName(), at.postId(), at.postName(), duties.size());
    }

    private static Set<Long> ids(String field, List<String> given) {
        return (given == null ? Stream.<String>empty() : given.stream())
                .map(id -> Ids.field(field, id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <E extends Enum<E>> E read(Class<E> type, String field, String label) {
        try {
            return Flow.read(type, label);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
