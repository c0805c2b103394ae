package org.farwatch.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

/** The machine of commands: what people may do, and what the service does. */
class CommandStateTest {
    /** Everything else is refused. */
    private static final Set<String> BY_PEOPLE =
            Set.of("queued cancel administrator cancelled", "queued cancel operator cancelled");

    private static final Set<String> BY_THE_SERVICE = Set.of(
            "queued sent",
            "queued expired",
            "queued failed",
            "sent queued",
            "sent done",
            "sent failed",
            "sent unsupported",
            "sent timed-out");

    @Test
    void nothingIsAllowedButWhatIsWrittenHere() {
        Set<String> people = new TreeSet<>();
        Set<String> service = new TreeSet<>();
        for (CommandState state : CommandState.values()) {
            state.next().forEach(next -> service.add(state.label() + " " + next.label()));
            for (CommandState.Action action : CommandState.Action.values()) {
                for (Role role : Role.values()) {
                    Refusal refused = catchThrowableOfType(
                            Refusal.class, () -> CommandState.FLOW.next("1", state, action, Set.of(role)));
                    if (refused == null) {
                        CommandState after = CommandState.FLOW.next("1", state, action, Set.of(role));
                        people.add(state.label() + " " + action.label() + " " + role.label() + " " + after.label());
                    } else if (state == CommandState.QUEUED) {
                        assertThat(refused.status()).isEqualTo(403);
                        assertThat(refused).hasMessageContaining("administrator or operator");
                    } else {
                        assertThat(refused.status()).isEqualTo(409);
                        assertThat(refused).hasMessageContaining(state.label() + ", which allows nothing");
                    }
                }
            }
        }
        assertThat(people).containsExactlyInAnyOrderElementsOf(BY_PEOPLE);
        assertThat(service).containsExactlyInAnyOrderElementsOf(BY_THE_SERVICE);
    }
}
