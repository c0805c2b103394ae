package org.farwatch.api.tasks;

import static org.farwatch.api.flow.Flow.step;
import static org.farwatch.api.tasks.TaskState.CLOSED;
import static org.farwatch.api.tasks.TaskState.HANDLED;
import static org.farwatch.api.tasks.TaskState.OPEN;
import static org.farwatch.api.tasks.TaskState.RETURNED;
import static org.farwatch.api.tasks.TaskState.SIGNED;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What is done with a task or device ticket. */
public enum TaskAction {
    /** 签收. */
    SIGN,
    /** 处置: says what was done. */
    HANDLE,
    /** 核查通过: seen to be done; that is the end of it and of its alert. */
    CHECK_PASSED,
    /** 核查未通过: it goes back to whoever had it in hand. */
    CHECK_FAILED,
    /** 退回. */
    RETURN,
    /** 改派: to the same squad or another. */
    REASSIGN,
    /** 结案 of what was returned. */
    CLOSE;

    /** The machine. An officer may handle only what is his; {@link TaskRights} looks after that. */
    static final Flow<TaskState, TaskAction> FLOW = Flow.of(
            "task",
            List.of(
                    step(OPEN, SIGN, SIGNED, Role.SQUAD_LEADER),
                    step(OPEN, RETURN, RETURNED, Role.SQUAD_LEADER),
                    step(SIGNED, HANDLE, HANDLED, Role.SQUAD_LEADER, Role.OFFICER),
                    step(SIGNED, RETURN, RETURNED, Role.SQUAD_LEADER),
                    step(HANDLED, CHECK_PASSED, CLOSED, Role.OPERATOR),
                    step(HANDLED, CHECK_FAILED, SIGNED, Role.OPERATOR),
                    step(RETURNED, REASSIGN, OPEN, Role.OPERATOR),
                    step(RETURNED, CLOSE, CLOSED, Role.OPERATOR)));

    @JsonValue
    public String label() {
        return Flow.label(this);
    }
}
