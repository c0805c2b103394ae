package org.farwatch.api.findings;

import java.time.Instant;
import java.util.List;

/**
 * A supervision lead as the API gives it.
 *
 * @param officerId whom it is about, null for a unit
 * @param alertId of the alert that it was made of, null when an inspector made it by hand
 * @param findingId of the finding that it became, null while it did not
 * @param actions what the caller may do now, only where one lead is asked for; {@code files} and {@code history} likewise
 */
record SupervisionLead(
        String id,
        String squadId,
        String squadName,
        String officerId,
        String officerName,
        String alertId,
        String what,
        LeadState state,
        String madeBy,
        Instant madeAt,
        String findingId,
        int version,
        List<LeadState.Action> actions,
        List<CaseFile> files,
        List<Event> history) {

    /** One change: who, when, why. */
    record Event(Instant at, String by, String action, String note, LeadState toState) {}

    SupervisionLead with(List<LeadState.Action> allowed, List<CaseFile> kept, List<Event> events) {
        return new SupervisionLead(
                id,
                squadId,
                squadName,
                officerId,
                officerName,
                alertId,
                what,
                state,
                madeBy,
                madeAt,
                findingId,
                version,
                allowed,
                kept,
                events);
    }
}
