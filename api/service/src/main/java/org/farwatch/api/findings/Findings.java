package org.farwatch.api.findings;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.OwnScope;
import org.farwatch.api.access.Role;
import org.farwatch.api.calendar.CalendarDays;
import org.farwatch.api.calendar.WorkCalendar;
import org.farwatch.api.documents.Documents;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Findings: the only place that moves one from state to state. */
@Component
public class Findings {
    static final String SUBJECT = "finding";
    /** More of them at once are a list's, not a home's. */
    private static final int WAITING_SHOWN = 50;

    private final FindingTable table;
    private final CaseFiles files;
    private final Documents documents;
    private final CalendarDays calendar;
    private final Rules rules;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    Findings(
            FindingTable table,
            CaseFiles files,
            Documents documents,
            CalendarDays calendar,
            Rules rules,
            AuditLog audit,
            JdbcClient jdbc,
            Clock clock) {
        this.table = table;
        this.files = files;
        this.documents = documents;
        this.calendar = calendar;
        this.rules = rules;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * How many findings of a squad stand.
     *
     * @param closed of all three classes together
     */
    public record Figure(String squadId, String squadName, int ordinary, int serious, int supervised, int closed) {}

    /** A reason that an explanation may give, in both languages. */
    record Reason(String code, String zh, String en) {}

    /**
     * Findings confirmed in {@code [from, to)} that stand now, by squad; squads without any are left out. What is noticed,
     * explained, in review, withdrawn or overturned is in no figure. By squad and never by person.
     */
    public List<Figure> figures(DataScope scope, Instant from, Instant to) {
        return jdbc.sql("""
                        select s.id::text as squad_id, s.name as squad_name,
                            count(*) filter (where f.class = 'ordinary')::int as ordinary,
                            count(*) filter (where f.class = 'serious')::int as serious,
                            count(*) filter (where f.class = 'supervised')::int as supervised,
                            count(*) filter (where f.state = 'closed')::int as closed
                        from finding f join squad s on s.id = f.squad_id
                        where f.decided_at >= :from and f.decided_at < :to and f.state = any(:standing)
                            and (:everything or f.squad_id = any(:squads))
                        group by s.id, s.name order by s.name, s.id""")
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param(
                        "standing",
                        Arrays.stream(FindingState.values())
                                .filter(FindingState::counts)
                                .map(FindingState::label)
                                .toArray(String[]::new))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query(Figure.class)
                .list();
    }

    List<Reason> reasons() {
        return jdbc.sql("select code, zh, en from explanation_reason order by position, code")
                .query(Reason.class)
                .list();
    }

    List<Finding> list(FindingTable.Filter filter, Caller caller, Long before, int limit) {
        WorkCalendar days = calendar.calendar();
        return table.list(filter, OwnScope.of(caller), before, limit).stream()
                .map(finding -> finding.with(running(finding, days)))
                .toList();
    }

    /**
     * What waits for the caller: findings on which somebody must act and he may, the oldest first. What he may do but need
     * not (ask for a review, explain again) is not waited for.
     */
    List<Finding> waiting(Caller caller) {
        WorkCalendar days = calendar.calendar();
        OwnScope own = OwnScope.of(caller);
        Set<Long> spoken = table.spoken(caller.userId());
        return table.open(own).stream()
                .filter(stored -> actions(stored, caller, spoken.contains(stored.id())).stream()
                        .anyMatch(action -> action.owed(stored.state())))
                .limit(WAITING_SHOWN)
                .flatMap(stored -> table.find(stored.id(), own).stream())
                .map(finding -> finding.with(running(finding, days)))
                .toList();
    }

    /** @throws Refusal 404 */
    Finding find(String id, long key, Caller caller) {
        OwnScope own = OwnScope.of(caller);
        Finding finding = table.find(key, own).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        Stored stored = table.stored(key, own).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        return finding.with(
                running(finding, calendar.calendar()),
                actions(stored, caller, table.spoke(key, caller.userId())),
                List.copyOf(finding.grade().needed()),
                files.of(stored.leadId()),
                table.elements(key),
                table.events(key));
    }

    /**
     * Carries out an action other than closing.
     *
     * @throws Refusal 404; 409 for a state, version or time that does not allow it; 403 for somebody who may not; 400 for
     *     what it lacks
     */
    @Transactional
    public Finding act(String id, long key, FindingAction action, Act act, Caller caller) {
        Instant now = clock.instant();
        Begun begun = begin(id, key, action, act.version(), caller, now);
        Stored before = begun.before();
        FindingState to = begun.to();
        require(action, act);
        files.require(before.leadId(), "files", act.files());
        table.update(key, change(action, to, caller, now), now);
        table.event(key, caller, action.label(), act, to);
        if (action == FindingAction.EXPLAIN) {
            documents.answered(key, now, caller);
        }
        audit.record(caller, action.label(), SUBJECT, id, before.state(), to);
        return find(id, key, caller);
    }

    /** As {@link #act}, with what the class asks for. */
    @Transactional
    public Finding close(String id, long key, Closing closing, Caller caller) {
        Instant now = clock.instant();
        Begun begun = begin(id, key, FindingAction.CLOSE, closing.version(), caller, now);
        Stored before = begun.before();
        FindingState to = begun.to();
        closing.require(before.grade());
        closing.given().forEach((element, given) -> {
            files.require(before.leadId(), "elements." + element.label() + ".files", given.files());
            table.element(key, element, given);
        });
        table.update(key, FindingTable.Change.to(to), now);
        table.event(
                key,
                caller,
                FindingAction.CLOSE.label(),
                new Act(closing.version(), null, closing.note(), null, null),
                to);
        audit.record(caller, FindingAction.CLOSE.label(), SUBJECT, id, before.state(), to);
        return find(id, key, caller);
    }

    /** The lead whose files the finding shares. */
    Stored stored(String id, long key, Caller caller) {
        return table.stored(key, OwnScope.of(caller)).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** A finding that is locked and may go on. */
    private record Begun(Stored before, FindingState to) {}

    private Begun begin(String id, long key, FindingAction action, int version, Caller caller, Instant now) {
        Stored before = table.lock(key, OwnScope.of(caller)).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        FindingState to = FindingAction.FLOW.next(id, before.state(), action, caller.roles());
        Separation.objection(before, action, caller, table.spoke(key, caller.userId()), now)
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return new Begun(before, to);
    }

    private FindingTable.Change change(FindingAction action, FindingState to, Caller caller, Instant now) {
        return switch (action) {
            case EXPLAIN, RECTIFY, RECHECK_FAILED, RECHECK_PASSED, CLOSE -> FindingTable.Change.to(to);
            case ACCEPT -> new FindingTable.Change(to, caller.userId(), null, false, 0);
            case CONFIRM ->
                new FindingTable.Change(
                        to,
                        caller.userId(),
                        calendar.calendar().until(now, days(Threshold.FINDING_REVIEW_WORKING_DAYS)),
                        false,
                        0);
            case REQUEST_REVIEW -> new FindingTable.Change(to, 0, null, true, 0);
            case UPHOLD, OVERTURN -> new FindingTable.Change(to, 0, null, false, caller.userId());
        };
    }

    private void require(FindingAction action, Act act) {
        switch (action) {
            case EXPLAIN -> {
                List<String> known = reasons().stream().map(Reason::code).toList();
                if (!known.contains(act.reason())) {
                    throw Refusal.field(
                            "reason", "must be one of " + String.join(", ", known) + ", was " + act.reason());
                }
                requireNote(act, "the explanation");
            }
            case ACCEPT, CONFIRM, UPHOLD, OVERTURN -> requireNote(act, "the grounds of the decision");
            case REQUEST_REVIEW -> requireNote(act, "why a review is asked for");
            case RECTIFY -> {
                requireNote(act, "what was done");
                boolean proof = act.proof() != null && !act.proof().isBlank();
                if (!proof && (act.files() == null || act.files().isEmpty())) {
                    throw Refusal.field("proof", "must say what shows it, when no file does");
                }
            }
            case RECHECK_FAILED -> requireNote(act, "what is still not in order");
            case RECHECK_PASSED, CLOSE -> {}
        }
    }

    private static void requireNote(Act act, String what) {
        if (!act.hasNote()) {
            throw Refusal.field("note", "must hold " + what);
        }
    }

    /** Working days of a term, whole ones. */
    int days(Threshold threshold) {
        return (int) Math.round(rules.value(threshold));
    }

    /** @param spoke whether he did so for the squad or the officer */
    private List<FindingAction> actions(Stored finding, Caller caller, boolean spoke) {
        Instant now = clock.instant();
        return FindingAction.FLOW.actions(FindingAction.class, finding.state(), caller.roles()).stream()
                .filter(action -> sees(finding, action, caller))
                .filter(action -> Separation.objection(finding, action, caller, spoke, now)
                        .isEmpty())
                .toList();
    }

    /** Whether he sees it in the role that the action is for: an inspector of all squads leads none of them. */
    private static boolean sees(Stored finding, FindingAction action, Caller caller) {
        Set<Role> roles = FindingAction.FLOW.steps().stream()
                .filter(step -> step.from() == finding.state() && step.action() == action)
                .findFirst()
                .orElseThrow()
                .roles();
        return OwnScope.of(caller.only(roles))
                .sees(finding.squadNo(), finding.officerId() == 0 ? null : finding.officerId());
    }

    private Finding.Clock running(Finding finding, WorkCalendar days) {
        return switch (finding.state()) {
            case NOTICED -> term("explain", finding.explainUntil(), days);
            case CONFIRMED -> finding.reviewRequested() ? null : term("review", finding.reviewUntil(), days);
            case EXPLAINED, WITHDRAWN, IN_REVIEW, UPHELD, OVERTURNED, RECTIFIED, RECHECKED, CLOSED -> null;
        };
    }

    private Finding.Clock term(String of, Instant until, WorkCalendar days) {
        Instant now = clock.instant();
        return new Finding.Clock(of, until, days.left(now, until), !now.isBefore(until));
    }
}
