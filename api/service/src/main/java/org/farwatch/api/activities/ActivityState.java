package org.farwatch.api.activities;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Whether an activity counts. */
enum ActivityState {
    ACTIVE,
    /** 作废: entered by mistake; it counts nowhere and asks for no recording. */
    RETIRED;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
