package org.farwatch.api.own;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * 更正申请: an officer says that something held about him is wrong. As the API gives it.
 *
 * @param request in his words
 * @param corrected whether what was wrong has been put right, null until it is answered
 * @param answer of his squad leader, null until then
 * @param actions what the caller may do now
 * @param events what was done, oldest first; only where one is asked for
 */
record Correction(
        String id,
        String officerId,
        String officerName,
        String squadName,
        CorrectionKind kind,
        String request,
        CorrectionState state,
        Instant askedAt,
        Boolean corrected,
        String answer,
        String answeredBy,
        Instant answeredAt,
        int version,
        Set<CorrectionState.Action> actions,
        List<Event> events) {

    /** One step. */
    record Event(Instant at, String by, String action, String note, CorrectionState toState) {}

    Correction with(Set<CorrectionState.Action> allowed, List<Event> history) {
        return new Correction(
                id,
                officerId,
                officerName,
                squadName,
                kind,
                request,
                state,
                askedAt,
                corrected,
                answer,
                answeredBy,
                answeredAt,
                version,
                allowed,
                history);
    }
}
