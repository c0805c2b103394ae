package org.farwatch.api.rollcall;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Why somebody need not have been at his post, or could not answer. */
enum ExcuseReason {
    ON_TASK,
    BREAK_PERMITTED,
    TRAVELLING,
    DEVICE_FAULT,
    ROSTER_WRONG,
    /** With words of one's own. */
    OTHER;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
