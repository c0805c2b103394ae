package org.farwatch.api.rollcall;

import static org.farwatch.api.flow.Flow.step;
import static org.farwatch.api.rollcall.Outcome.ABSENT;
import static org.farwatch.api.rollcall.Outcome.EXCUSED;
import static org.farwatch.api.rollcall.Outcome.LATE;
import static org.farwatch.api.rollcall.Outcome.PENDING;
import static org.farwatch.api.rollcall.Outcome.PRESENT;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What a person says about one who was called. */
enum AnswerAction {
    /** 画面确认: seen at his post on his body camera's picture, within the term for an answer. */
    SEEN,
    /** The same after it, before the term for being late is over. */
    SEEN_LATE,
    /** 认定有因: not where he was expected, or late, for a reason that holds. */
    EXCUSE,
    /** 认定缺岗: once the terms are over. */
    MARK_ABSENT,
    /** 转督察: once the roll call is closed. */
    PASS_ON;

    static final Flow<Outcome, AnswerAction> FLOW = Flow.of(
            "answer to a roll call",
            List.of(
                    step(PENDING, SEEN, PRESENT, Role.INSPECTOR),
                    step(PENDING, SEEN_LATE, LATE, Role.INSPECTOR),
                    step(PENDING, EXCUSE, EXCUSED, Role.INSPECTOR),
                    step(PENDING, MARK_ABSENT, ABSENT, Role.INSPECTOR),
                    step(LATE, EXCUSE, EXCUSED, Role.INSPECTOR),
                    step(EXCUSED, MARK_ABSENT, ABSENT, Role.INSPECTOR),
                    step(ABSENT, EXCUSE, EXCUSED, Role.INSPECTOR),
                    step(ABSENT, PASS_ON, ABSENT, Role.INSPECTOR)));

    /** Which action of the whole roll call it is. */
    RollCallAction ofCall() {
        return this == PASS_ON ? RollCallAction.PASS_ON : RollCallAction.DECIDE;
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
