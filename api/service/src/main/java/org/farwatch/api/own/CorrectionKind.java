package org.farwatch.api.own;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** What is said to be wrong. */
enum CorrectionKind {
    ROSTER,
    PRESENCE,
    CUSTODY,
    FINDING,
    OTHER;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
