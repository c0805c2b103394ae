package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

/** The machine of inspection tasks: every state, action and role. */
class CheckFlowTest {
    /** What may be done, one line each: state, action, role, state after. Everything else is refused. */
    private static final Set<String> ALLOWED = Set.of(
            "assigned start inspector in-progress",
            "assigned start legal-reviewer in-progress",
            "assigned reassign inspector assigned",
            "assigned cancel inspector cancelled",
            "in-progress score inspector in-progress",
            "in-progress score legal-reviewer in-progress",
            "in-progress collect inspector in-progress",
            "in-progress collect legal-reviewer in-progress",
            "in-progress finish inspector done",
            "in-progress finish legal-reviewer done",
            "in-progress reassign inspector assigned",
            "in-progress cancel inspector cancelled");

    @Test
    void nothingIsAllowedButWhatIsWrittenHereAndARefusalSaysWhatIs() {
        Set<String> found = new TreeSet<>();
        List<String> silent = new ArrayList<>();
        for (CheckState state : CheckState.values()) {
            for (CheckState.Action action : CheckState.Action.values()) {
                for (Role role : Role.values()) {
                    String step = state.label() + " " + action.label();
                    try {
                        CheckState after = CheckState.FLOW.next("1", state, action, Set.of(role));
                        found.add(step + " " + role.label() + " " + after.label());
                    } catch (Refusal refused) {
                        if (!named(refused, step, state)) {
                            silent.add(refused.status() + " " + refused.getMessage());
                        }
                    }
                }
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED);
        assertThat(silent).isEmpty();
    }

    @Test
    void doneAndCancelledAreTheEnds() {
        for (CheckState state : CheckState.values()) {
            assertThat(CheckState.FLOW.ends(state))
                    .as(state.label())
                    .isEqualTo(state == CheckState.DONE || state == CheckState.CANCELLED);
        }
    }

    /** Names the roles where the state allows the action, and otherwise all that it allows. */
    private static boolean named(Refusal refused, String step, CheckState state) {
        List<String> roles = words(step + " ", 2);
        List<String> missing = new ArrayList<>(roles.isEmpty() ? words(state.label() + " ", 1) : roles);
        missing.removeIf(refused.getMessage()::contains);
        return missing.isEmpty() && refused.status() == (roles.isEmpty() ? 409 : 403);
    }

    private static List<String> words(String beginning, int at) {
        return ALLOWED.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.split(" ", -1)[at])
                .toList();
    }
}
