package org.farwatch.api.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How often whose data was looked at, by purpose and by viewer. Looking is accountable, so viewers have names. */
@Repository
public class ViewFigures {
    private static final String PERIOD = " and l.at >= :from and l.at < :until ";

    private final JdbcClient jdbc;

    ViewFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record OfPurpose(String purpose, String kind, long views) {}

    /**
     * @param roles that he has now
     * @param unit names of the squads that he may see or is an officer of, empty for the district
     */
    public record OfViewer(String username, String name, List<String> roles, List<String> unit, long views) {}

    /** By purpose, then by kind of what was seen. */
    public List<OfPurpose> byPurpose(Instant from, Instant until, DataScope scope) {
        return statement("""
                        select l.purpose, l.kind, count(*) from view_log l
                        """ + ViewLogController.WITHIN_SCOPE + PERIOD + """
                        group by l.purpose, l.kind order by l.purpose, l.kind""", from, until, scope)
                .query((row, _) -> new OfPurpose(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** By user name, which is no order of merit. */
    public List<OfViewer> byViewer(Instant from, Instant until, DataScope scope) {
        return statement("""
                        with seen as (select l.username, count(*) as views from view_log l
                        """ + ViewLogController.WITHIN_SCOPE + PERIOD + """
                        group by l.username)
                        select n.username, coalesce(u.display_name, n.username) as name, n.views,
                            coalesce(u.roles, '{}') as roles,
                            array(select q.name from squad q where q.id in (
                                select squad_id from user_squad where user_id = u.id
                                union select squad_id from officer where id = u.officer_id) order by q.name) as unit
                        from seen n left join app_user u on u.username = n.username order by n.username""", from, until, scope)
                .query((row, _) -> new OfViewer(
                        row.getString("username"),
                        row.getString("name"),
                        List.of((String[]) row.getArray("roles").getArray()),
                        List.of((String[]) row.getArray("unit").getArray()),
                        row.getLong("views")))
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, Instant from, Instant until, DataScope scope) {
        return jdbc.sql(sql)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray());
    }
}
