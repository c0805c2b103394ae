package org.farwatch.api.checks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What there is to be looked at in a task: who was where by the roster, with which devices, and which streams show it. */
@Repository
class Bench {
    /** The most streams of one task: the nearest to what it is about come first. */
    private static final int MOST = 12;

    /** Cameras of the squad this far outside of the box around a post look at it, degrees: some 300 m. */
    private static final double NEAR = 0.003;

    private static final String DUTIES = """
            select d.id, d.officer_id, o.name as officer_name, v.id as device_id, v.name as device_name, d.post_id,
                p.name as post_name, p.geometry, d.starts, d.ends
            from duty d join post p on p.id = d.post_id
                left join officer o on o.id = d.officer_id
                left join device v on v.no = d.device_no
            where not d.cancelled and d.starts < :end and d.ends > :start
                and coalesce(o.squad_id, v.squad_id, p.squad_id) = :squad
                and (:officer::bigint is null or d.officer_id = :officer::bigint)
                and (:device::text is null or v.id = :device::text)
                and (:post::bigint is null or d.post_id = :post::bigint)
            order by d.starts, o.name, d.id""";

    private static final String HELD = """
            select c.officer_id, v.id, v.name, v.kind, greatest(lower(c.held), :start) as starts,
                least(coalesce(upper(c.held), 'infinity'), :end) as ends
            from custody c join device v on v.no = c.device_no
            where c.held && tstzrange(:start, :end) and c.officer_id = any(:officers)
            order by starts, v.id""";

    /** Named one by one, in custody, or of the squad; those of the squad that stand near a post of the duties first. */
    private static final String STREAMS = """
            with corner as (
                select (c.pair ->> 0)::float8 as x, (c.pair ->> 1)::float8 as y, p.id
                from post p cross join lateral jsonb_path_query(p.geometry,
                    'strict $.coordinates.** ? (@.type() == "array" && @[0].type() == "number")') c (pair)
                where p.id = any(:posts)
            ), box as (
                select min(x) - :near as west, max(x) + :near as east, min(y) - :near as south, max(y) + :near as north
                from corner group by id
            ), candidate as (
                select s.id, s.name, v.id as device_id, case
                    when s.id = :stream::bigint or v.id = :device::text then 'subject'
                    when v.id = any(:held::text[]) then 'custody'
                    when exists (select from box b where s.longitude between b.west and b.east
                        and s.latitude between b.south and b.north) then 'near'
                    else 'squad' end as why
                from stream s left join device v on v.no = s.device_no
                where not s.retired and not s.loudspeaker and s.squad_id = :squad
            )
            select id::text, name, device_id, why from candidate
            where case when :stream::bigint is not null or :device::text is not null then why = 'subject'
                when :officer::bigint is not null or :post::bigint is not null then why in ('custody', 'near')
                else true end
            order by array_position(array['subject', 'custody', 'near', 'squad'], why), name, id limit :most""";

    private final JdbcClient jdbc;

    Bench(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param duties in order of time */
    record Shown(List<Turn> duties, List<Seen> streams) {}

    /**
     * A duty with what its officer had in hand then.
     *
     * @param officerId null for a vehicle's
     * @param border GeoJSON of the post
     */
    record Turn(
            String id,
            String officerId,
            String officerName,
            String postId,
            String postName,
            @JsonRawValue String border,
            Instant start,
            Instant end,
            List<Held> devices) {}

    /** A device within the time of the task. */
    record Held(String id, String name, Instant start, Instant end) {}

    /** @param why it shows the task: {@code subject}, {@code custody}, {@code near} or {@code squad} */
    record Seen(String id, String name, String deviceId, String why) {}

    private record InHand(String officerId, Held device) {}

    Shown of(InspectionTask task) {
        List<Turn> duties = duties(task);
        return new Shown(duties, streams(task, duties));
    }

    List<Seen> streams(InspectionTask task) {
        return streams(task, duties(task));
    }

    private List<Turn> duties(InspectionTask task) {
        List<Turn> bare = statement(DUTIES, task)
                .param("squad", task.squadNo())
                .param("officer", number(task.officerId()), Types.BIGINT)
                .param("device", task.deviceId())
                .param("post", number(task.postId()), Types.BIGINT)
                .query((row, _) -> {
                    Instant start = row.getTimestamp("starts").toInstant();
                    Instant end = row.getTimestamp("ends").toInstant();
                    String vehicle = row.getString("device_id");
                    return new Turn(
                            row.getString("id"),
                            row.getString("officer_id"),
                            row.getString("officer_name"),
                            row.getString("post_id"),
                            row.getString("post_name"),
                            row.getString("geometry"),
                            start,
                            end,
                            vehicle == null
                                    ? List.of()
                                    : List.of(new Held(vehicle, row.getString("device_name"), start, end)));
                })
                .list();
        Map<String, List<Held>> held = held(task, bare);
        return bare.stream()
                .map(turn -> turn.officerId() == null
                        ? turn
                        : new Turn(
                                turn.id(),
                                turn.officerId(),
                                turn.officerName(),
                                turn.postId(),
                                turn.postName(),
                                turn.border(),
                                turn.start(),
                                turn.end(),
                                held.getOrDefault(turn.officerId(), List.of()).stream()
                                        .filter(device -> device.start().isBefore(turn.end())
                                                && device.end().isAfter(turn.start()))
                                        .toList()))
                .toList();
    }

    private Map<String, List<Held>> held(InspectionTask task, List<Turn> duties) {
        Long[] officers = duties.stream()
                .map(Turn::officerId)
                .filter(officer -> officer != null)
                .distinct()
                .map(Long::valueOf)
                .toArray(Long[]::new);
        return statement(HELD, task)
                .param("officers", officers)
                .query((row, _) -> new InHand(
                        row.getString("officer_id"),
                        new Held(
                                row.getString("id"),
                                row.getString("name"),
                                row.getTimestamp("starts").toInstant(),
                                row.getTimestamp("ends").toInstant())))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        InHand::officerId, Collectors.mapping(InHand::device, Collectors.toList())));
    }

    private List<Seen> streams(InspectionTask task, List<Turn> duties) {
        return jdbc.sql(STREAMS)
                .param(
                        "posts",
                        duties.stream()
                                .map(turn -> Long.valueOf(turn.postId()))
                                .distinct()
                                .toArray(Long[]::new))
                .param("near", NEAR)
                .param("stream", number(task.streamId()), Types.BIGINT)
                .param("device", task.deviceId())
                .param("officer", number(task.officerId()), Types.BIGINT)
                .param("post", number(task.postId()), Types.BIGINT)
                .param(
                        "held",
                        duties.stream()
                                .flatMap(turn -> turn.devices().stream())
                                .map(Held::id)
                                .distinct()
                                .toArray(String[]::new))
                .param("squad", task.squadNo())
                .param("most", MOST)
                .query((row, _) -> new Seen(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, InspectionTask task) {
        return jdbc.sql(sql).param("start", Timestamp.from(task.start())).param("end", Timestamp.from(task.end()));
    }

    private static Long number(String id) {
        return id == null ? null : Long.valueOf(id);
    }
}
