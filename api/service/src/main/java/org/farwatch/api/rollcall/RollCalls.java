package org.farwatch.api.rollcall;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.duty.DutyRoll;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Calling, and ending a roll call. What is said about one who was called is {@link RollCallDecisions}'. */
@Component
class RollCalls {
    static final String SUBJECT = "roll-call";
    /** More at once is no roll call but a survey. */
    static final int MOST = 200;

    private final RollCallTable table;
    private final DutyRoll roll;
    private final Rules rules;
    private final ViewLog views;
    private final AuditLog audit;
    private final Clock clock;
    /** Nobody can foresee whom it picks. It is no draw: nothing of it can be repeated or proven afterwards. */
    private final Random random = new SecureRandom();

    RollCalls(RollCallTable table, DutyRoll roll, Rules rules, ViewLog views, AuditLog audit, Clock clock) {
        this.table = table;
        this.roll = roll;
        this.rules = rules;
        this.views = views;
        this.audit = audit;
        this.clock = clock;
        rules.check(
                values -> values.get(Threshold.ROLL_CALL_LATE_MINUTES) > values.get(Threshold.ROLL_CALL_ANSWER_MINUTES)
                        ? null
                        : "must keep " + Threshold.ROLL_CALL_LATE_MINUTES.key() + " above "
                                + Threshold.ROLL_CALL_ANSWER_MINUTES.key());
    }

    /**
     * Whom to call.
     *
     * @param squads internal ids, empty for all of the scope; {@code posts} likewise
     * @param number how many of them at random, null for all
     */
    record Wanted(String purpose, Set<Long> squads, Set<Long> posts, Integer number) {}

    /** Who could be called now: on duty, and for as long as he has to answer. */
    List<DutyRoll.OnDuty> pool(DataScope scope) {
        Instant now = clock.instant();
        Instant answerUntil = now.plus(minutes(Threshold.ROLL_CALL_ANSWER_MINUTES));
        return roll.at(now, scope).stream()
                .filter(duty -> duty.end().isAfter(answerUntil))
                .toList();
    }

    /**
     * Calls. Whoever calls looks at where people are, so it is logged as a view of each of them.
     *
     * @return its id
     * @throws Refusal 400 when nobody can be called or more than {@link #MOST}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    long call(Wanted wanted, Caller caller) {
        List<DutyRoll.OnDuty> pool = new ArrayList<>(pool(caller.scope()).stream()
                .filter(duty -> wanted.squads().isEmpty() || wanted.squads().contains(duty.squadNo()))
                .filter(duty -> wanted.posts().isEmpty() || wanted.posts().contains(duty.postId()))
                .toList());
        if (pool.isEmpty()) {
            throw Refusal.field(
                    "squadIds",
                    "and postIds name nobody of yours who is on duty for another "
                            + minutes(Threshold.ROLL_CALL_ANSWER_MINUTES).toMinutes() + " minutes");
        }
        if (wanted.number() != null) {
            if (wanted.number() > pool.size()) {
                throw Refusal.field(
                        "number", "must be at most " + pool.size() + ", who can be called now; was " + wanted.number());
            }
            Collections.shuffle(pool, random);
        }
        List<DutyRoll.OnDuty> called = wanted.number() == null ? pool : pool.subList(0, wanted.number());
        if (called.size() > MOST) {
            throw Refusal.field(
                    "number", "must be given, at most " + MOST + ": " + called.size() + " could be called now");
        }
        Instant now = clock.instant();
        Instant lateUntil = now.plus(minutes(Threshold.ROLL_CALL_LATE_MINUTES));
        long id = table.insert(
                new RollCallTable.New(
                        wanted.purpose(),
                        wanted.number(),
                        now,
                        now.plus(minutes(Threshold.ROLL_CALL_ANSWER_MINUTES)),
                        lateUntil),
                caller.username());
        for (DutyRoll.OnDuty duty : called) {
            table.insert(
                    id,
                    new RollCallTable.Called(
                            duty.officerId(),
                            duty.squadNo(),
                            duty.dutyId(),
                            duty.postId(),
                            duty.end(),
                            duty.presence() == null ? null : duty.presence().label()),
                    now);
            views.record(caller, SUBJECT, Long.toString(duty.officerId()), duty.officerName(), now, lateUntil);
        }
        table.event(id, null, caller.username(), "call", null, wanted.purpose(), RollCallState.OPEN.label());
        audit.record(caller, "create", SUBJECT, Long.toString(id), null, wanted);
        return id;
    }

    /**
     * Ends one.
     *
     * @param action {@code close} or {@code cancel}
     * @param note why it is cancelled
     * @throws Refusal 404; 409 for another version, a state that does not allow it or somebody not decided on; 400; 403
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void end(String id, long key, int version, RollCallAction action, String note, Caller caller) {
        RollCall before = table.lock(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        RollCallState next = RollCallAction.FLOW.next(id, before.state(), action, caller.roles());
        int pending = before.counts().get(Outcome.PENDING);
        if (action == RollCallAction.CLOSE && pending > 0) {
            throw new Refusal(
                            409,
                            "not decided yet",
                            "of " + before.called() + " called " + pending
                                    + " have neither answered nor been decided on; then it can be closed")
                    .with("pending", pending);
        }
        if (action == RollCallAction.CANCEL && note == null) {
            throw Refusal.field("note", "must say why it is cancelled");
        }
        table.move(key, next);
        table.event(key, null, caller.username(), Flow.label(action), null, note, next.label());
        audit.record(caller, Flow.label(action), SUBJECT, id, before.state(), next);
    }

    private Duration minutes(Threshold threshold) {
        return Duration.ofMinutes(rules.seconds(threshold));
    }
}
