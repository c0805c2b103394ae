package org.farwatch.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

/** The machine of tasks and device tickets: every state, action and role. */
class TaskFlowTest {
    /** What may be done, one line each: state, action, role, state after. Everything else is refused. */
    private static final Set<String> ALLOWED = Set.of(
            "open sign squad-leader signed",
            "open return squad-leader returned",
            "signed handle squad-leader handled",
            "signed handle officer handled",
            "signed return squad-leader returned",
            "handled check-passed operator closed",
            "handled check-failed operator signed",
            "returned reassign operator open",
            "returned close operator closed");

    @Test
    void nothingIsAllowedButWhatIsWrittenHere() {
        Set<String> found = new TreeSet<>();
        for (TaskState state : TaskState.values()) {
            for (TaskAction action : TaskAction.values()) {
                for (Role role : Role.values()) {
                    try {
                        TaskState after = TaskAction.FLOW.next("1", state, action, Set.of(role));
                        found.add(state.label() + " " + action.label() + " " + role.label() + " " + after.label());
                    } catch (Refusal refused) {
                        assertThat(refused.status()).isIn(403, 409);
                    }
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }

    @Test
    void aRefusalNamesWhoMayOrWhatTheStateAllows() {
        List<String> silent = new ArrayList<>();
        for (TaskState state : TaskState.values()) {
            List<String> open = ALLOWED.stream()
                    .filter(line -> line.startsWith(state.label() + " "))
                    .toList();
            for (TaskAction action : TaskAction.values()) {
                for (Role role : Role.values()) {
                    Refusal refused = catchThrowableOfType(
                            Refusal.class, () -> TaskAction.FLOW.next("1", state, action, Set.of(role)));
                    if (refused == null) {
                        continue;
                    }
                    boolean inState = open.stream().anyMatch(line -> line.split(" ", -1)[1].equals(action.label()));
                    boolean names = inState
                            ? open.stream()
                                    .filter(line -> line.split(" ", -1)[1].equals(action.label()))
                                    .allMatch(line -> refused.getMessage().contains(line.split(" ", -1)[2]))
                            : open.stream()
                                    .allMatch(line -> refused.getMessage().contains(line.split(" ", -1)[1]));
                    if (!names || refused.status() != (inState ? 403 : 409)) {
                        silent.add(refused.status() + " " + refused.getMessage());
                    }
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void onlyTheClosedStateIsAnEnd() {
        for (TaskState state : TaskState.values()) {
            assertThat(TaskAction.FLOW.ends(state)).as(state.label()).isEqualTo(state == TaskState.CLOSED);
        }
    }
}
