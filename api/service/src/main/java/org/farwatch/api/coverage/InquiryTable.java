package org.farwatch.api.coverage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Inquiries about gaps in the database. Whoever sees the squad that is asked sees them. */
@Repository
class InquiryTable {
    private static final String SELECT = """
            select i.*, s.name as stream_name, q.name as squad_name
            from gap_inquiry i join stream s on s.id = i.stream_id join squad q on q.id = i.squad_id
            where (:everything or i.squad_id = any(:squads))
            """;

    private final JdbcClient jdbc;

    InquiryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is asked for; null for any. */
    record Filter(InquiryState state, Long squad, Long stream, Instant from, Instant to) {}

    /** What a new one says. */
    record Asked(long stream, long squad, Instant from, Instant to, String cause, String question, Instant until) {}

    /**
     * Newest first.
     *
     * @param before id of the last one given, null for the first part
     */
    List<GapInquiry> list(Filter filter, DataScope scope, Long before, int limit) {
        return select("""
                         and ((:state)::text is null or i.state = :state) and ((:squad)::bigint is null or i.squad_id = :squad)
                            and ((:stream)::bigint is null or i.stream_id = :stream)
                            and ((:from)::timestamptz is null or i.ends > :from)
                            and ((:to)::timestamptz is null or i.starts < :to)
                            and ((:before)::bigint is null or i.id < :before)
                        order by i.id desc limit :limit""", scope)
                .param("state", filter.state() == null ? null : filter.state().label(), Types.VARCHAR)
                .param("squad", filter.squad(), Types.BIGINT)
                .param("stream", filter.stream(), Types.BIGINT)
                .param("from", timestamp(filter.from()), Types.TIMESTAMP)
                .param("to", timestamp(filter.to()), Types.TIMESTAMP)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<GapInquiry> find(long id, DataScope scope) {
        return select(" and i.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<GapInquiry> lock(long id, DataScope scope) {
        return select(" and i.id = :id for update of i", scope)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    List<GapInquiry.Event> events(long id) {
        return jdbc.sql("select * from gap_inquiry_event where inquiry_id = :id order by id")
                .param("id", id)
                .query((row, _) -> new GapInquiry.Event(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("action"),
                        row.getString("reason"),
                        row.getString("note"),
                        row.getString("to_state")))
                .list();
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException when a part of it has been asked about */
    long insert(Asked asked, String by, Instant at) {
        return jdbc.sql("""
                        insert into gap_inquiry (stream_id, squad_id, starts, ends, cause, question, state, answer_until,
                            asked_by, asked_at)
                        values (:stream, :squad, :from, :to, :cause, :question, 'asked', :until, :by, :at) returning id""")
                .param("stream", asked.stream())
                .param("squad", asked.squad())
                .param("from", Timestamp.from(asked.from()))
                .param("to", Timestamp.from(asked.to()))
                .param("cause", asked.cause())
                .param("question", asked.question())
                .param("until", Timestamp.from(asked.until()))
                .param("by", by)
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .single();
    }

    /**
     * @param reason null leaves the one that is there; the other three likewise
     * @param until new end of the time for an answer
     */
    void move(long id, InquiryState next, String reason, String explanation, Instant until, Long lead) {
        jdbc.sql("""
                        update gap_inquiry set state = :state, reason = coalesce(:reason, reason),
                            explanation = coalesce(:explanation, explanation), version = version + 1,
                            answer_until = coalesce((:until)::timestamptz, answer_until),
                            lead_id = coalesce((:lead)::bigint, lead_id)
                        where id = :id""")
                .param("state", next.label())
                .param("reason", reason, Types.VARCHAR)
                .param("explanation", explanation, Types.VARCHAR)
                .param("until", timestamp(until), Types.TIMESTAMP)
                .param("lead", lead, Types.BIGINT)
                .param("id", id)
                .update();
    }

    void event(long id, String by, String action, String reason, String note, InquiryState to) {
        jdbc.sql("""
                        insert into gap_inquiry_event (inquiry_id, username, action, reason, note, to_state)
                        values (:id, :by, :action, :reason, :note, :to)""")
                .param("id", id)
                .param("by", by)
                .param("action", action)
                .param("reason", reason, Types.VARCHAR)
                .param("note", note, Types.VARCHAR)
                .param("to", to.label())
                .update();
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private static Timestamp timestamp(Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static GapInquiry read(ResultSet row) throws SQLException {
        return new GapInquiry(
                row.getString("id"),
                row.getString("stream_id"),
                row.getString("stream_name"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getString("cause"),
                row.getString("question"),
                Flow.read(InquiryState.class, row.getString("state")),
                row.getString("reason"),
                row.getString("explanation"),
                row.getTimestamp("answer_until").toInstant(),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                row.getString("lead_id"),
                Set.of(),
                List.of(),
                row.getInt("version"));
    }
}
