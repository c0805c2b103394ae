package org.farwatch.api.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Refusal;

/**
 * Which rows of a log are asked for, newest first; null means any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param user login name
 * @param before time and id of the last row given before, null for the first part
 */
record LogQuery(OffsetDateTime from, OffsetDateTime to, String user, OffsetDateTime before, Long beforeId) {
    static final String FILTER = """
             and (:from::timestamptz is null or l.at >= :from::timestamptz)
                and (:to::timestamptz is null or l.at < :to::timestamptz)
                and (:user::text is null or l.username = lower(:user::text))
                and (:before::timestamptz is null or (l.at, l.id) < (:before::timestamptz, :beforeId::bigint))
            order by l.at desc, l.id desc limit :limit""";

    /** @throws Refusal for a cursor that is not one of ours, or a range that is none */
    static LogQuery of(Instant from, Instant to, String user, String cursor) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.field("to", "must be after from (" + from + "), was " + to);
        }
        String[] key = cursor == null ? null : Cursor.parse(cursor, 2);
        return new LogQuery(
                utc(from),
                utc(to),
                user == null || user.isBlank() ? null : user.strip(),
                key == null ? null : utc(Cursor.instant(key[0])),
                key == null ? null : Cursor.number(key[1]));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
