package org.farwatch.api.access;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who looked at whose positions or pictures, and why. Written before anything is given out. */
@Component
public class ViewLog {
    private final JdbcClient jdbc;

    ViewLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Logs one view by the request being handled.
     *
     * @param kind what was seen, such as {@code track} or {@code presence}
     * @param subjectId public id of the device, officer or camera
     * @param from start of the time seen, null when it has none
     * @throws Refusal 400 for a purpose that cannot be kept
     */
    public void record(Caller caller, String kind, String subjectId, String subjectName, Instant from, Instant to) {
        record(caller, Viewing.current(), kind, subjectId, subjectName, from, to);
    }

    /** As the other one, for a view whose request may be over: what comes on a live connection. */
    public void record(
            Caller caller,
            Viewing viewing,
            String kind,
            String subjectId,
            String subjectName,
            Instant from,
            Instant to) {
        jdbc.sql("""
                insert into view_log (username, purpose, kind, subject_id, subject_name, range_from, range_to, address)
                values (:username, :purpose, :kind, :subjectId, :subjectName, :from, :to, :address)""")
                .param("username", caller.username())
                .param("purpose", viewing.purpose())
                .param("kind", kind)
                .param("subjectId", subjectId)
                .param("subjectName", subjectName)
                .param("from", utc(from), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", utc(to), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("address", viewing.address())
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
