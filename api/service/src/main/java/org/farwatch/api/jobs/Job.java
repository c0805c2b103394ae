package org.farwatch.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Long work as the API shows it.
 *
 * @param kind such as {@code import-posts}
 * @param user who started it
 * @param done how much is done, in units of its kind
 * @param total how much there is, null while nobody knows
 * @param message what it is about at the moment, or why it failed
 * @param result what it made, null before it is done
 */
public record Job(
        String id,
        String kind,
        String user,
        JobState state,
        long done,
        @JsonInclude(JsonInclude.Include.ALWAYS) Long total,
        @JsonInclude(JsonInclude.Include.ALWAYS) String message,
        @JsonInclude(JsonInclude.Include.ALWAYS) JsonNode result,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** The same without what it is about and what it made: for those who may only stop it. */
    Job outside() {
        return new Job(id, kind, user, state, done, total, null, null, createdAt, startedAt, finishedAt);
    }
}
