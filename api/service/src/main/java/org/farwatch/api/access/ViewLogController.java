package org.farwatch.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /view-log}: who looked at whose data and why, newest first; everybody may ask who looked at his own. */
@RestController
@RequestMapping("/api/v1/view-log")
class ViewLogController {
    private static final String SELECT = """
            select l.id, l.at, l.username, l.purpose, l.kind, l.subject_id, l.subject_name, l.range_from, l.range_to,
                l.address, u.display_name, u.roles,
                (select string_agg(q.name, '、' order by q.name) from squad q where q.id in (
                    select o.squad_id from officer o where o.id = u.officer_id
                    union select squad_id from user_squad where user_id = u.id)) as unit
            from view_log l left join app_user u on u.username = l.username
            """;

    /**
     * Views of a duty name the duty, those of a finding with its files and documents the finding, roll calls the officer,
     * pictures and recordings the stream, all others the device whose data was seen. Looks at the live board and at
     * supervision leads are for those who see the whole district.
     */
    static final String WITHIN_SCOPE = """
             where (:everything
                or l.kind = 'presence' and exists (
                    select from duty d join post p on p.id = d.post_id
                        left join officer o on o.id = d.officer_id
                        left join device v on v.no = d.device_no
                    where d.id::text = l.subject_id
                        and coalesce(o.squad_id, v.squad_id, p.squad_id) = any(:squads))
                or l.kind in ('finding', 'finding-file', 'document') and exists (
                    select from finding f where f.id::text = l.subject_id and f.squad_id = any(:squads))
                or l.kind = 'roll-call' and exists (
                    select from officer o where o.id::text = l.subject_id and o.squad_id = any(:squads))
                or l.kind in ('live-picture', 'snapshot', 'recording', 'export', 'talk', 'shout') and exists (
                    select from stream c where c.id::text = l.subject_id and c.squad_id = any(:squads))
                or l.kind not in ('presence', 'finding', 'finding-file', 'document', 'supervision-lead', 'roll-call',
                    'live-picture', 'snapshot', 'recording', 'export', 'talk', 'shout') and exists (
                    select from device v where v.id = l.subject_id and v.squad_id = any(:squads)))""";

    /**
     * What was seen of an officer: his duties, findings about him, roll calls, and what a device showed, did or reported
     * while he held it.
     */
    private static final String OF_OFFICER = """
             where l.id in (
                select w.id from duty d join view_log w on w.kind = 'presence' and w.subject_id = d.id::text
                where d.officer_id = :officer
                union all
                select w.id from custody c join duty d on d.device_no = c.device_no and d.officer_id is null
                    join view_log w on w.kind = 'presence' and w.subject_id = d.id::text
                where c.officer_id = :officer and c.held && tstzrange(d.starts, d.ends)
                union all
                select w.id from finding f
                    join view_log w on w.kind in ('finding', 'finding-file', 'document') and w.subject_id = f.id::text
                where f.officer_id = :officer
                union all
                select w.id from view_log w where w.kind = 'roll-call' and w.subject_id = (:officer)::bigint::text
                union all
                select w.id from custody c join stream s on s.device_no = c.device_no
                    join view_log w on w.kind in ('live-picture', 'snapshot', 'recording', 'export', 'talk', 'shout')
                        and w.subject_id = s.id::text
                where c.officer_id = :officer
                    and c.held && tstzrange(
                        least(coalesce(w.range_from, w.at), w.at, w.range_to), least(w.at, w.range_to), '[]')
                union all
                select w.id from custody c join device v on v.no = c.device_no
                    join view_log w on w.kind not in ('presence', 'finding', 'finding-file', 'document',
                        'supervision-lead', 'roll-call', 'live-picture', 'snapshot', 'recording', 'export', 'talk', 'shout')
                        and w.subject_id = v.id
                where c.officer_id = :officer
                    and c.held && tstzrange(
                        least(coalesce(w.range_from, w.at), w.at, w.range_to), least(w.at, w.range_to), '[]'))""";

    private final JdbcClient jdbc;

    ViewLogController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param kind what was seen, such as {@code track} or {@code presence}
     * @param from start of the time seen, null when it has none
     * @param name of the viewer as it is now, with his roles and the squads that he is of or limited to; null for none
     */
    record View(
            String id,
            Instant at,
            String user,
            String name,
            List<String> roles,
            String unit,
            String purpose,
            String kind,
            String subjectId,
            String subjectName,
            @JsonInclude(JsonInclude.Include.ALWAYS) Instant from,
            @JsonInclude(JsonInclude.Include.ALWAYS) Instant to,
            String address) {}

    @GetMapping
    @Permit({Role.SECURITY_AUDITOR, Role.LEGAL_REVIEWER})
    Page<View> views(
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) String user,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        return read(
                WITHIN_SCOPE,
                LogQuery.of(from, to, user, limit, cursor),
                Map.of("everything", scope.everything(), "squads", scope.squadArray()));
    }

    /** Without the addresses that the viewers came from. */
    @GetMapping("/mine")
    @Permit({Role.OFFICER, Role.SQUAD_LEADER})
    Page<View> mine(
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        Page<View> page =
                read(OF_OFFICER, LogQuery.of(from, to, null, limit, cursor), Map.of("officer", caller.officerId()));
        return new Page<>(
                page.items().stream().map(ViewLogController::withoutAddress).toList(), page.next());
    }

    private Page<View> read(String where, LogQuery query, Map<String, ?> scoped) {
        return query.page(jdbc, SELECT + where, scoped, (row, _) -> read(row), view -> Cursor.of(view.at(), view.id()));
    }

    private static View withoutAddress(View view) {
        return new View(
                view.id(),
                view.at(),
                view.user(),
                view.name(),
                view.roles(),
                view.unit(),
                view.purpose(),
                view.kind(),
                view.subjectId(),
                view.subjectName(),
                view.from(),
                view.to(),
                null);
    }

    private static View read(ResultSet row) throws SQLException {
        Array roles = row.getArray("roles");
        return new View(
                row.getString("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("username"),
                row.getString("display_name"),
                roles == null ? List.of() : List.of((String[]) roles.getArray()),
                row.getString("unit"),
                row.getString("purpose"),
                row.getString("kind"),
                row.getString("subject_id"),
                row.getString("subject_name"),
                instant(row, "range_from"),
                instant(row, "range_to"),
                row.getString("address"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
