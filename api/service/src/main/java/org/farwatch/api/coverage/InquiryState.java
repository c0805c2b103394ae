package org.farwatch.api.coverage;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Where the inquiry about a gap stands. */
enum InquiryState {
    /** 待说明: the squad has been asked. */
    ASKED,
    /** 已说明: it has answered. */
    EXPLAINED,
    /** 已认可: the answer holds. */
    ACCEPTED,
    /** 已转督察: an inspector has it as a supervision lead. */
    PASSED_ON,
    /** 已撤回: it need not have been asked. */
    WITHDRAWN;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
