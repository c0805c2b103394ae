package org.farwatch.api.activities;

import static org.farwatch.api.activities.MatchState.MATCHED;
import static org.farwatch.api.activities.MatchState.OPEN;
import static org.farwatch.api.activities.MatchState.UNRECORDED;
import static org.farwatch.api.flow.Flow.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What is done to match a stage with its recordings. Those who check them later do not match them. */
enum MatchAction {
    /** 确认关联: a proposed recording is the stage's. */
    ACCEPT,
    /** 无录像. */
    NO_RECORDING,
    /** 撤销: nobody decided. */
    UNDO;

    static final Flow<MatchState, MatchAction> FLOW = Flow.of(
            "stage",
            List.of(
                    step(OPEN, ACCEPT, MATCHED, Role.SQUAD_LEADER),
                    step(OPEN, NO_RECORDING, UNRECORDED, Role.SQUAD_LEADER),
                    step(MATCHED, ACCEPT, MATCHED, Role.SQUAD_LEADER),
                    step(MATCHED, UNDO, OPEN, Role.SQUAD_LEADER),
                    step(UNRECORDED, UNDO, OPEN, Role.SQUAD_LEADER)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
