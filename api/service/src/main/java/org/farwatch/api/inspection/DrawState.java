package org.farwatch.api.inspection;

import static org.farwatch.api.flow.Flow.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** How far a draw is. */
enum DrawState {
    /** 已计划: nothing is fixed yet. */
    PLANNED,
    /** 已冻结: pool, exclusions and inspectors are fixed, the seed is committed to and nobody knows it. */
    FROZEN,
    /** 已抽取: the end; seed and result are open and signed. */
    DRAWN,
    /** 已取消: the end; it stays listed with its reason. */
    CANCELLED;

    static final Flow<DrawState, Action> FLOW = Flow.of(
            "draw",
            List.of(
                    step(PLANNED, Action.FREEZE, FROZEN, Role.INSPECTOR),
                    step(PLANNED, Action.CANCEL, CANCELLED, Role.INSPECTOR),
                    step(FROZEN, Action.DRAW, DRAWN, Role.INSPECTOR),
                    step(FROZEN, Action.CANCEL, CANCELLED, Role.INSPECTOR)));

    /** What somebody does with a draw. */
    enum Action {
        FREEZE,
        DRAW,
        CANCEL;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
