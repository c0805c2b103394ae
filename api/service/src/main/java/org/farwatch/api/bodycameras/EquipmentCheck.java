package org.farwatch.api.bodycameras;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 班前装备检查: the officers of the present and the next shift, and whether what they have is fit for it. */
@Component
class EquipmentCheck {
    /** The most officers in one answer. */
    private static final int MOST = 2_000;

    private static final String DUTIES = """
            select * from (
                select distinct on (u.officer_id) u.id, u.officer_id, o.name as officer_name, o.number as officer_number,
                    o.squad_id, q.name as squad_name, p.name as post_name, u.starts, u.ends
                from duty u join officer o on o.id = u.officer_id join squad q on q.id = o.squad_id
                    join post p on p.id = u.post_id
                where not u.cancelled and u.ends > :now and u.starts < :until
                    and (:everything or o.squad_id = any(:squads))
                order by u.officer_id, u.starts) next
            order by starts, officer_name, officer_id limit :most""";

    private final JdbcClient jdbc;
    private final CameraStateTable cameras;
    private final BodyCameraSettings settings;
    private final Fitness fitness;

    EquipmentCheck(JdbcClient jdbc, CameraStateTable cameras, BodyCameraSettings settings, Fitness fitness) {
        this.jdbc = jdbc;
        this.cameras = cameras;
        this.settings = settings;
        this.fitness = fitness;
    }

    /**
     * @param issued a warning while he has no body camera
     * @param cameras that he has now, by when they were issued
     * @param mark the worst of all of it: what is not known is less bad than what is wrong
     */
    record Checked(
            String dutyId,
            String officerId,
            String officerName,
            String officerNumber,
            String squadId,
            String squadName,
            String postName,
            Instant start,
            Instant end,
            Mark issued,
            List<CameraState> cameras,
            Mark mark) {}

    private record Due(
            String dutyId,
            String officerId,
            String officerName,
            String officerNumber,
            String squadId,
            String squadName,
            String postName,
            Instant start,
            Instant end) {}

    /** By the beginning of the duty; of each officer his present duty, or the next. */
    List<Checked> of(DataScope scope) {
        Instant now = fitness.now();
        List<Due> due = jdbc.sql(DUTIES)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(settings.ahead())))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("most", MOST)
                .query((row, _) -> new Due(
                        row.getString("id"),
                        row.getString("officer_id"),
                        row.getString("officer_name"),
                        row.getString("officer_number"),
                        row.getString("squad_id"),
                        row.getString("squad_name"),
                        row.getString("post_name"),
                        row.getTimestamp("starts").toInstant(),
                        row.getTimestamp("ends").toInstant()))
                .list();
        List<Long> officers =
                due.stream().map(one -> Long.valueOf(one.officerId())).toList();
        Map<String, List<CameraState>> held = cameras.heldBy(officers).stream()
                .collect(Collectors.groupingBy(camera -> camera.holder().officerId()));
        return due.stream()
                .map(one -> checked(one, held.getOrDefault(one.officerId(), List.of())))
                .toList();
    }

    private static Checked checked(Due due, List<CameraState> cameras) {
        Mark issued = cameras.isEmpty() ? Mark.WARNING : Mark.GOOD;
        return new Checked(
                due.dutyId(),
                due.officerId(),
                due.officerName(),
                due.officerNumber(),
                due.squadId(),
                due.squadName(),
                due.postName(),
                due.start(),
                due.end(),
                issued,
                cameras,
                worst(cameras));
    }

    private static Mark worst(List<CameraState> cameras) {
        List<Mark> marks = cameras.stream()
                .flatMap(camera -> Stream.of(
                        camera.battery().mark(),
                        camera.storage().mark(),
                        camera.clock().mark(),
                        camera.upload().mark()))
                .toList();
        if (marks.isEmpty() || marks.contains(Mark.WARNING)) {
            return Mark.WARNING;
        }
        return marks.contains(Mark.UNKNOWN) ? Mark.UNKNOWN : Mark.GOOD;
    }
}
