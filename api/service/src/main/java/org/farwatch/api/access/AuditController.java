package org.farwatch.api.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /audit}: who changed what, newest first. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
    private static final String SELECT = """
            select l.id, l.at, l.username, l.action, l.subject, l.subject_id, l.before::text as before,
                l.after::text as after, l.address
            from audit_log l where true""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditController(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param before what it was, null for a new thing
     * @param address where the request came from, null for the service itself
     */
    record Entry(
            String id,
            Instant at,
            String user,
            String action,
            String subject,
            String subjectId,
            JsonNode before,
            JsonNode after,
            String address) {}

    @GetMapping
    @Permit(Role.SECURITY_AUDITOR)
    Page<Entry> audit(
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) String user,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor) {
        return LogQuery.of(from, to, user, limit, cursor)
                .page(jdbc, SELECT, Map.of(), (row, _) -> read(row), entry -> Cursor.of(entry.at(), entry.id()));
    }

    private Entry read(ResultSet row) throws SQLException {
        String before = row.getString("before");
        String after = row.getString("after");
        return new Entry(
                row.getString("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("username"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("subject_id"),
                before == null ? null : json.readTree(before),
                after == null ? null : json.readTree(after),
                row.getString("address"));
    }
}
