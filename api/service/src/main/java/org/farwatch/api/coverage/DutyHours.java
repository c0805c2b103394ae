package org.farwatch.api.coverage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farwatch.api.access.DataScope;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rule that duty hours of officers who hold a body camera have to be recorded, by squad; off unless somebody switched
 * it on. A row is never changed but ended: what counted in the past counts as it did. What it asks for is not stored: the
 * SQL function {@code duty_camera} says it.
 */
@Repository
class DutyHours {
    private static final String SELECT = """
            select q.id as squad_id, q.name as squad_name, r.id, r.valid_from, r.valid_to, r.reason, r.made_by,
                r.ended_by, r.ended_why, r.version
            """;

    private final JdbcClient jdbc;

    DutyHours(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param to null while it holds */
    record Rule(
            String id,
            Instant from,
            Instant to,
            String reason,
            String madeBy,
            String endedBy,
            String endedWhy,
            int version) {}

    /** @param rule that holds, null while it is off */
    record OfSquad(String squadId, String squadName, Rule rule) {}

    /** One for each squad in scope, by name. */
    List<OfSquad> list(DataScope scope) {
        return jdbc.sql(SELECT + """
                        from squad q left join duty_recording_rule r on r.squad_id = q.id and r.valid_to is null
                        where (:everything or q.id = any(:squads)) order by q.name, q.id""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new OfSquad(
                        row.getString("squad_id"),
                        row.getString("squad_name"),
                        row.getString("id") == null ? null : read(row)))
                .list();
    }

    Optional<Rule> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + """
                        from duty_recording_rule r join squad q on q.id = r.squad_id
                        where r.id = :id and (:everything or q.id = any(:squads))""")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    /** @return its id, empty when the rule is on already */
    OptionalLong begin(long squad, Instant from, String reason, String by) {
        try {
            return OptionalLong.of(jdbc.sql("""
                            insert into duty_recording_rule (squad_id, valid_from, reason, made_by)
                            values (:squad, :from, :reason, :by) returning id""")
                    .param("squad", squad)
                    .param("from", Timestamp.from(from))
                    .param("reason", reason)
                    .param("by", by)
                    .query(Long.class)
                    .single());
        } catch (DataIntegrityViolationException _) {
            return OptionalLong.empty();
        }
    }

    /** @return false when the version is not the present one or it has ended */
    boolean end(long id, int version, Instant at, String why, String by) {
        return jdbc.sql("""
                        update duty_recording_rule set valid_to = greatest(valid_from, :at), ended_why = :why,
                            ended_by = :by, version = version + 1
                        where id = :id and version = :version and valid_to is null""")
                        .param("at", Timestamp.from(at))
                        .param("why", why)
                        .param("by", by)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static Rule read(ResultSet row) throws SQLException {
        Timestamp to = row.getTimestamp("valid_to");
        return new Rule(
                row.getString("id"),
                row.getTimestamp("valid_from").toInstant(),
                to == null ? null : to.toInstant(),
                row.getString("reason"),
                row.getString("made_by"),
                row.getString("ended_by"),
                row.getString("ended_why"),
                row.getInt("version"));
    }
}
