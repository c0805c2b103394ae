package org.farwatch.api.reports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports in the database. Whoever sees all squads of one sees it; that of the district is for those who see all. */
@Repository
class ReportTable {
    private static final String SELECT = """
            select r.*, array(select name from squad where id = any(r.squads) order by id) as names
            from record_report r where (:everything or r.squads <@ :squads)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReportTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param squads null for the whole district */
    record Subject(Instant from, Instant to, List<Long> squads) {
        DataScope scope() {
            return squads == null ? DataScope.EVERYTHING : DataScope.of(Set.copyOf(squads));
        }
    }

    /** @return its id */
    long insert(Subject subject, String by, Instant at, ReportFigures figures, String pdf) {
        return jdbc.sql("""
                        insert into record_report (period_from, period_to, squads, made_by, made_at, figures, pdf)
                        values (:from, :to, :squads, :by, :at, :figures::jsonb, :pdf) returning id""")
                .param("from", Timestamp.from(subject.from()))
                .param("to", Timestamp.from(subject.to()))
                .param(
                        "squads",
                        subject.squads() == null ? null : subject.squads().toArray(Long[]::new),
                        Types.ARRAY)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("figures", json.writeValueAsString(figures))
                .param("pdf", pdf)
                .query(Long.class)
                .single();
    }

    /**
     * Newest first, without their figures.
     *
     * @param before id of the last one given, null for the first part
     */
    List<RecordReport> list(DataScope scope, Long before, int limit) {
        return select(" and ((:before)::bigint is null or r.id < :before) order by r.id desc limit :limit", scope)
                .param("before", before, Types.BIGINT)
                .param("limit", limit)
                .query((row, _) -> read(row, false))
                .list();
    }

    Optional<RecordReport> find(long id, DataScope scope) {
        return select(" and r.id = :id", scope)
                .param("id", id)
                .query((row, _) -> read(row, true))
                .optional();
    }

    /**
     * A check of all files of a period, as a report holds it.
     *
     * @param faults streams of which something is not as it was recorded
     */
    record Check(String reportId, Instant at, Instant from, Instant to, long segments, long intact, int faults) {}

    /** The newest one. */
    Optional<Check> lastCheck(DataScope scope) {
        return select(" and r.figures #>> '{verification,intact}' is not null order by r.id desc limit 1", scope)
                .query((row, _) -> {
                    JsonNode found = json.readTree(row.getString("figures")).path("verification");
                    return new Check(
                            row.getString("id"),
                            Instant.parse(found.path("at").asString()),
                            row.getTimestamp("period_from").toInstant(),
                            row.getTimestamp("period_to").toInstant(),
                            found.path("segments").asLong(),
                            found.path("intact").asLong(),
                            found.path("faults").size());
                })
                .optional();
    }

    /** The PDF, as evidence. */
    Optional<String> pdf(long id, DataScope scope) {
        return select(" and r.id = :id", scope)
                .param("id", id)
                .query((row, _) -> row.getString("pdf"))
                .optional();
    }

    /** Names of these squads that there are, by id. */
    List<String> names(List<Long> squads) {
        return jdbc.sql("select name from squad where id = any(:squads) order by id")
                .param("squads", squads.toArray(Long[]::new))
                .query(String.class)
                .list();
    }

    private JdbcClient.StatementSpec select(String more, DataScope scope) {
        return jdbc.sql(SELECT + more).param("everything", scope.everything()).param("squads", scope.squadArray());
    }

    private RecordReport read(ResultSet row, boolean whole) throws SQLException {
        JsonNode figures = json.readTree(row.getString("figures"));
        JsonNode ratio = figures.path("total").path("ratio");
        return new RecordReport(
                row.getString("id"),
                row.getTimestamp("period_from").toInstant(),
                row.getTimestamp("period_to").toInstant(),
                row.getArray("squads") == null
                        ? null
                        : Stream.of((Long[]) row.getArray("squads").getArray())
                                .map(String::valueOf)
                                .toList(),
                List.of((String[]) row.getArray("names").getArray()),
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                ratio.isNumber() ? ratio.asDouble() : null,
                whole ? figures : null);
    }
}
