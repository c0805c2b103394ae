package org.farwatch.api.leads;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Set;

/** Where an alert stands, and where it may go from there. */
public enum AlertState {
    NEW("new"),
    CONFIRMED("confirmed"),
    DISMISSED("dismissed"),
    CLOSED("closed");

    private static final Map<AlertState, Set<AlertState>> TRANSITIONS = Map.of(
            NEW, Set.of(CONFIRMED, DISMISSED, CLOSED),
            CONFIRMED, Set.of(CLOSED),
            DISMISSED, Set.of(),
            CLOSED, Set.of());

    private final String label;

    AlertState(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    public boolean mayBecome(AlertState next) {
        return TRANSITIONS.get(this).contains(next);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static AlertState of(String label) {
        for (AlertState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("state must be one of new, confirmed, dismissed, closed; was " + label);
    }
}
