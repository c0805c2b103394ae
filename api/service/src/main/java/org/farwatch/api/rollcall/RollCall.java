package org.farwatch.api.rollcall;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A roll call as the API gives it.
 *
 * @param squads names of the squads called
 * @param number how many were picked at random, null when all were called
 * @param answerUntil last moment that counts as present; {@code lateUntil} that counts as late
 * @param counts how many there are of each outcome
 * @param actions what the caller may do now, only where one is asked for; {@code answers} and {@code events} likewise
 */
record RollCall(
        String id,
        String purpose,
        List<String> squads,
        Integer number,
        RollCallState state,
        String calledBy,
        Instant calledAt,
        Instant answerUntil,
        Instant lateUntil,
        int called,
        Map<Outcome, Integer> counts,
        int version,
        Set<RollCallAction> actions,
        List<Answer> answers,
        List<Event> events) {

    /**
     * One who was called.
     *
     * @param presence what positions proved at the call, null for nothing yet
     * @param basis {@code position}, {@code picture} or {@code person}; null while it is pending
     * @param metres of the answering position from the post's border, negative inside
     * @param proposed a reason that what was known at the call suggests; a person decides
     * @param streamId of the body camera that he has now, null for none
     * @param picture id of the evidence, null when no picture answered
     */
    record Answer(
            String officerId,
            String officerName,
            String squadId,
            String squadName,
            String dutyId,
            Instant dutyEnd,
            String postId,
            String postName,
            String deviceId,
            String presence,
            Outcome outcome,
            String basis,
            Instant answeredAt,
            Double metres,
            Facts facts,
            ExcuseReason proposed,
            String streamId,
            String reason,
            String note,
            String picture,
            String decidedBy,
            String leadId,
            int version,
            Set<AnswerAction> actions) {
        Answer with(Facts known) {
            return with(known, actions);
        }

        Answer with(Set<AnswerAction> allowed) {
            return with(facts, allowed);
        }

        private Answer with(Facts known, Set<AnswerAction> allowed) {
            return new Answer(
                    officerId,
                    officerName,
                    squadId,
                    squadName,
                    dutyId,
                    dutyEnd,
                    postId,
                    postName,
                    deviceId,
                    presence,
                    outcome,
                    basis,
                    answeredAt,
                    metres,
                    known,
                    proposed,
                    streamId,
                    reason,
                    note,
                    picture,
                    decidedBy,
                    leadId,
                    version,
                    allowed);
        }
    }

    /**
     * What is known of somebody who has not answered, or was when he was decided on.
     *
     * @param lastFix of his newest usable position, null for none; {@code metres} and {@code lastDevice} are its
     * @param online whether his device at the call is connected; {@code lastSeen} when it was heard of last
     */
    record Facts(Instant lastFix, Double metres, String lastDevice, boolean online, Instant lastSeen) {}

    /**
     * One step.
     *
     * @param officerId null for what concerns the whole
     */
    record Event(Instant at, String by, String officerId, String action, String reason, String note, String toState) {}

    RollCall with(Set<RollCallAction> allowed, List<Answer> officers, List<Event> history) {
        return new RollCall(
                id,
                purpose,
                squads,
                number,
                state,
                calledBy,
                calledAt,
                answerUntil,
                lateUntil,
                called,
                counts,
                version,
                allowed,
                officers,
                history);
    }
}
