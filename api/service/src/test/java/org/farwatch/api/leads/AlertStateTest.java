package org.farwatch.api.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertStateTest {
    /** Every pair of states, so that a new transition is a decision and not an accident. */
    @Test
    void onlyTheseTransitionsArePossible() {
        List<String> possible = new ArrayList<>();
        for (AlertState from : AlertState.values()) {
            for (AlertState to : AlertState.values()) {
                if (from.mayBecome(to)) {
                    possible.add(from.label() + " -> " + to.label());
                }
            }
        }

        assertThat(possible)
                .containsExactlyInAnyOrder(
                        "new -> confirmed", "new -> dismissed", "new -> closed", "confirmed -> closed");
    }
}
