package org.farwatch.api.rollcall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.duty.DutyRoll;
import org.farwatch.geo.presence.PresenceState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the stored positions of those who were called: of whatever each of them held when it was fixed. */
@Repository
class RollCallPositions {
    /** How far before the call a last position is looked for. */
    private static final Duration BACK = Duration.ofMinutes(30);

    private static final Set<String> AWAY = Set.of(
            PresenceState.OFF_POST.label(),
            PresenceState.LATE.label(),
            PresenceState.LEFT_EARLY.label(),
            PresenceState.ABSENT.label());

    private static final String POSITIONS = """
            select a.officer_id::text, v.id as device_id, p.fix_time, p.longitude, p.latitude, p.accuracy, p.flags
            from roll_call_answer a
                join duty d on d.id = a.duty_id
                join lateral (
                    select c.device_no, c.held from custody c
                    where c.officer_id = a.officer_id and c.held && tstzrange(:from::timestamptz, :to::timestamptz, '[]')
                    union all
                    select d.device_no, tstzrange(null, null) where d.device_no is not null) h on true
                join device v on v.no = h.device_no
                join position p on p.device_no = h.device_no and p.fix_time >= :from and p.fix_time <= :to
                    and h.held @> p.fix_time
            where a.roll_call = :call""";

    private final JdbcClient jdbc;
    private final DutyRoll roll;

    RollCallPositions(JdbcClient jdbc, DutyRoll roll) {
        this.jdbc = jdbc;
        this.roll = roll;
    }

    /** What they say of each, by officer id. */
    Map<String, RollCallReading> of(RollCall call, List<RollCall.Answer> answers) {
        Map<String, List<RollCallReading.Fix>> fixes = new HashMap<>();
        jdbc.sql(POSITIONS)
                .param("call", Long.valueOf(call.id()))
                .param("from", Timestamp.from(call.calledAt().minus(BACK)))
                .param("to", Timestamp.from(call.lateUntil()))
                .query(row -> {
                    fixes.computeIfAbsent(row.getString("officer_id"), _ -> new ArrayList<>())
                            .add(fix(row));
                });
        Map<String, RollCallReading> readings = new HashMap<>();
        for (RollCall.Answer answer : answers) {
            readings.put(
                    answer.officerId(),
                    RollCallReading.of(
                            new RollCallReading.Terms(
                                    call.calledAt(),
                                    call.answerUntil(),
                                    call.lateUntil(),
                                    answer.dutyEnd(),
                                    answer.presence() != null && AWAY.contains(answer.presence())),
                            roll.border(Long.parseLong(answer.postId())),
                            roll.rules(),
                            fixes.getOrDefault(answer.officerId(), List.of())));
        }
        return readings;
    }

    private static RollCallReading.Fix fix(ResultSet row) throws SQLException {
        Double longitude = row.getObject("longitude", Double.class);
        Double latitude = row.getObject("latitude", Double.class);
        Float accuracy = row.getObject("accuracy", Float.class);
        return new RollCallReading.Fix(
                row.getString("device_id"),
                row.getTimestamp("fix_time").toInstant(),
                longitude == null ? Double.NaN : longitude,
                latitude == null ? Double.NaN : latitude,
                accuracy == null ? Float.NaN : accuracy,
                row.getInt("flags"));
    }
}
