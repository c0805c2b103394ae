package org.farwatch.api.commands;

import static org.farwatch.api.flow.Flow.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** How a command to a device stands. */
enum CommandState {
    /** Waits until the device is connected and what came before is over. */
    QUEUED,
    /** With the device; its answer is waited for. */
    SENT,
    DONE,
    /** The device said no, or it is not known whether it was done. */
    FAILED,
    /** The device does not know such a command. */
    UNSUPPORTED,
    TIMED_OUT,
    /** Not sent before its time was over. */
    EXPIRED,
    CANCELLED;

    /** What a person does with a command once it is asked for. */
    enum Action {
        CANCEL;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    /** What people may do; whoever may ask for a kind may cancel it. */
    static final Flow<CommandState, Action> FLOW =
            Flow.of("command", List.of(step(QUEUED, Action.CANCEL, CANCELLED, Role.OPERATOR, Role.ADMINISTRATOR)));

    /** The states that the service itself may put a command into from this one. */
    Set<CommandState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(SENT, EXPIRED, FAILED);
            case SENT -> EnumSet.of(QUEUED, DONE, FAILED, UNSUPPORTED, TIMED_OUT);
            case DONE, FAILED, UNSUPPORTED, TIMED_OUT, EXPIRED, CANCELLED -> EnumSet.noneOf(CommandState.class);
        };
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
