package org.farwatch.api.quotas;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.checks.CheckKind;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rule table, and the counting of what was done. */
@Repository
class QuotaTable {
    private static final String SEEN = " and (:everything or squad_id = any(:squads)) group by squad_id";

    private final JdbcClient jdbc;

    QuotaTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a quota says; the rest of its row is about the row. */
    record Terms(
            String name,
            Counted counted,
            CheckKind kind,
            boolean perSquad,
            int target,
            Period period,
            String source,
            boolean active) {}

    List<Quota> all() {
        return jdbc.sql("select * from quota order by id")
                .query(QuotaTable::quota)
                .list();
    }

    Optional<Quota> lock(long id) {
        return jdbc.sql("select * from quota where id = :id for update")
                .param("id", id)
                .query(QuotaTable::quota)
                .optional();
    }

    Quota insert(Terms terms, Caller caller) {
        return terms(jdbc.sql("""
                                insert into quota (name, counted, kind, per, target, period, source, active,
                                    changed_by, changed_at)
                                values (:name, :counted, :kind, :per, :target, :period, :source, :active, :by,
                                    clock_timestamp())
                                returning *"""), terms, caller).query(QuotaTable::quota).single();
    }

    Quota update(long id, Terms terms, Caller caller) {
        return terms(jdbc.sql("""
                                update quota set name = :name, counted = :counted, kind = :kind, per = :per,
                                    target = :target, period = :period, source = :source, active = :active,
                                    changed_by = :by, changed_at = clock_timestamp(), version = version + 1
                                where id = :id returning *""").param("id", id), terms, caller)
                .query(QuotaTable::quota)
                .single();
    }

    private static JdbcClient.StatementSpec terms(JdbcClient.StatementSpec statement, Terms terms, Caller caller) {
        return statement
                .param("name", terms.name())
                .param("counted", terms.counted().label())
                .param("kind", label(terms.kind()))
                .param("per", terms.perSquad() ? "squad" : "bureau")
                .param("target", terms.target())
                .param("period", terms.period().label())
                .param("source", terms.source())
                .param("active", terms.active())
                .param("by", caller.username());
    }

    List<Progress.Squad> squads(DataScope scope) {
        return jdbc.sql("select id, name from squad where :everything or id = any(:squads) order by id")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Progress.Squad(row.getLong("id"), row.getString("name")))
                .list();
    }

    /** What counts for a quota within a span, by squad. */
    Map<Long, Integer> count(Quota quota, Period.Span span, DataScope scope) {
        return switch (quota.counted()) {
            case INSPECTIONS ->
                inspections(quota.perSquad() ? " and level = 'squad'" : " and level = 'bureau'", quota, span, scope);
            case SQUADS_INSPECTED -> inspections(" and level = 'bureau'", quota, span, scope);
            case SQUADS_DRAWN -> inspections(" and draw_id is not null", quota, span, scope);
            case PROBLEMS_RECTIFIED -> rectified(span, scope);
            case ELSEWHERE -> Map.of();
        };
    }

    private Map<Long, Integer> inspections(String which, Quota quota, Period.Span span, DataScope scope) {
        return bySquad(jdbc.sql("""
                        select squad_id, count(*) as n from inspection_task
                        where state = 'done' and finished_at >= :from and finished_at < :to
                            and (:kind::text is null or kind = :kind)""" + which + SEEN).param("kind", label(quota.kind())), span, scope);
    }

    /** Each problem once: by its last step of the kind within the span, and only while it stands. */
    private Map<Long, Integer> rectified(Period.Span span, DataScope scope) {
        return bySquad(jdbc.sql("""
                        select squad_id, count(*) as n from (
                            select squad_id from task
                            where lane = 'task' and state = 'closed' and since >= :from and since < :to
                            union all
                            select f.squad_id from finding f
                            where f.state in ('rechecked', 'closed') and exists (
                                select from finding_event e where e.finding_id = f.id and e.action = 'recheck-passed'
                                    and e.at >= :from and e.at < :to)) done
                        where true""" + SEEN), span, scope);
    }

    private static Map<Long, Integer> bySquad(JdbcClient.StatementSpec statement, Period.Span span, DataScope scope) {
        return statement
                .param("from", Timestamp.from(span.from()))
                .param("to", Timestamp.from(span.to()))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> Map.entry(row.getLong("squad_id"), row.getInt("n")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String label(CheckKind kind) {
        return kind == null ? null : kind.label();
    }

    private static Quota quota(ResultSet row, int number) throws SQLException {
        Timestamp changed = row.getTimestamp("changed_at");
        return new Quota(
                row.getLong("id"),
                row.getString("name"),
                Counted.of(row.getString("counted")),
                row.getString("kind") == null ? null : CheckKind.of(row.getString("kind")),
                row.getString("per").equals("squad"),
                row.getInt("target"),
                Flow.read(Period.class, row.getString("period")),
                row.getString("source"),
                row.getBoolean("active"),
                row.getString("changed_by"),
                changed == null ? null : changed.toInstant(),
                row.getInt("version"));
    }
}
