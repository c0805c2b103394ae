package org.farwatch.api.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Set;

/** Where a job stands, and where it may go from there. */
public enum JobState {
    QUEUED("queued"),
    RUNNING("running"),
    DONE("done"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private static final Map<JobState, Set<JobState>> TRANSITIONS = Map.of(
            QUEUED, Set.of(RUNNING, CANCELLED, FAILED),
            RUNNING, Set.of(DONE, FAILED, CANCELLED),
            DONE, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    private final String label;

    JobState(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    public boolean mayBecome(JobState next) {
        return TRANSITIONS.get(this).contains(next);
    }

    public boolean over() {
        return TRANSITIONS.get(this).isEmpty();
    }

    static JobState of(String label) {
        for (JobState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no job state: " + label);
    }
}
