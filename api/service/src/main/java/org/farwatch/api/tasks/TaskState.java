package org.farwatch.api.tasks;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Where a task or device ticket stands. */
public enum TaskState {
    /** 待签收: it lies with the squad. */
    OPEN,
    /** 已签收: somebody in the squad has it in hand. */
    SIGNED,
    /** 已处置: the squad says that it is done; the command centre has not looked yet. */
    HANDLED,
    /** 退回: the squad says that it is not theirs. */
    RETURNED,
    /** 结案. */
    CLOSED;

    @JsonValue
    public String label() {
        return Flow.label(this);
    }
}
