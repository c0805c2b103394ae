package org.farwatch.api.findings;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.OwnScope;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Findings, what was done with them and what they were closed with. */
@Repository
class FindingTable {
    private static final String SELECT = """
            select f.*, s.name as squad_name, o.name as officer_name, i.username as issuer, d.username as decider,
                r.username as reviewer
            from finding f
                join squad s on s.id = f.squad_id
                join app_user i on i.id = f.issued_by
                left join officer o on o.id = f.officer_id
                left join app_user d on d.id = f.decided_by
                left join app_user r on r.id = f.reviewed_by
            """;
    private static final String SEEN = " (:everything or f.squad_id = any(:squads) or f.officer_id = :officer)";
    private static final String[] OTHER_SIDE = {
        FindingAction.EXPLAIN.label(), FindingAction.REQUEST_REVIEW.label(), FindingAction.RECTIFY.label()
    };

    private final JdbcClient jdbc;

    FindingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param officerId null for a unit
     * @param explainUntil first moment after the term
     */
    record New(
            long leadId,
            long squadNo,
            Long officerId,
            FindingClass grade,
            String fact,
            String rule,
            Instant issuedAt,
            int explainDays,
            Instant explainUntil) {}

    /** What one asks for; null means any. */
    record Filter(FindingState state, FindingClass grade, Long squadNo) {}

    /** What an action changes besides the state; 0 and null change nothing. */
    record Change(FindingState to, long decidedBy, Instant reviewUntil, boolean reviewRequested, long reviewedBy) {
        static Change to(FindingState state) {
            return new Change(state, 0, null, false, 0);
        }
    }

    long insert(New wanted, Caller caller) {
        return jdbc.sql("""
                        insert into finding (lead_id, squad_id, officer_id, class, fact, rule, state, issued_by,
                            issued_at, explain_days, explain_until)
                        values (:lead, :squad, :officer, :class, :fact, :rule, 'noticed', :by, :at, :days, :until)
                        returning id""")
                .param("lead", wanted.leadId())
                .param("squad", wanted.squadNo())
                .param("officer", wanted.officerId())
                .param("class", wanted.grade().label())
                .param("fact", wanted.fact())
                .param("rule", wanted.rule())
                .param("by", caller.userId())
                .param("at", Timestamp.from(wanted.issuedAt()))
                .param("days", wanted.explainDays())
                .param("until", Timestamp.from(wanted.explainUntil()))
                .query(Long.class)
                .single();
    }

    /** Locked until the transaction ends. */
    Optional<Stored> lock(long id, OwnScope own) {
        return stored(id, own, " for update");
    }

    Optional<Stored> stored(long id, OwnScope own) {
        return stored(id, own, "");
    }

    /** Those not at their end, the oldest first. */
    List<Stored> open(OwnScope own) {
        String[] ends = Arrays.stream(FindingState.values())
                .filter(FindingAction.FLOW::ends)
                .map(FindingState::label)
                .toArray(String[]::new);
        return own(jdbc.sql("select f.* from finding f where f.state <> all(:ends) and" + SEEN + " order by f.id"), own)
                .param("ends", ends)
                .query(FindingTable::stored)
                .list();
    }

    private Optional<Stored> stored(long id, OwnScope own, String lock) {
        return own(jdbc.sql("select f.* from finding f where f.id = :id and" + SEEN + lock), own)
                .param("id", id)
                .query(FindingTable::stored)
                .optional();
    }

