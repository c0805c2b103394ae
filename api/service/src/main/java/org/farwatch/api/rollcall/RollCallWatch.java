package org.farwatch.api.rollcall;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.DataScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings what runs in step with the stored positions, every few seconds and when somebody looks. All it knows is in the
 * database, so a roll call goes on after a restart as if there had been none. One that is closed changes no more.
 */
@Component
class RollCallWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RollCallWatch.class);
    private static final long LOOK_MILLIS = 5_000;
    private static final long LATE_LOOK_MILLIS = 60_000;

    private final RollCallTable calls;
    private final AnswerTable answers;
    private final RollCallPositions positions;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RollCallWatch(
            RollCallTable calls,
            AnswerTable answers,
            RollCallPositions positions,
            TransactionTemplate transaction,
            Clock clock) {
        this.calls = calls;
        this.answers = answers;
        this.positions = positions;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    void look() {
        look(RollCallState.OPEN);
    }

    /** For positions that were sent late, until somebody closes it. */
    @Scheduled(fixedDelay = LATE_LOOK_MILLIS)
    void lookAgain() {
        look(RollCallState.DECIDING);
    }

    private void look(RollCallState state) {
        try {
            calls.unsettled(state).forEach(this::bringUpToDate);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("roll calls wait for the database: {}", e.getMessage());
        }
    }

    /** Does nothing for one that is at its end, or that does not exist. */
    void bringUpToDate(long id) {
        transaction.executeWithoutResult(_ -> calls.lock(id, DataScope.EVERYTHING)
                .filter(call -> call.state() == RollCallState.OPEN || call.state() == RollCallState.DECIDING)
                .ifPresent(call -> bringUpToDate(id, call)));
    }

    /** Those who were called, with what is known of them now where nobody has decided yet. */
    List<RollCall.Answer> shown(RollCall call) {
        List<RollCall.Answer> stored = answers.of(Long.parseLong(call.id()));
        if (stored.stream().noneMatch(answer -> answer.outcome() == Outcome.PENDING)) {
            return stored;
        }
        Map<String, RollCallReading> readings = positions.of(call, stored);
        return stored.stream()
                .map(answer -> answer.outcome() == Outcome.PENDING
                        ? answer.with(facts(answer, readings.get(answer.officerId())))
                        : answer)
                .toList();
    }

    private void bringUpToDate(long id, RollCall call) {
        List<RollCall.Answer> stored = answers.of(id);
        Map<String, RollCallReading> readings = positions.of(call, stored);
        for (RollCall.Answer answer : stored) {
            RollCallReading reading = readings.get(answer.officerId());
            if (refines(answer.outcome(), reading.outcome())) {
                answers.decide(
                        id,
                        Long.parseLong(answer.officerId()),
                        new AnswerTable.Decision(
                                reading.outcome(),
                                "position",
                                reading.answer().at(),
                                reading.answer().metres(),
                                facts(answer, reading),
                                null,
                                null,
                                null,
                                null));
                calls.event(
                        id,
                        Long.valueOf(answer.officerId()),
                        RollCallTable.SYSTEM,
                        answer.outcome() == Outcome.PENDING ? "answered" : "corrected",
                        null,
                        null,
                        reading.outcome().label());
            }
        }
        Instant now = clock.instant();
        if (call.state() == RollCallState.OPEN && now.isAfter(call.lateUntil())) {
            calls.move(id, RollCallState.DECIDING);
            calls.event(id, null, RollCallTable.SYSTEM, "terms-over", null, null, RollCallState.DECIDING.label());
        }
    }

    /** Positions answer, make a late one present and refute an absence; what a person excused stays excused. */
    private static boolean refines(Outcome held, Outcome read) {
        return switch (held) {
            case PENDING, ABSENT -> read != Outcome.PENDING;
            case LATE -> read == Outcome.PRESENT;
            case PRESENT, EXCUSED -> false;
        };
    }

    private static RollCall.Facts facts(RollCall.Answer answer, RollCallReading reading) {
        RollCallReading.Seen last = reading.last();
        return new RollCall.Facts(
                last == null ? null : last.at(),
                last == null ? null : last.metres(),
                last == null ? null : last.deviceId(),
                answer.facts().online(),
                answer.facts().lastSeen());
    }
}
