package org.farwatch.api.documents;

import java.time.Instant;
import java.util.List;

/**
 * A document as the API gives it.
 *
 * @param number as it stands on paper, such as 督告〔2026〕1号
 * @param title its kind's name on paper
 * @param servedTo who took delivery, null while nobody did
 * @param actions what the caller may do now
 * @param history only where one document is asked for
 */
public record Document(
        String id,
        DocumentKind kind,
        String title,
        String number,
        String findingId,
        String squadId,
        String squadName,
        String officerId,
        String officerName,
        String issuedBy,
        Instant issuedAt,
        String servedTo,
        Instant servedAt,
        String answeredBy,
        Instant answeredAt,
        int version,
        List<String> actions,
        List<Event> history) {

    /** One change: who, when. */
    public record Event(Instant at, String by, String action, String toState) {}

    Document with(List<String> allowed, List<Event> events) {
        return new Document(
                id,
                kind,
                title,
                number,
                findingId,
                squadId,
                squadName,
                officerId,
                officerName,
                issuedBy,
                issuedAt,
                servedTo,
                servedAt,
                answeredBy,
                answeredAt,
                version,
                allowed,
                events);
    }
}
