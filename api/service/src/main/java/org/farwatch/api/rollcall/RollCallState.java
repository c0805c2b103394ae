package org.farwatch.api.rollcall;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Where a roll call stands. */
enum RollCallState {
    /** 点名中: the terms run. */
    OPEN,
    /** 待认定: they are over; what is unanswered is a person's to decide. */
    DECIDING,
    /** 已结束: everybody is decided on; nothing changes any more. */
    CLOSED,
    /** 已取消. */
    CANCELLED;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
