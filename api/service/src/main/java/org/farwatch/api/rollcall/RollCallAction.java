package org.farwatch.api.rollcall;

import static org.farwatch.api.flow.Flow.step;
import static org.farwatch.api.rollcall.RollCallState.CANCELLED;
import static org.farwatch.api.rollcall.RollCallState.CLOSED;
import static org.farwatch.api.rollcall.RollCallState.DECIDING;
import static org.farwatch.api.rollcall.RollCallState.OPEN;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What is done with a roll call as a whole. That the terms are over is no action: time does it. */
enum RollCallAction {
    /** 认定: something is decided about one who was called. */
    DECIDE,
    /** 转督察: an absence becomes a supervision lead, once nothing can refute it any more. */
    PASS_ON,
    /** 结束: when everybody is decided on. */
    CLOSE,
    /** 取消. */
    CANCEL;

    static final Flow<RollCallState, RollCallAction> FLOW = Flow.of(
            "roll call",
            List.of(
                    step(OPEN, DECIDE, OPEN, Role.INSPECTOR),
                    step(OPEN, CLOSE, CLOSED, Role.INSPECTOR),
                    step(OPEN, CANCEL, CANCELLED, Role.INSPECTOR),
                    step(DECIDING, DECIDE, DECIDING, Role.INSPECTOR),
                    step(DECIDING, CLOSE, CLOSED, Role.INSPECTOR),
                    step(DECIDING, CANCEL, CANCELLED, Role.INSPECTOR),
                    step(CLOSED, PASS_ON, CLOSED, Role.INSPECTOR)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
