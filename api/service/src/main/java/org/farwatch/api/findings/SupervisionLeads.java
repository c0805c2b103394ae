package org.farwatch.api.findings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table of supervision leads. */
@Component
public class SupervisionLeads {
    static final String SUBJECT = "supervision-lead";

    private static final String SELECT = """
            select l.*, s.name as squad_name, o.name as officer_name, u.username as maker, f.id as finding_id
            from supervision_lead l
                join squad s on s.id = l.squad_id
                join app_user u on u.id = l.made_by
                left join officer o on o.id = l.officer_id
                left join finding f on f.lead_id = l.id
            """;
    private static final String SEEN = " (:everything or l.squad_id = any(:squads))";

    private final JdbcClient jdbc;
    private final CaseFiles files;
    private final AuditLog audit;

    SupervisionLeads(JdbcClient jdbc, CaseFiles files, AuditLog audit) {
        this.jdbc = jdbc;
        this.files = files;
        this.audit = audit;
    }

    /** @param officerId null for a unit; {@code alertId} null when nothing raised it */
    public record New(long squadNo, Long officerId, Long alertId, String what) {}

    /** That there is one for an alert, and how it stands; no more for those who are not inspectors. */
    record OfAlert(String id, LeadState state) {}

    /**
     * Makes a lead.
     *
     * @param note of who made it, null for none
     * @return its id
     * @throws Refusal 400 for a squad that does not exist or an officer who is not of it, 409 when the alert has one
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long create(New wanted, String note, Caller caller) {
        if (wanted.officerId() != null) {
            requireMember(wanted.officerId(), wanted.squadNo());
        }
        try {
            long id = jdbc.sql("""
                            insert into supervision_lead (squad_id, officer_id, alert_id, what, state, made_by)
                            values (:squad, :officer, :alert, :what, 'new', :by) returning id""")
                    .param("squad", wanted.squadNo())
                    .param("officer", wanted.officerId())
                    .param("alert", wanted.alertId())
                    .param("what", wanted.what())
                    .param("by", caller.userId())
                    .query(Long.class)
                    .single();
            event(id, caller, "create", note, LeadState.NEW);
            audit.record(caller, "create", SUBJECT, Long.toString(id), null, wanted);
            return id;
        } catch (DuplicateKeyException e) {
            throw new Refusal(
                    409, "only once", "there is a supervision lead of alert " + wanted.alertId() + " already");
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(Long.toString(wanted.squadNo()));
        }
    }

    /** Puts a file of evidence that is in the store with a lead; does nothing when it is there. */
    public void attach(long id, String sha256, String name, Caller caller) {
        files.link(id, sha256, name, caller);
    }

    /** Newest first; null means any. */
    List<SupervisionLead> list(LeadState state, Long squadNo, DataScope scope, Long before, int limit) {
        return jdbc.sql(SELECT + " where" + SEEN + """
                         and (:state::text is null or l.state = :state::text)
                         and (:squad::bigint is null or l.squad_id = :squad::bigint)
                         and (:before::bigint is null or l.id < :before::bigint)
                        order by l.id desc limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("state", state == null ? null : state.label())
                .param("squad", squadNo)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<SupervisionLead> find(long id, Caller caller) {
        return seen(id, caller.scope(), "")
                .map(lead -> lead.with(
                        List.copyOf(LeadState.FLOW.actions(LeadState.Action.class, lead.state(), caller.roles())),
                        files.of(id),
                        events(id)));
    }

    Optional<OfAlert> ofAlert(long alertId, DataScope scope) {
        return jdbc.sql("select l.id::text, l.state from supervision_lead l where l.alert_id = :alert and" + SEEN)
                .param("alert", alertId)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new OfAlert(row.getString(1), Flow.read(LeadState.class, row.getString(2))))
                .optional();
    }

    /** Whether there is such an alert for the caller. */
    boolean seesAlert(long alertId, DataScope scope) {
        return jdbc.sql("""
                        select exists (select from alert
                            where id = :id and (:everything or squad_id = any(:squads)))""")
                .param("id", alertId)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query(Boolean.class)
                .single();
    }

    /**
     * Locks a lead for an action.
     *
     * @throws Refusal 404, 409 or 403
     */
    SupervisionLead begin(String id, long key, int version, LeadState.Action action, Caller caller) {
        SupervisionLead before =
                seen(key, caller.scope(), " for update of l").orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        LeadState.FLOW.next(id, before.state(), action, caller.roles());
        return before;
    }

    /** Ends what {@link #begin} began. */
    void move(SupervisionLead before, LeadState.Action action, String note, Caller caller) {
        LeadState to = LeadState.FLOW.next(before.id(), before.state(), action, caller.roles());
        long key = Long.parseLong(before.id());
        jdbc.sql("update supervision_lead set state = :state, version = version + 1 where id = :id")
                .param("state", to.label())
                .param("id", key)
                .update();
        event(key, caller, action.label(), note, to);
        audit.record(caller, action.label(), SUBJECT, before.id(), before.state(), to);
    }

    private void requireMember(long officerId, long squadNo) {
        boolean member = jdbc.sql("select exists (select from officer where id = :officer and squad_id = :squad)")
                .param("officer", officerId)
                .param("squad", squadNo)
                .query(Boolean.class)
                .single();
        if (!member) {
            throw Refusal.field("officerId", "names no officer of squad " + squadNo + ": " + officerId);
        }
    }

    private Optional<SupervisionLead> seen(long id, DataScope scope, String lock) {
        return jdbc.sql(SELECT + " where l.id = :id and" + SEEN + lock)
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    private void event(long id, Caller caller, String action, String note, LeadState to) {
        jdbc.sql("""
                insert into supervision_lead_event (lead_id, username, action, note, to_state)
                values (:lead, :by, :action, :note, :to)""")
                .param("lead", id)
                .param("by", caller.username())
                .param("action", action)
                .param("note", note)
                .param("to", to.label())
                .update();
    }

    private List<SupervisionLead.Event> events(long id) {
        return jdbc.sql("""
                        select at, username, action, note, to_state from supervision_lead_event
                        where lead_id = :id order by id""")
                .param("id", id)
                .query((row, _) -> new SupervisionLead.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Flow.read(LeadState.class, row.getString(5))))
                .list();
    }

    private static SupervisionLead read(ResultSet row) throws SQLException {
        return new SupervisionLead(
                row.getString("id"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("alert_id"),
                row.getString("what"),
                Flow.read(LeadState.class, row.getString("state")),
                row.getString("maker"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("finding_id"),
                row.getInt("version"),
                null,
                null,
                null);
    }
}
