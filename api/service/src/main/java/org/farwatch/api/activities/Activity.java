package org.farwatch.api.activities;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * 执法活动, as the API gives it.
 *
 * @param source {@code manual}, {@code csv} or {@code api}
 * @param externalId by which its sender knows it, null when it was entered by hand
 * @param officers who is named first is asked first for a recording
 * @param actions what the caller may do now
 * @param events what was done, oldest first; empty in lists
 */
record Activity(
        String id,
        String squadId,
        String squadName,
        String kind,
        String title,
        String place,
        String caseNo,
        String source,
        String externalId,
        Instant from,
        Instant to,
        ActivityState state,
        List<Officer> officers,
        List<Stage> stages,
        String madeBy,
        Instant madeAt,
        Set<ActivityAction> actions,
        List<Event> events,
        int version) {
    record Officer(String id, String name, String number) {}

    /** @param stage its name, null when it is about the activity */
    record Event(Instant at, String by, String action, String stage, String note, String toState) {}

    /** The same with what belongs to it. */
    Activity with(List<Officer> named, List<Stage> parts, List<Event> done) {
        return new Activity(
                id,
                squadId,
                squadName,
                kind,
                title,
                place,
                caseNo,
                source,
                externalId,
                from,
                to,
                state,
                named,
                parts,
                madeBy,
                madeAt,
                actions,
                done,
                version);
    }

    /** The same with what the caller may do. */
    Activity allowing(Set<ActivityAction> open) {
        return new Activity(
                id,
                squadId,
                squadName,
                kind,
                title,
                place,
                caseNo,
                source,
                externalId,
                from,
                to,
                state,
                officers,
                stages,
                madeBy,
                madeAt,
                open,
                events,
                version);
    }
}
