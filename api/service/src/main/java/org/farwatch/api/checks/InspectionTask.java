package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An inspection task as the API gives it.
 *
 * @param level {@code bureau}, or {@code squad} when the squad's own inspectors check
 * @param sample whether its list is an example that came with the service
 * @param checklistVersion whose items were frozen when it was started, null before
 * @param officerId whom it is about, null for a unit; likewise device, stream and post
 * @param start of the time that is looked at
 * @param drawId null when somebody chose it; {@code drawPlace} likewise
 * @param overdue whether it is open beyond its due time
 * @param score percent of the points of all items that applied, null while open and when none applied
 * @param leadId of the supervision lead that came of it, null for those who may not see that
 * @param mine whether the caller is one of those who check
 * @param actions what the caller may do now, only where one task is asked for; so are the three below
 */
record InspectionTask(
        String id,
        CheckKind kind,
        CheckMethod method,
        String level,
        String checklistId,
        String checklistName,
        boolean sample,
        Integer checklistVersion,
        String squadId,
        String squadName,
        String officerId,
        String officerName,
        String deviceId,
        String deviceName,
        String streamId,
        String streamName,
        String postId,
        String postName,
        Instant start,
        Instant end,
        String drawId,
        String drawName,
        Integer drawPlace,
        Instant madeAt,
        String madeBy,
        Instant dueAt,
        boolean overdue,
        CheckState state,
        CheckOutcome outcome,
        BigDecimal score,
        Instant finishedAt,
        String finishedBy,
        String leadId,
        List<Person> persons,
        boolean mine,
        int version,
        Set<CheckState.Action> actions,
        List<CheckItem> items,
        List<Kept> evidence,
        List<Event> history) {
    static final String SUBJECT = "inspection-task";
    static final String BUREAU = "bureau";
    static final String SQUAD = "squad";

    /** @param id of the user */
    record Person(String id, String name) {}

    /**
     * What was kept during the check.
     *
     * @param id SHA-256 of its content
     * @param what {@code picture} of a stream, or {@code photograph} that somebody brought
     * @param at the moment that it shows
     */
    record Kept(
            String id,
            String mediaType,
            long bytes,
            String what,
            Instant at,
            String streamId,
            String streamName,
            String note,
            String addedBy,
            Instant addedAt) {}

    /** One step: who, when, why. */
    record Event(Instant at, String by, String action, String reason, String note, String toState) {}

    long key() {
        return Long.parseLong(id);
    }

    long squadNo() {
        return Long.parseLong(squadId);
    }

    InspectionTask with(Set<CheckState.Action> allowed, List<CheckItem> scores, List<Kept> files, List<Event> events) {
        return new InspectionTask(
                id,
                kind,
                method,
                level,
                checklistId,
                checklistName,
                sample,
                checklistVersion,
                squadId,
                squadName,
                officerId,
                officerName,
                deviceId,
                deviceName,
                streamId,
                streamName,
                postId,
                postName,
                start,
                end,
                drawId,
                drawName,
                drawPlace,
                madeAt,
                madeBy,
                dueAt,
                overdue,
                state,
                outcome,
                score,
                finishedAt,
                finishedBy,
                leadId,
                persons,
                mine,
                version,
                allowed,
                scores,
                files,
                events);
    }
}
