package org.farwatch.api.talk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was said to loudspeakers: rows are only ever added, one before the device is called and one at its end. */
@Repository
class ShoutTable {
    private static final String FROM = """
             from shout h join stream s on s.id = h.stream_id left join shout_outcome o on o.shout_id = h.id
            where (:everything or s.squad_id = any(:squads))
                and ((:from)::timestamptz is null or h.at >= :from) and ((:to)::timestamptz is null or h.at < :to)
                and ((:stream)::bigint is null or h.stream_id = :stream)
                and ((:alert)::bigint is null or h.alert_id = :alert)
                and ((:batch)::bigint is null or h.batch = :batch)
            """;

    private final JdbcClient jdbc;

    ShoutTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What one asks for; null means any. */
    record Filter(Instant from, Instant to, Long stream, Long alert, Long batch) {}

    /**
     * One call of a loudspeaker.
     *
     * @param squadNo null when the stream is of no squad
     * @param ended null while it is under way, and for ever when the service died meanwhile
     */
    record Row(
            long id,
            long batch,
            long streamId,
            String streamName,
            Long squadNo,
            String username,
            String displayName,
            ShoutKind kind,
            String announcement,
            Integer times,
            String purpose,
            Long alertId,
            Instant at,
            LoudspeakerCall.Result ended) {}

    /**
     * @param all of them
     * @param heard those of which the device took sound
     */
    record Figures(long all, long heard) {}

    long insert(Order order, Long batch, Instant now) {
        long id = jdbc.sql("select nextval(pg_get_serial_sequence('shout', 'id'))")
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into shout (id, batch, stream_id, username, display_name, kind, announcement, times, purpose,
                            alert_id, at)
                        overriding system value
                        values (:id, :batch, :stream, :username, :name, :kind, :announcement, :times, :purpose, :alert, :at)""")
                .param("id", id)
                .param("batch", batch == null ? id : batch)
                .param("stream", order.stream().id())
                .param("username", order.caller().username())
                .param("name", order.caller().displayName())
                .param("kind", order.kind().label())
                .param("announcement", order.announcement())
                .param("times", order.times(), Types.INTEGER)
                .param("purpose", order.viewing().purpose())
                .param("alert", order.alertId(), Types.BIGINT)
                .param("at", Timestamp.from(now))
                .update();
        return id;
    }

    void end(LoudspeakerCall.Result record) {
        jdbc.sql("""
                        insert into shout_outcome (shout_id, outcome, reason, opened_at, ended_at, millis, lost)
                        values (:id, :outcome, :reason, :opened, :ended, :millis, :lost)
                        on conflict (shout_id) do nothing""")
                .param("id", record.id())
                .param("outcome", record.outcome().label())
                .param("reason", record.reason())
                .param("opened", utc(record.opened()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("ended", Timestamp.from(record.ended()))
                .param("millis", record.millis())
                .param("lost", record.lost())
                .update();
    }

    /**
     * Newest first.
     *
     * @param before id of the last one given before, null for the first part
     */
    List<Row> list(Filter filter, Long before, int limit, DataScope scope) {
        return where(
                        jdbc.sql("select h.*, s.name as stream_name, s.squad_id, o.*" + FROM
                                + " and ((:before)::bigint is null or h.id < :before) order by h.id desc limit :limit"),
                        filter,
                        scope)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Figures count(Filter filter, DataScope scope) {
        return where(jdbc.sql("select count(*), count(o.opened_at)" + FROM), filter, scope)
                .query((row, _) -> new Figures(row.getLong(1), row.getLong(2)))
                .single();
    }

    private static JdbcClient.StatementSpec where(JdbcClient.StatementSpec statement, Filter filter, DataScope scope) {
        return statement
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("from", utc(filter.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", utc(filter.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("stream", filter.stream(), Types.BIGINT)
                .param("alert", filter.alert(), Types.BIGINT)
                .param("batch", filter.batch(), Types.BIGINT);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Row read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String outcome = row.getString("outcome");
        Timestamp opened = row.getTimestamp("opened_at");
        return new Row(
                id,
                row.getLong("batch"),
                row.getLong("stream_id"),
                row.getString("stream_name"),
                row.getObject("squad_id", Long.class),
                row.getString("username"),
                row.getString("display_name"),
                ShoutKind.of(row.getString("kind")),
                row.getString("announcement"),
                row.getObject("times", Integer.class),
                row.getString("purpose"),
                row.getObject("alert_id", Long.class),
                row.getTimestamp("at").toInstant(),
                outcome == null
                        ? null
                        : new LoudspeakerCall.Result(
                                id,
                                Outcome.of(outcome),
                                row.getString("reason"),
                                opened == null ? null : opened.toInstant(),
                                row.getTimestamp("ended_at").toInstant(),
                                row.getInt("millis"),
                                row.getInt("lost")));
    }
}
