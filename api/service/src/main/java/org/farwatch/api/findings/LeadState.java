package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** Where a supervision lead stands. */
enum LeadState {
    NEW,
    /** The notice of a finding was issued from it. */
    NOTICED,
    DROPPED;

    /** What an inspector does with one. */
    enum Action {
        NOTICE,
        DROP;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    static final Flow<LeadState, Action> FLOW = Flow.of(
            "supervision lead",
            List.of(
                    Flow.step(NEW, Action.NOTICE, NOTICED, Role.INSPECTOR),
                    Flow.step(NEW, Action.DROP, DROPPED, Role.INSPECTOR)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
