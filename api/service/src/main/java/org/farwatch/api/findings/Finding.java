package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A finding as the API gives it.
 *
 * @param officerId whom it is about, null for a unit
 * @param explainUntil first moment after the term for an explanation
 * @param decidedBy who withdrew or confirmed it; {@code reviewedBy} likewise; null while nobody did
 * @param reviewUntil first moment after the term for asking for a review, null before it was confirmed
 * @param clock the term that runs, null when none does
 * @param actions what the caller may do now, only where one finding is asked for; {@code needed}, {@code files},
 *     {@code closing} and {@code history} likewise
 * @param needed elements that closing it asks for
 */
record Finding(
        String id,
        String leadId,
        String squadId,
        String squadName,
        String officerId,
        String officerName,
        @JsonProperty("class") FindingClass grade,
        String fact,
        String rule,
        FindingState state,
        String issuedBy,
        Instant issuedAt,
        int explainDays,
        Instant explainUntil,
        String decidedBy,
        Instant decidedAt,
        Instant reviewUntil,
        boolean reviewRequested,
        String reviewedBy,
        Clock clock,
        int version,
        List<FindingAction> actions,
        List<ClosingElement> needed,
        List<CaseFile> files,
        Map<ClosingElement, Closing.Element> closing,
        List<Event> history) {

    /**
     * A term that runs or has run out.
     *
     * @param of {@code explain} or {@code review}
     * @param until first moment after it
     * @param workingDaysLeft today among them
     */
    record Clock(String of, Instant until, int workingDaysLeft, boolean over) {}

    /**
     * One change.
     *
     * @param reason code of an explanation
     * @param proof what shows that it was rectified, in words
     * @param files ids of what was put beside it
     */
    record Event(
            Instant at,
            String by,
            String action,
            String reason,
            String note,
            String proof,
            List<String> files,
            FindingState toState) {}

    Finding with(Clock running) {
        return with(running, null, null, null, null, null);
    }

    Finding with(
            Clock running,
            List<FindingAction> allowed,
            List<ClosingElement> asked,
            List<CaseFile> kept,
            Map<ClosingElement, Closing.Element> closed,
            List<Event> events) {
        return new Finding(
                id,
                leadId,
                squadId,
                squadName,
                officerId,
                officerName,
                grade,
                fact,
                rule,
                state,
                issuedBy,
                issuedAt,
                explainDays,
                explainUntil,
                decidedBy,
                decidedAt,
                reviewUntil,
                reviewRequested,
                reviewedBy,
                running,
                version,
                allowed,
                asked,
                kept,
                closed,
                events);
    }
}