    private static JdbcClient.StatementSpec own(JdbcClient.StatementSpec statement, OwnScope own) {
        return statement
                .param("everything", own.scope().everything())
                .param("squads", own.scope().squadArray())
                .param("officer", own.officerId());
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getLong("lead_id"),
                row.getLong("squad_id"),
                row.getLong("officer_id"),
                FindingClass.of(row.getString("class")),
                Flow.read(FindingState.class, row.getString("state")),
                row.getLong("issued_by"),
                row.getTimestamp("explain_until").toInstant(),
                row.getLong("decided_by"),
                instant(row, "review_until"),
                row.getBoolean("review_requested"),
                row.getLong("reviewed_by"),
                row.getInt("version"));
    }

    void update(long id, Change change, Instant now) {
        jdbc.sql("""
                update finding set state = :state, version = version + 1,
                    decided_at = case when :decider > 0 then :now else decided_at end,
                    decided_by = coalesce(nullif(:decider, 0), decided_by),
                    review_until = coalesce(:until::timestamptz, review_until),
                    review_requested = review_requested or :requested,
                    reviewed_by = coalesce(nullif(:reviewer, 0), reviewed_by)
                where id = :id""")
                .param("state", change.to().label())
                .param("decider", change.decidedBy())
                .param("now", Timestamp.from(now))
                .param(
                        "until",
                        change.reviewUntil() == null
                                ? null
                                : change.reviewUntil().toString())
                .param("requested", change.reviewRequested())
                .param("reviewer", change.reviewedBy())
                .param("id", id)
                .update();
    }

    void event(long id, Caller caller, String action, Act act, FindingState to) {
        jdbc.sql("""
                insert into finding_event (finding_id, user_id, username, action, reason, note, proof, files, to_state)
                values (:finding, :user, :by, :action, :reason, :note, :proof, :files, :to)""")
                .param("finding", id)
                .param("user", caller.userId())
                .param("by", caller.username())
                .param("action", action)
                .param("reason", act.reason())
                .param("note", act.note())
                .param("proof", act.proof())
                .param("files", array(act.files()))
                .param("to", to.label())
                .update();
    }

    void element(long id, ClosingElement element, Closing.Element given) {
        jdbc.sql("""
                insert into finding_element (finding_id, element, note, files)
                values (:finding, :element, nullif(:note, ''), :files)""")
                .param("finding", id)
                .param("element", element.label())
                .param("note", given.note() == null ? "" : given.note().strip())
                .param("files", array(given.files()))
                .update();
    }

    Optional<Finding> find(long id, OwnScope own) {
        return own(jdbc.sql(SELECT + " where f.id = :id and" + SEEN), own)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<Finding> list(Filter filter, OwnScope own, Long before, int limit) {
        return own(jdbc.sql(SELECT + " where" + SEEN + """
                         and (:state::text is null or f.state = :state::text)
                         and (:class::text is null or f.class = :class::text)
                         and (:squad::bigint is null or f.squad_id = :squad::bigint)
                         and (:before::bigint is null or f.id < :before::bigint)
                        order by f.id desc limit :limit"""), own)
                .param("state", filter.state() == null ? null : filter.state().label())
                .param("class", filter.grade() == null ? null : filter.grade().label())
                .param("squad", filter.squadNo())
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Whether the user spoke for the squad or the officer. */
    boolean spoke(long id, long userId) {
        return jdbc.sql("""
                        select exists (select from finding_event
                            where finding_id = :id and user_id = :user and action = any(:actions))""")
                .param("id", id)
                .param("user", userId)
                .param("actions", OTHER_SIDE)
                .query(Boolean.class)
                .single();
    }

    /** The findings in which he did. */
    Set<Long> spoken(long userId) {
        return new HashSet<>(
                jdbc.sql("select finding_id from finding_event where user_id = :user and action = any(:actions)")
                        .param("user", userId)
                        .param("actions", OTHER_SIDE)
                        .query(Long.class)
                        .list());
    }

    List<Finding.Event> events(long id) {
        return jdbc.sql("""
                        select at, username, action, reason, note, proof, files, to_state from finding_event
                        where finding_id = :id order by id""")
                .param("id", id)
                .query((row, _) -> new Finding.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        list(row.getArray(7)),
                        Flow.read(FindingState.class, row.getString(8))))
                .list();
    }

    Map<ClosingElement, Closing.Element> elements(long id) {
        Map<ClosingElement, Closing.Element> elements = new EnumMap<>(ClosingElement.class);
        jdbc.sql("select element, note, files from finding_element where finding_id = :id")
                .param("id", id)
                .query((row, _) -> elements.put(
                        ClosingElement.of(row.getString(1)),
                        new Closing.Element(row.getString(2), list(row.getArray(3)))))
                .list();
        return elements;
    }

    private static String[] array(List<String> files) {
        return files == null ? new String[0] : files.toArray(String[]::new);
    }

    private static List<String> list(Array stored) throws SQLException {
        return Arrays.asList((String[]) stored.getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static Finding read(ResultSet row) throws SQLException {
        return new Finding(
                row.getString("id"),
                row.getString("lead_id"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                FindingClass.of(row.getString("class")),
                row.getString("fact"),
                row.getString("rule"),
                Flow.read(FindingState.class, row.getString("state")),
                row.getString("issuer"),
                row.getTimestamp("issued_at").toInstant(),
                row.getInt("explain_days"),
                row.getTimestamp("explain_until").toInstant(),
                row.getString("decider"),
                instant(row, "decided_at"),
                instant(row, "review_until"),
                row.getBoolean("review_requested"),
                row.getString("reviewer"),
                null,
                row.getInt("version"),
                null,
                null,
                null,
                null,
                null);
    }
}
