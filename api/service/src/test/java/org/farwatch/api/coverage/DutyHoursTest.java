package org.farwatch.api.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Duty hours have to be recorded only where an administrator says so, and only of those who had a camera. */
class DutyHoursTest {
    private static final RunningService SERVICE = RunningService.shared();

    private final People people = new People(SERVICE);
    private final JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
    private final Instant t = Instant.now().minus(Duration.ofDays(300)).truncatedTo(ChronoUnit.DAYS);
    private final String squad = people.squad();

    private Instant hour(int n) {
        return t.plus(Duration.ofHours(n));
    }

    private CoverageRows camera(String officer, Instant from, Instant to) {
        CoverageRows rows = CoverageRows.of(SERVICE, squad);
        int device = jdbc.sql("""
                        insert into device (id, name, kind, protocol, protocol_id, squad_id)
                        values (:id, :id, 'body-camera', 'mqtt', :id, :squad) returning no""")
                .param("id", People.unique("cam"))
                .param("squad", Long.valueOf(squad))
                .query(Integer.class)
                .single();
        jdbc.sql("update stream set device_no = :device where id = :stream")
                .param("device", device)
                .param("stream", rows.number())
                .update();
        jdbc.sql("""
                insert into custody (device_no, officer_id, held)
                values (:device, :officer, tstzrange(:from::timestamptz, :to::timestamptz))""")
                .param("device", device)
                .param("officer", Long.valueOf(officer))
                .param("from", from.toString())
                .param("to", to == null ? null : to.toString())
                .update();
        return rows;
    }

    private void duty(String officer, Instant from, Instant to) {
        jdbc.sql("""
                with place as (
                    insert into post (name, squad_id, geometry) values ('岗', :squad, '{"type":"Polygon","coordinates":
                        [[[121.4,31.2],[121.5,31.2],[121.5,31.3],[121.4,31.2]]]}') returning id)
                insert into duty (officer_id, post_id, starts, ends)
                select :officer, id, :from::timestamptz, :to::timestamptz from place""")
                .param("squad", Long.valueOf(squad))
                .param("officer", Long.valueOf(officer))
                .param("from", from.toString())
                .param("to", to.toString())
                .update();
    }

    private Answer on(String squadId) {
        return SERVICE.call(
                "POST", "/api/v1/duty-recording-rules", Map.of("squadId", squadId, "reason", "专项行动，局发〔2026〕12号"));
    }

    @Test
    void itIsOffAndChangesNothingUntilSwitchedOnAndThenOnlyHoldersOwe() {
        String holder = people.officer(squad);
        String without = people.officer(squad);
        CoverageRows first = camera(holder, hour(1), hour(9));
        // A second camera of the same officer: one recording suffices.
        CoverageRows second = camera(holder, hour(2), hour(9));
        duty(holder, hour(0), hour(8));
        duty(without, hour(0), hour(8));
        first.serviceRan(hour(-1), hour(12)).recorded(hour(1), hour(3));
        second.recorded(hour(3), hour(4));
        CoverageRows idle = camera(without, hour(20), hour(21));

        assertThat(first.coverage(t, hour(12)).path("requiredSeconds").asDouble())
                .isZero();
        JsonNode rules = SERVICE.get("/api/v1/duty-recording-rules").body().path("items");
        assertThat(rules.valueStream()
                        .filter(one -> one.path("squadId").asString().equals(squad))
                        .map(one -> one.has("rule")))
                .containsExactly(false);

        Answer made = on(squad);
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        assertThat(on(squad).status()).as("once").isEqualTo(409);
        assertThat(first.coverage(t, hour(12)).path("requiredSeconds").asDouble())
                .as("what was before the rule stays as it was")
                .isZero();
        jdbc.sql("update duty_recording_rule set valid_from = :t::timestamptz where squad_id = :squad")
                .param("t", t.toString())
                .param("squad", Long.valueOf(squad))
                .update();

        JsonNode owed = first.coverage(t, hour(12));
        assertThat(CoverageRows.stretches(owed.path("required")))
                .containsExactly(hour(1) + " " + hour(3), hour(4) + " " + hour(8));
        assertThat(CoverageRows.stretches(owed.path("gaps")))
                .containsExactly(hour(4) + " " + hour(8) + " not-recording");
        assertThat(CoverageRows.stretches(second.coverage(t, hour(12)).path("required")))
                .containsExactly(hour(3) + " " + hour(4));
        assertThat(idle.coverage(t, hour(22)).path("requiredSeconds").asDouble())
                .as("who held no camera during his duty owes nothing")
                .isZero();

        Answer ended = SERVICE.call(
                "POST",
                "/api/v1/duty-recording-rules/" + made.body().path("id").asString() + "/end",
                Map.of("version", 1, "why", "专项行动结束"));
        assertThat(ended.status()).as(ended.response().body()).isEqualTo(200);
        assertThat(first.coverage(t, hour(12)).path("requiredSeconds").asDouble())
                .as("what counted stays")
                .isEqualTo(6 * 3_600);
        assertThat(jdbc.sql(
                                "select action from audit_log where subject = 'duty-recording-rule' and subject_id = :id order by id")
                        .param("id", made.body().path("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("create", "end");
    }

    @Test
    void onlyAnAdministratorOfTheSquadSwitchesItAndSaysWhy() {
        Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        Map<String, String> wanted = Map.of("squadId", squad, "reason", "why");
        assertThat(people.call(leader, "POST", "/api/v1/duty-recording-rules", wanted)
                        .status())
                .isEqualTo(403);
        Person elsewhere = people.with(Set.of(Role.ADMINISTRATOR), Set.of(people.squad()));
        assertThat(people.call(elsewhere, "POST", "/api/v1/duty-recording-rules", wanted)
                        .status())
                .isEqualTo(400);
        Answer bare = SERVICE.call("POST", "/api/v1/duty-recording-rules", Map.of("squadId", squad, "reason", " "));
        assertThat(bare.status()).isEqualTo(400);
        assertThat(bare.body().path("errors").path(0).path("field").asString()).isEqualTo("reason");
    }
}
