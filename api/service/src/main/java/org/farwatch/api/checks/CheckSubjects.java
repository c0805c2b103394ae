package org.farwatch.api.checks;

import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a task may be about: an officer, device, camera or post of its squad. */
@Repository
class CheckSubjects {
    private static final String RULE = "names none of the squad that is checked: ";

    private final JdbcClient jdbc;
    private final DeviceRegister register;

    CheckSubjects(JdbcClient jdbc, DeviceRegister register) {
        this.jdbc = jdbc;
        this.register = register;
    }

    /** Null for what it is not about. */
    record Subject(Long officerId, Integer deviceNo, Long streamId, Long postId) {}

    /** @throws Refusal 400 naming the field that names nothing, or something of another squad */
    Subject require(NewTask wanted, long squadNo) {
        boolean known = jdbc.sql("select exists (select from squad where id = :id)")
                .param("id", squadNo)
                .query(Boolean.class)
                .single();
        if (!known) {
            throw DataScope.noSquad(wanted.squadId());
        }
        return new Subject(
                ofSquad("officerId", "officer", wanted.officerId(), squadNo),
                device(wanted.deviceId(), squadNo),
                ofSquad("streamId", "stream", wanted.streamId(), squadNo),
                ofSquad("postId", "post", wanted.postId(), squadNo));
    }

    private Integer device(String id, long squadNo) {
        RegisteredDevice device = id == null ? null : register.byId(id);
        if (id != null && (device == null || device.squadNo() != squadNo)) {
            throw Refusal.field("deviceId", RULE + id);
        }
        return device == null ? null : device.known().no();
    }

    private Long ofSquad(String field, String relation, String id, long squadNo) {
        Long key = Ids.field(field, id);
        Optional<Long> found = key == null
                ? Optional.empty()
                : jdbc.sql("select id from " + relation + " where id = :id and squad_id = :squad")
                        .param("id", key)
                        .param("squad", squadNo)
                        .query(Long.class)
                        .optional();
        if (key != null && found.isEmpty()) {
            throw Refusal.field(field, RULE + id);
        }
        return key;
    }
}
