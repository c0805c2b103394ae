package org.farwatch.api.activities;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Where the match of a stage with its recordings stands. */
enum MatchState {
    /** 待关联: recordings may be proposed; nobody decided. */
    OPEN,
    /** 已关联: some were accepted. */
    MATCHED,
    /** 无录像: the squad said that there is none. */
    UNRECORDED;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
