package org.farwatch.api.duty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.duty.Roster.Custody;
import org.farwatch.api.duty.Roster.DeviceSpan;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.duty.Roster.PostEntry;
import org.farwatch.geo.place.Border;
import org.locationtech.jts.geom.Geometry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads a {@link Roster} from the database. */
@Repository
class RosterReader {
    private static final String DUTIES = """
            select d.id, coalesce(d.officer_id, 0) as officer_id, o.name as officer_name,
                coalesce(d.device_no, 0) as device_no, coalesce(o.squad_id, v.squad_id, p.squad_id, 0) as squad_no,
                s.name as squad_name, d.post_id, d.starts, d.ends
            from duty d
                join post p on p.id = d.post_id
                left join officer o on o.id = d.officer_id
                left join device v on v.no = d.device_no
                left join squad s on s.id = coalesce(o.squad_id, v.squad_id, p.squad_id)
            where not d.cancelled""";
    private static final String CUSTODY = """
            select c.device_no, c.officer_id, o.name, lower(c.held) as from_time, upper(c.held) as to_time
            from custody c join officer o on o.id = c.officer_id
            where c.held && tstzrange(:from::timestamptz, null)
            order by c.device_no, lower(c.held)""";

    private final JdbcClient jdbc;

    RosterReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything from this time on. */
    Roster read(long fromMillis) {
        Timestamp from = new Timestamp(fromMillis);
        List<Entry> duties = jdbc.sql(DUTIES + " and d.ends > :from")
                .param("from", from)
                .query((row, _) -> entry(row))
                .list();
        List<Custody> custody = jdbc.sql(CUSTODY)
                .param("from", from)
                .query((row, _) -> custody(row))
                .list();
        Map<Long, PostEntry> posts = new HashMap<>();
        jdbc.sql("select id, name, coalesce(squad_id, 0) as squad_no, geometry::text as geometry from post")
                .query((row, _) -> post(row))
                .list()
                .forEach(post -> posts.put(post.id(), post));
        return assemble(fromMillis, duties, custody, posts);
    }

    /** One duty whatever its age, with what belongs to it; empty when there is none. */
    Roster readOne(long dutyId) {
        List<Entry> duties = jdbc.sql(DUTIES + " and d.id = :id")
                .param("id", dutyId)
                .query((row, _) -> entry(row))
                .list();
        if (duties.isEmpty()) {
            return Roster.EMPTY;
        }
        Entry duty = duties.getFirst();
        List<Custody> custody = jdbc.sql(CUSTODY.replace("where", "where c.officer_id = :officer and"))
                .param("officer", duty.officerId())
                .param("from", new Timestamp(duty.start()))
                .query((row, _) -> custody(row))
                .list();
        Map<Long, PostEntry> posts = new HashMap<>();
        jdbc.sql(
                        "select id, name, coalesce(squad_id, 0) as squad_no, geometry::text as geometry from post where id = :id")
                .param("id", duty.postId())
                .query((row, _) -> post(row))
                .list()
                .forEach(post -> posts.put(post.id(), post));
        return assemble(0, duties, custody, posts);
    }

    /** Who held the device at a time that lies before the roster in memory, and whether he was on duty then. */
    long offDutyHolder(int deviceNo, long fixTime, long marginMillis) {
        return jdbc.sql("""
                        select c.officer_id from custody c
                        where c.device_no = :device and c.held @> :at::timestamptz and not exists (
                            select from duty d where d.officer_id = c.officer_id and not d.cancelled
                                and d.starts <= :at::timestamptz + :margin * interval '1 ms'
                                and d.ends >= :at::timestamptz - :margin * interval '1 ms')""")
                .param("device", deviceNo)
                .param("at", new Timestamp(fixTime))
                .param("margin", marginMillis)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private static Roster assemble(long from, List<Entry> duties, List<Custody> custody, Map<Long, PostEntry> posts) {
        Map<Long, Entry> byId = new HashMap<>();
        Map<Long, List<Entry>> byOfficer = new HashMap<>();
        Map<Integer, List<Custody>> byDevice = new HashMap<>();
        Map<Long, List<Custody>> byHolder = new HashMap<>();
        for (Custody span : custody) {
            byDevice.computeIfAbsent(span.deviceNo(), _ -> new ArrayList<>()).add(span);
            byHolder.computeIfAbsent(span.officerId(), _ -> new ArrayList<>()).add(span);
        }
        Map<Long, List<DeviceSpan>> devicesOfDuty = new HashMap<>();
        Map<Integer, List<DeviceSpan>> dutiesOfDevice = new HashMap<>();
        for (Entry duty : duties) {
            byId.put(duty.id(), duty);
            List<DeviceSpan> spans = new ArrayList<>();
            if (duty.deviceNo() != 0) {
                spans.add(new DeviceSpan(duty, duty.deviceNo(), 0, Long.MAX_VALUE));
            }
            if (duty.officerId() != 0) {
                byOfficer
                        .computeIfAbsent(duty.officerId(), _ -> new ArrayList<>())
                        .add(duty);
                for (Custody span : byHolder.getOrDefault(duty.officerId(), List.of())) {
                    if (span.from() < duty.end() && span.to() > duty.start() && span.deviceNo() != duty.deviceNo()) {
                        spans.add(new DeviceSpan(duty, span.deviceNo(), span.from(), span.to()));
                    }
                }
            }
            devicesOfDuty.put(duty.id(), spans);
            spans.forEach(span -> dutiesOfDevice
                    .computeIfAbsent(span.deviceNo(), _ -> new ArrayList<>())
                    .add(span));
        }
        return new Roster(from, byId, posts, byDevice, byOfficer, devicesOfDuty, dutiesOfDevice);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getLong("officer_id"),
                row.getString("officer_name"),
                row.getInt("device_no"),
                row.getLong("squad_no"),
                row.getString("squad_name"),
                row.getLong("post_id"),
                row.getTimestamp("starts").getTime(),
                row.getTimestamp("ends").getTime());
    }

    private static Custody custody(ResultSet row) throws SQLException {
        Timestamp to = row.getTimestamp("to_time");
        return new Custody(
                row.getInt("device_no"),
                row.getLong("officer_id"),
                row.getString("name"),
                row.getTimestamp("from_time").getTime(),
                to == null ? Long.MAX_VALUE : to.getTime());
    }

    private static PostEntry post(ResultSet row) throws SQLException {
        Geometry area = PostGeometry.parse(row.getString("geometry"));
        return new PostEntry(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("squad_no"),
                Border.of(area),
                area.getInteriorPoint().getX(),
                area.getInteriorPoint().getY());
    }
}
