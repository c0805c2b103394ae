package org.farwatch.api.activities;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.farwatch.api.flow.Flow;

/**
 * 环节, as the API gives it. Seconds are within the stage; one that is not to be recorded has figures all the same.
 *
 * @param from with {@code to}: {@code [from, to)}
 * @param basis the rule that asks for a recording, null when no preset has the stage
 * @param recordedSeconds by body cameras of its officers, or proven otherwise
 * @param provenSeconds by accepted recordings
 * @param noDeviceSeconds in which none of its officers held a body camera and nothing else proves it
 * @param noStreamSeconds in which one did, whose pictures do not reach the service
 * @param recordings that were accepted
 * @param proposals best first; null where they were not asked for
 * @param actions what the caller may do now
 */
public record Stage(
        String id,
        String activityId,
        String activityTitle,
        String kind,
        String squadId,
        String squadName,
        String name,
        Instant from,
        Instant to,
        boolean mustRecord,
        String basis,
        MatchState match,
        Outcome outcome,
        double seconds,
        double recordedSeconds,
        double provenSeconds,
        double noDeviceSeconds,
        double noStreamSeconds,
        List<Recording> recordings,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Proposal> proposals,
        Set<MatchAction> actions,
        int version) {
    /** How it counts. */
    public enum Outcome {
        /** It is not over: counted nowhere. */
        PENDING,
        /** 已录: accepted recordings cover it. */
        RECORDED,
        /** 待关联: recordings cover it that nobody has accepted yet. */
        UNMATCHED,
        /** 未录: neither. */
        MISSING;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    /** A recording that somebody accepted. */
    public record Recording(String streamId, String streamName, Instant from, Instant to, String by, Instant at) {}

    /**
     * A recording that may be the stage's: of a device that one of its officers held.
     *
     * @param from of what was recorded while he held it, within the stage and some minutes around it
     * @param seconds of the stage that it would prove and nothing accepted does
     * @param share of the stage, 0 to 1
     */
    public record Proposal(
            String streamId,
            String streamName,
            String deviceKind,
            String officerName,
            Instant from,
            Instant to,
            double seconds,
            double share) {}

    /** The same with what belongs to it. */
    Stage with(List<Recording> accepted, List<Proposal> proposed, Set<MatchAction> open) {
        return new Stage(
                id,
                activityId,
                activityTitle,
                kind,
                squadId,
                squadName,
                name,
                from,
                to,
                mustRecord,
                basis,
                match,
                outcome,
                seconds,
                recordedSeconds,
                provenSeconds,
                noDeviceSeconds,
                noStreamSeconds,
                accepted,
                proposed,
                open,
                version);
    }
}
