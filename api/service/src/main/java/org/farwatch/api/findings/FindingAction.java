package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What somebody does with a finding, and the table of what leads where. */
enum FindingAction {
    EXPLAIN,
    ACCEPT,
    CONFIRM,
    REQUEST_REVIEW,
    UPHOLD,
    OVERTURN,
    RECTIFY,
    RECHECK_FAILED,
    RECHECK_PASSED,
    CLOSE;

    /**
     * Who of the inspectors may, when and with what, says {@link Separation}; what closing asks for, {@link Closing}. Squad
     * and officer may each explain: the second does not come too late because the first was quick.
     */
    static final Flow<FindingState, FindingAction> FLOW = Flow.of(
            "finding",
            List.of(
                    Flow.step(FindingState.NOTICED, EXPLAIN, FindingState.EXPLAINED, Role.SQUAD_LEADER, Role.OFFICER),
                    Flow.step(FindingState.NOTICED, CONFIRM, FindingState.CONFIRMED, Role.INSPECTOR),
                    Flow.step(FindingState.EXPLAINED, EXPLAIN, FindingState.EXPLAINED, Role.SQUAD_LEADER, Role.OFFICER),
                    Flow.step(FindingState.EXPLAINED, ACCEPT, FindingState.WITHDRAWN, Role.INSPECTOR),
                    Flow.step(FindingState.EXPLAINED, CONFIRM, FindingState.CONFIRMED, Role.INSPECTOR),
                    Flow.step(FindingState.CONFIRMED, REQUEST_REVIEW, FindingState.IN_REVIEW, Role.SQUAD_LEADER),
                    Flow.step(FindingState.IN_REVIEW, UPHOLD, FindingState.UPHELD, Role.INSPECTOR),
                    Flow.step(FindingState.IN_REVIEW, OVERTURN, FindingState.OVERTURNED, Role.INSPECTOR),
                    Flow.step(FindingState.CONFIRMED, RECTIFY, FindingState.RECTIFIED, Role.SQUAD_LEADER),
                    Flow.step(FindingState.UPHELD, RECTIFY, FindingState.RECTIFIED, Role.SQUAD_LEADER),
                    Flow.step(FindingState.RECTIFIED, RECHECK_FAILED, FindingState.CONFIRMED, Role.INSPECTOR),
                    Flow.step(FindingState.RECTIFIED, RECHECK_PASSED, FindingState.RECHECKED, Role.INSPECTOR),
                    Flow.step(FindingState.RECHECKED, CLOSE, FindingState.CLOSED, Role.INSPECTOR)));

    /** Whether a finding in that state stands still until somebody does this, or something else, to it. */
    boolean owed(FindingState state) {
        return this != REQUEST_REVIEW && (this != EXPLAIN || state == FindingState.NOTICED);
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
