package org.farwatch.api.access;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which rows of a log are asked for, newest first; null means any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param user login name
 * @param before time and id of the last row given before, null for the first part
 * @param limit the most rows
 */
record LogQuery(OffsetDateTime from, OffsetDateTime to, String user, OffsetDateTime before, Long beforeId, int limit) {
    private static final String FILTER = """
             and (:from::timestamptz is null or l.at >= :from::timestamptz)
                and (:to::timestamptz is null or l.at < :to::timestamptz)
                and (:user::text is null or l.username = lower(:user::text))
                and (:before::timestamptz is null or (l.at, l.id) < (:before::timestamptz, :beforeId::bigint))
            order by l.at desc, l.id desc limit :limit""";

    /** @throws Refusal for a cursor that is not one of ours, a range that is none, or a limit below 1 */
    static LogQuery of(Instant from, Instant to, String user, Integer limit, String cursor) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.field("to", "must be after from (" + from + "), was " + to);
        }
        String[] key = cursor == null ? null : Cursor.parse(cursor, 2);
        return new LogQuery(
                utc(from),
                utc(to),
                user == null || user.isBlank() ? null : user.strip(),
                key == null ? null : utc(Cursor.instant(key[0])),
                key == null ? null : Cursor.number(key[1]),
                Page.clamp(limit));
    }

    /**
     * The log's rows that are asked for.
     *
     * @param select with a {@code where} and without an order; the log's alias is {@code l}
     * @param scoped the parameters that the select has of its own
     * @param place cursor of a row: its time and id
     */
    <T> Page<T> page(
            JdbcClient jdbc, String select, Map<String, ?> scoped, RowMapper<T> mapper, Function<T, String> place) {
        List<T> found = jdbc.sql(select + FILTER)
                .params(scoped)
                .param("from", from, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", to, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("user", user)
                .param("before", before, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("beforeId", beforeId)
                .param("limit", limit)
                .query(mapper)
                .list();
        return new Page<>(found, found.size() < limit ? null : place.apply(found.getLast()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
