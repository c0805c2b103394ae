package org.farwatch.api.coverage;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * 缺录说明: a squad is asked about a gap. As the API gives it.
 *
 * @param from with {@code to}: {@code [from, to)}, had to be recorded throughout and was not
 * @param cause of most of it, as it was known when it was asked about: that of a gap
 * @param question null for none beyond "why"
 * @param reason what the squad gave, null until then
 * @param answerUntil end of its time for an answer
 * @param leadId the supervision lead that it was passed on to, null for none
 * @param actions what the caller may do now
 * @param events what was done, oldest first
 */
record GapInquiry(
        String id,
        String streamId,
        String streamName,
        String squadId,
        String squadName,
        Instant from,
        Instant to,
        String cause,
        String question,
        InquiryState state,
        String reason,
        String explanation,
        Instant answerUntil,
        String askedBy,
        Instant askedAt,
        String leadId,
        Set<InquiryAction> actions,
        List<Event> events,
        int version) {
    /** One step, by whom and with what words. */
    record Event(Instant at, String by, String action, String reason, String note, String toState) {}
}
