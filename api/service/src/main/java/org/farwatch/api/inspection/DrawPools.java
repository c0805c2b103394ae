package org.farwatch.api.inspection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is in a pool, who can be sent, and what draws of the period named before; as the registers say now. */
@Repository
class DrawPools {
    /** A pool is shown, stored and printed whole. */
    static final int MOST = 20_000;

    private static final String OFFICERS = """
            select distinct o.id::text as item, o.name || ' ' || o.number as name, s.id as squad_id, s.name as squad_name
            from duty d join officer o on o.id = d.officer_id join squad s on s.id = o.squad_id
            where not d.cancelled and d.starts < :to and d.ends > :from""";

    private static final String VEHICLES = """
            select v.id as item, v.name, s.id as squad_id, s.name as squad_name
            from device v left join squad s on s.id = v.squad_id where v.kind = 'vehicle-terminal'""";

    private static final String CAMERAS = """
            select c.id::text as item, c.name, s.id as squad_id, s.name as squad_name
            from stream c left join device v on v.no = c.device_no left join squad s on s.id = c.squad_id
            where not c.retired and not c.loudspeaker and (v.no is null or v.kind in ('camera', 'ptz-dome'))""";

    /** The bureau's days; a run that ends at midnight is not of the day that begins then. */
    private static final String RECORDINGS = """
            select distinct c.id || '/' || to_char(day, 'YYYY-MM-DD') as item,
                c.name || ' ' || to_char(day, 'YYYY-MM-DD') as name, s.id as squad_id, s.name as squad_name
            from recording_run r join stream c on c.id = r.stream_id left join squad s on s.id = c.squad_id,
                generate_series(
                    date_trunc('day', greatest(r.starts, :from) at time zone 'Asia/Shanghai'),
                    date_trunc('day', (least(r.ends, :to) - interval '1 microsecond') at time zone 'Asia/Shanghai'),
                    interval '1 day') as day
            where r.starts < :to and r.ends > :from""";

    private static final String SQUADS =
            "select s.id::text as item, s.name, s.id as squad_id, s.name as squad_name from squad s";

    private final JdbcClient jdbc;

    DrawPools(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What draws of a period have named. */
    record Named(Set<String> squads, Set<String> items) {}

    /**
     * By squad and name.
     *
     * @param from of the span, null for kinds that depend on none
     * @param to null for the moment {@code from}
     * @throws Refusal 400 when there is more than {@link #MOST}
     */
    List<DrawItem> pool(DrawKind kind, Instant from, Instant to, DataScope scope) {
        String sql = switch (kind) {
            case OFFICERS_ON_DUTY -> OFFICERS;
            case VEHICLES -> VEHICLES;
            case CAMERAS -> CAMERAS;
            case RECORDINGS -> RECORDINGS;
            case SQUADS -> SQUADS;
        };
        List<DrawItem> pool = jdbc.sql("select * from (" + sql + """
                        ) p where :everything or p.squad_id = any(:squads)
                        order by squad_name nulls last, name, item limit :limit""")
                .param("from", utc(from), Types.TIMESTAMP_WITH_TIMEZONE)
                // The shortest time that the database knows.
                .param(
                        "to",
                        utc(to == null && from != null ? from.plusNanos(1_000) : to),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", MOST + 1)
                .query((row, _) -> item(row))
                .list();
        if (pool.size() > MOST) {
            throw Refusal.field("poolTo", "must be earlier: the pool would have more than " + MOST + " items");
        }
        return pool;
    }

    /** All inspectors who can log in, by user name. His own squads are the one he is an officer of and those he is limited to. */
    List<DrawInspector> inspectors() {
        return jdbc.sql("""
                        select u.username, u.display_name,
                            array(select squad_id::text from user_squad where user_id = u.id
                                union select squad_id::text from officer where id = u.officer_id order by 1) as own
                        from app_user u where not u.disabled and :role = any(u.roles) order by u.username""")
                .param("role", Role.INSPECTOR.label())
                .query((row, _) -> new DrawInspector(
                        row.getString(1),
                        row.getString(2),
                        Stream.of((String[]) row.getArray(3).getArray()).toList()))
                .list();
    }

    /**
     * What draws of the same kind and period named. One that another is in the place of counts no more.
     *
     * @param except the draw that is about to be replaced, null for none
     */
    Named named(DrawKind kind, Instant from, Instant to, Long except) {
        Set<String> squads = new HashSet<>();
        Set<String> items = new HashSet<>();
        jdbc.sql("""
                        select i.item_id, i.squad_id::text from draw d join draw_item i on i.draw_id = d.id
                        where d.kind = :kind and d.period_from = :from and d.period_to = :to and d.state = 'drawn'
                            and d.id is distinct from :except::bigint
                            and not exists (select from draw r where r.replaces = d.id and r.state = 'drawn')""")
                .param("kind", kind.label())
                .param("from", utc(from))
                .param("to", utc(to))
                .param("except", except, Types.BIGINT)
                .query(row -> {
                    items.add(row.getString(1));
                    if (row.getString(2) != null) {
                        squads.add(row.getString(2));
                    }
                });
        return new Named(squads, items);
    }

    private static DrawItem item(ResultSet row) throws SQLException {
        return new DrawItem(
                row.getString("item"), row.getString("name"), row.getString("squad_id"), row.getString("squad_name"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
