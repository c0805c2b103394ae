package org.farwatch.api.own;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** Where a request for a correction stands. Asking again is another request. */
enum CorrectionState {
    /** 待答复. */
    ASKED,
    /** 已答复. */
    ANSWERED;

    enum Action {
        /** 答复: what was put right, or why nothing is. */
        ANSWER;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    static final Flow<CorrectionState, Action> FLOW =
            Flow.of("correction request", List.of(Flow.step(ASKED, Action.ANSWER, ANSWERED, Role.SQUAD_LEADER)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
