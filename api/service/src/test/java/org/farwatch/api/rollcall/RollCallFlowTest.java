package org.farwatch.api.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

/** Both machines without a database: every state, action and role. */
class RollCallFlowTest {
    /** The decision, written anew: state, action, state; all of it the inspector's. */
    private static final String CALLS = """
            open decide open
            open close closed
            open cancel cancelled
            deciding decide deciding
            deciding close closed
            deciding cancel cancelled
            closed pass-on closed
            """;

    private static final String ANSWERS = """
            pending seen present
            pending seen-late late
            pending excuse excused
            pending mark-absent absent
            late excuse excused
            excused mark-absent absent
            absent excuse excused
            absent pass-on absent
            """;

    @Test
    void everyStateActionAndRoleOfARollCallIsDecidedAsTheTableSays() {
        assertThat(walk(RollCallAction.FLOW, RollCallState.class, RollCallAction.class))
                .containsExactlyInAnyOrderElementsOf(CALLS.lines().toList());
    }

    @Test
    void everyOutcomeActionAndRoleOfAnAnswerIsDecidedAsTheTableSays() {
        assertThat(walk(AnswerAction.FLOW, Outcome.class, AnswerAction.class))
                .containsExactlyInAnyOrderElementsOf(ANSWERS.lines().toList());
    }

    @Test
    void whatIsPresentByPositionIsNobodysToChange() {
        assertThat(AnswerAction.FLOW.ends(Outcome.PRESENT)).isTrue();
        assertThat(RollCallAction.FLOW.ends(RollCallState.CANCELLED)).isTrue();
    }

    private static <S extends Enum<S>, A extends Enum<A>> Set<String> walk(
            Flow<S, A> flow, Class<S> states, Class<A> actions) {
        Set<String> allowed = new TreeSet<>();
        for (S state : states.getEnumConstants()) {
            for (A action : actions.getEnumConstants()) {
                for (Role role : Role.values()) {
                    try {
                        S to = flow.next("7", state, action, Set.of(role));
                        assertThat(role).isEqualTo(Role.INSPECTOR);
                        allowed.add(Flow.label(state) + " " + Flow.label(action) + " " + Flow.label(to));
                    } catch (Refusal refusal) {
                        assertThat(refusal.status()).isIn(403, 409);
                        assertThat(refusal)
                                .hasMessageContaining(
                                        refusal.status() == 403 ? " is for the inspector" : Flow.label(state))
                                .hasMessageContaining(Flow.label(action));
                    }
                }
            }
        }
        return allowed;
    }
}
