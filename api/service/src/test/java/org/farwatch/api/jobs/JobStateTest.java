package org.farwatch.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JobStateTest {
    @Test
    void theseAreAllTheWaysThereAre() {
        Set<String> ways = new TreeSet<>();
        for (JobState from : JobState.values()) {
            assertThat(JobState.of(from.label())).isEqualTo(from);
            for (JobState to : JobState.values()) {
                if (from.mayBecome(to)) {
                    ways.add(from.label() + " > " + to.label());
                }
            }
        }

        assertThat(ways)
                .containsExactly(
                        "queued > cancelled",
                        "queued > failed",
                        "queued > running",
                        "running > cancelled",
                        "running > done",
                        "running > failed");
    }
}
