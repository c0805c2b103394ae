package org.farwatch.api.activities;

import static org.farwatch.api.activities.ActivityState.ACTIVE;
import static org.farwatch.api.activities.ActivityState.RETIRED;
import static org.farwatch.api.flow.Flow.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What is done with an activity. */
enum ActivityAction {
    CHANGE,
    /** 作废. */
    RETIRE;

    static final Flow<ActivityState, ActivityAction> FLOW = Flow.of(
            "activity",
            List.of(
                    step(ACTIVE, CHANGE, ACTIVE, Role.SQUAD_LEADER, Role.LEGAL_REVIEWER),
                    step(ACTIVE, RETIRE, RETIRED, Role.SQUAD_LEADER, Role.LEGAL_REVIEWER)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
