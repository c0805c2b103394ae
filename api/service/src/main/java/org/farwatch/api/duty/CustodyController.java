package org.farwatch.api.duty;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/custody}: 领用, who had which device from when to when. */
@RestController
@RequestMapping("/api/v1/devices/{deviceId}/custody")
class CustodyController {
    private static final String SUBJECT = "custody";
    private static final String SELECT = """
            select c.id, c.officer_id, o.name, lower(c.held) as from_time, upper(c.held) as to_time, c.version
            from custody c join officer o on o.id = c.officer_id join device d on d.no = c.device_no
            where d.id = :device and (:everything or d.squad_id = any(:squads))""";

    private final JdbcClient jdbc;
    private final DutyChange changes;
    private final RosterBook book;
    private final PresenceWatch watch;
    private final AuditLog audit;

    CustodyController(JdbcClient jdbc, DutyChange changes, RosterBook book, PresenceWatch watch, AuditLog audit) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.book = book;
        this.watch = watch;
        this.audit = audit;
    }

    /** @param to null while the device is not given back */
    record Custody(String id, String officerId, String officerName, Instant from, Instant to, int version) {}

    record Issue(@NotBlank String officerId, @NotNull Instant from, Instant to) {}

    record Return(@NotNull Instant to) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Custody> custody(@PathVariable String deviceId, DataScope scope) {
        return Page.all(list(deviceId, scope, ""));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Custody issue(@PathVariable String deviceId, @Valid @RequestBody Issue issue, Caller caller) {
        if (issue.to() != null && !issue.from().isBefore(issue.to())) {
            throw Refusal.field("to", "must be after from (" + issue.from() + "), was " + issue.to());
        }
        Long officerId = Ids.field("officerId", issue.officerId());
        changes.requireKnown(officerId, deviceId, null, caller.scope());
        try {
            long id = jdbc.sql("""
                            insert into custody (device_no, officer_id, held)
                            select no, :officer, tstzrange(:from::timestamptz, :to::timestamptz)
                            from device where id = :device returning id""")
                    .param("officer", officerId)
                    .param("from", issue.from().toString())
                    .param("to", issue.to() == null ? null : issue.to().toString())
                    .param("device", deviceId)
                    .query(Long.class)
                    .single();
            Custody custody =
                    list(deviceId, DataScope.EVERYTHING, " and c.id = " + id).getFirst();
            audit.record(caller, "issue", SUBJECT, custody.id(), null, custody);
            afterCommit(officerId);
            return custody;
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("from", "overlaps a time in which somebody else holds this device");
        }
    }

    /** Sets when the device was given back. */
    @PatchMapping("/{id}")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Custody giveBack(
            @PathVariable String deviceId, @PathVariable String id, @Valid @RequestBody Return given, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        Custody before = list(deviceId, caller.scope(), " and c.id = " + key).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!before.from().isBefore(given.to())) {
            throw Refusal.field("to", "must be after from (" + before.from() + "), was " + given.to());
        }
        try {
            jdbc.sql("""
                    update custody set held = tstzrange(lower(held), :to::timestamptz), version = version + 1
                    where id = :id""").param("to", given.to().toString()).param("id", key).update();
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("to", "overlaps a time in which somebody else holds this device");
        }
        Custody after = list(deviceId, caller.scope(), " and c.id = " + key).getFirst();
        audit.record(caller, "return", SUBJECT, id, before, after);
        afterCommit(Ids.field("officerId", before.officerId()));
        return after;
    }

    private void afterCommit(long officerId) {
        book.rereadAfterCommit(() -> {
            book.roster().dutiesOfOfficer().getOrDefault(officerId, List.of()).forEach(duty -> watch.forget(duty.id()));
            changes.release();
        });
    }

    private List<Custody> list(String deviceId, DataScope scope, String more) {
        return jdbc.sql(SELECT + more + " order by lower(c.held) desc")
                .param("device", deviceId)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> {
                    Timestamp to = row.getTimestamp("to_time");
                    return new Custody(
                            row.getString("id"),
                            row.getString("officer_id"),
                            row.getString("name"),
                            row.getTimestamp("from_time").toInstant(),
                            to == null ? null : to.toInstant(),
                            row.getInt("version"));
                })
                .list();
    }
}
