package org.farwatch.api.findings;

import java.time.Instant;

/**
 * A finding as the table has it; user and squad by their numbers.
 *
 * @param officerId 0 when it is about a unit
 * @param explainUntil first moment after the term
 * @param decidedBy who withdrew or confirmed it, 0 while nobody did; {@code reviewedBy} likewise
 * @param reviewUntil first moment after the term, null before it was confirmed
 */
record Stored(
        long id,
        long leadId,
        long squadNo,
        long officerId,
        FindingClass grade,
        FindingState state,
        long issuedBy,
        Instant explainUntil,
        long decidedBy,
        Instant reviewUntil,
        boolean reviewRequested,
        long reviewedBy,
        int version) {}
