package org.farwatch.api.duty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who had which device: the one place that writes it, whether somebody filled in a form or read a code. Each change is
 * audited, and the roster, presence and sealed positions follow once it is committed; so it needs a transaction.
 */
@Component
class CustodyBook {
    static final String SUBJECT = "custody";

    private static final String SELECT = """
            select c.id, d.id as device_id, d.name as device_name, c.officer_id, o.name, lower(c.held) as from_time,
                upper(c.held) as to_time, c.version
            from custody c join officer o on o.id = c.officer_id join device d on d.no = c.device_no
            where (:everything or d.squad_id = any(:squads))""";

    private final JdbcClient jdbc;
    private final DutyChange changes;
    private final RosterBook book;
    private final PresenceWatch watch;
    private final AuditLog audit;

    CustodyBook(JdbcClient jdbc, DutyChange changes, RosterBook book, PresenceWatch watch, AuditLog audit) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.book = book;
        this.watch = watch;
        this.audit = audit;
    }

    /** Of a device, newest first. */
    List<Custody> of(String deviceId, DataScope scope) {
        return select(" and d.id = :device order by lower(c.held) desc", scope)
                .param("device", deviceId)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Custody> find(long id, DataScope scope) {
        return select(" and c.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Who has the device at a time. */
    Optional<Custody> holder(String deviceId, Instant at) {
        return select(" and d.id = :device and c.held @> (:at)::timestamptz", DataScope.EVERYTHING)
                .param("device", deviceId)
                .param("at", Timestamp.from(at))
                .query((row, _) -> read(row))
                .optional();
    }

    /** The first that begins later. */
    Optional<Custody> next(String deviceId, Instant after) {
        return select(
                        " and d.id = :device and lower(c.held) > :at order by lower(c.held) limit 1",
                        DataScope.EVERYTHING)
                .param("device", deviceId)
                .param("at", Timestamp.from(after))
                .query((row, _) -> read(row))
                .optional();
    }

    /** What an officer has at a time, by when it was issued. */
    List<Custody> heldBy(long officerId, Instant at) {
        return select(
                        " and c.officer_id = :officer and c.held @> (:at)::timestamptz order by lower(c.held), c.id",
                        DataScope.EVERYTHING)
                .param("officer", officerId)
                .param("at", Timestamp.from(at))
                .query((row, _) -> read(row))
                .list();
    }

    /** What was issued or given back since then, the latest first. */
    List<Custody> since(Instant from, Instant now, int limit, DataScope scope) {
        return select("""
                         and c.held && tstzrange(:from, null)
                            and (lower(c.held) >= :from or upper(c.held) between :from and :now) and lower(c.held) <= :now
                        order by greatest(lower(c.held), case when upper(c.held) <= :now then upper(c.held) end) desc, c.id desc
                        limit :limit""", scope)
                .param("from", Timestamp.from(from))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /**
     * @param to null while nobody knows
     * @throws Refusal when somebody else has it in that time, or the caller may not name one of both
     */
    Custody issue(long officerId, String deviceId, Instant from, Instant to, Caller caller) {
        changes.requireKnown(officerId, deviceId, null, caller.scope());
        try {
            long id = jdbc.sql("""
                            insert into custody (device_no, officer_id, held)
                            select no, :officer, tstzrange(:from::timestamptz, :to::timestamptz)
                            from device where id = :device returning id""")
                    .param("officer", officerId)
                    .param("from", from.toString())
                    .param("to", to == null ? null : to.toString())
                    .param("device", deviceId)
                    .query(Long.class)
                    .single();
            Custody custody = find(id, DataScope.EVERYTHING).orElseThrow();
            audit.record(caller, "issue", SUBJECT, custody.id(), null, custody);
            afterCommit(officerId);
            return custody;
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("from", "overlaps a time in which somebody else holds this device");
        }
    }

    /** Sets when it was given back. */
    Custody giveBack(Custody before, Instant to, Caller caller) {
        return end(before, to, "return", caller);
    }

    /** As if it had not been given back then. */
    Custody reopen(Custody before, Instant to, Caller caller) {
        return end(before, to, "undo-return", caller);
    }

    /** As if it had never been issued. */
    void remove(Custody before, Caller caller) {
        if (jdbc.sql("delete from custody where id = :id and version = :version")
                        .param("id", Long.valueOf(before.id()))
                        .param("version", before.version())
                        .update()
                != 1) {
            throw audit.conflict(SUBJECT, before.id(), before.version());
        }
        audit.record(caller, "undo-issue", SUBJECT, before.id(), before, null);
        afterCommit(Long.parseLong(before.officerId()));
    }

    private Custody end(Custody before, Instant to, String action, Caller caller) {
        if (to != null && !before.from().isBefore(to)) {
            throw Refusal.field("to", "must be after from (" + before.from() + "), was " + to);
        }
        try {
            if (jdbc.sql("""
                            update custody set held = tstzrange(lower(held), :to::timestamptz), version = version + 1
                            where id = :id and version = :version""")
                            .param("to", to == null ? null : to.toString())
                            .param("id", Long.valueOf(before.id()))
                            .param("version", before.version())
                            .update()
                    != 1) {
                throw audit.conflict(SUBJECT, before.id(), before.version());
            }
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("to", "overlaps a time in which somebody else holds this device");
        }
        Custody after =
                find(Ids.parse(SUBJECT, before.id()), DataScope.EVERYTHING).orElseThrow();
        audit.record(caller, action, SUBJECT, before.id(), before, after);
        afterCommit(Long.parseLong(before.officerId()));
        return after;
    }

    private void afterCommit(long officerId) {
        book.rereadAfterCommit(() -> {
            book.roster().dutiesOfOfficer().getOrDefault(officerId, List.of()).forEach(duty -> watch.forget(duty.id()));
            changes.release();
        });
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private static Custody read(ResultSet row) throws SQLException {
        Timestamp to = row.getTimestamp("to_time");
        return new Custody(
                row.getString("id"),
                row.getString("device_id"),
                row.getString("device_name"),
                row.getString("officer_id"),
                row.getString("name"),
                row.getTimestamp("from_time").toInstant(),
                to == null ? null : to.toInstant(),
                row.getInt("version"));
    }
}
