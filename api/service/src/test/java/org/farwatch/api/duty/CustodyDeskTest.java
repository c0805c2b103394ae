package org.farwatch.api.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One code after the other, as a squad's scanner reads them. */
class CustodyDeskTest {
    private static final RunningService SERVICE = RunningService.shared();

    private final People people = new People(SERVICE);
    private final JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
    private final String squad = people.squad();
    private final Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
    private final String chen = people.officer(squad);
    private final String wang = people.officer(squad);

    private String number(String officer) {
        return jdbc.sql("select number from officer where id = :id")
                .param("id", Long.valueOf(officer))
                .query(String.class)
                .single();
    }

    /** @return its protocol id, by which it is known beside its id and name */
    private String camera() {
        String code = People.unique("cam");
        Answer made = SERVICE.call(
                "POST",
                "/api/v1/devices",
                Map.of(
                        "name",
                        "记录仪 " + code,
                        "kind",
                        "body-camera",
                        "protocol",
                        "mqtt",
                        "protocolId",
                        code,
                        "squadId",
                        squad));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return code;
    }

    private Answer scan(Person by, String code, String officer) {
        Map<String, Object> body = new HashMap<>(Map.of("code", code));
        if (officer != null) {
            body.put("officerId", officer);
        }
        return people.call(by, "POST", "/api/v1/custody/scan", body);
    }

    private Answer undo(Person by, Answer scanned) {
        return people.call(
                by,
                "POST",
                "/api/v1/custody/" + scanned.body().path("custody").path("id").asString() + "/undo",
                Map.of("version", scanned.body().path("custody").path("version").asInt()));
    }

    private List<String> held(String code) {
        return jdbc.sql("""
                        select c.officer_id || case when upper(c.held) is null then ' out' else ' back' end
                        from custody c join device d on d.no = c.device_no where d.protocol_id = :code
                        order by lower(c.held)""").param("code", code).query(String.class).list();
    }

    private static void fault(Answer answer, int status, String fault) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.body().path("scan").path("fault").asString())
                .as(answer.response().body())
                .isEqualTo(fault);
    }

    /** As if it had been issued some minutes ago: a reading at once is one reading twice. */
    private void minutesAgo(String code) {
        jdbc.sql("""
                update custody set held = tstzrange(lower(held) - interval '5 minutes', upper(held))
                where device_no = (select no from device where protocol_id = :code)""").param("code", code).update();
    }

    @Test
    @Proves(
            value = "R068",
            screen = "/squad/custody",
            api = "POST /custody/scan",
            missing = "what follows a late upload")
    void anOfficerThenADeviceIsIssuedAndTheDeviceAloneIsReturned() {
        String code = camera();
        Answer officer = scan(leader, number(chen), null);
        assertThat(officer.status()).as(officer.response().body()).isEqualTo(200);
        assertThat(officer.body().path("outcome").asString()).isEqualTo("officer");
        assertThat(officer.body().path("officer").path("id").asString()).isEqualTo(chen);
        assertThat(officer.body().path("holds")).isEmpty();

        Answer issued =
                scan(leader, " https://bureau.example/devices/" + code.toUpperCase(Locale.ROOT) + "?a=1 ", chen);
        assertThat(issued.status()).as(issued.response().body()).isEqualTo(200);
        assertThat(issued.body().path("outcome").asString()).isEqualTo("issued");
        assertThat(issued.body().path("holds")).hasSize(1);
        assertThat(held(code)).containsExactly(chen + " out");

        fault(scan(leader, code, chen), 409, "bounce");
        assertThat(held(code)).containsExactly(chen + " out");

        minutesAgo(code);
        Answer returned = scan(leader, code, null);
        assertThat(returned.status()).as(returned.response().body()).isEqualTo(200);
        assertThat(returned.body().path("outcome").asString()).isEqualTo("returned");
        assertThat(returned.body().path("officer").path("id").asString()).isEqualTo(chen);
        assertThat(held(code)).containsExactly(chen + " back");

        Answer history =
                people.get(leader, "/api/v1/custody?from=" + Instant.now().minusSeconds(3_600));
        assertThat(history.body().path("items").path(0).path("deviceId").asString())
                .isEqualTo("mqtt-" + code);
        assertThat(history.body().path("items").path(0).has("to")).isTrue();
        assertThat(actions(returned.body().path("custody").path("id").asString()))
                .containsExactly("issue", "return");
    }

    @Test
    void whatCannotBeIsExplainedAndDoesNothing() {
        String code = camera();
        fault(scan(leader, "nobody-has-this", null), 404, "unknown");
        fault(scan(leader, code, null), 409, "no-officer");
        assertThat(scan(leader, number(chen), null).status()).isEqualTo(200);
        assertThat(scan(leader, code, chen).status()).isEqualTo(200);
        minutesAgo(code);

        Answer taken = scan(leader, code, wang);
        fault(taken, 409, "taken");
        assertThat(taken.body().path("scan").path("custody").path("officerId").asString())
                .isEqualTo(chen);
        assertThat(taken.body().path("detail").asString()).contains("is out to officer");
        assertThat(held(code)).containsExactly(chen + " out");

        String other = people.squad();
        Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(other));
        fault(scan(stranger, code, null), 404, "unknown");
        fault(scan(stranger, number(chen), null), 404, "unknown");
        assertThat(scan(stranger, code, chen).status()).isEqualTo(404);

        String reserved = camera();
        jdbc.sql("""
                insert into custody (device_no, officer_id, held)
                select no, :officer, tstzrange(now() + interval '1 hour', null) from device where protocol_id = :code""")
                .param("officer", Long.valueOf(wang))
                .param("code", reserved)
                .update();
        fault(scan(leader, reserved, chen), 409, "reserved");
    }

    @Test
    void whoDidItTakesItBackForAMoment() {
        String code = camera();
        Answer issued = scan(leader, code, chen);
        assertThat(undo(leader, issued).status()).isEqualTo(200);
        assertThat(held(code)).as("as if it had never been issued").isEmpty();
        assertThat(actions(issued.body().path("custody").path("id").asString())).containsExactly("issue", "undo-issue");

        Answer again = scan(leader, code, chen);
        minutesAgo(code);
        Answer returned = scan(leader, code, null);
        assertThat(again.status()).isEqualTo(200);
        Person second = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        fault(undo(second, returned), 409, "undo-over");
        assertThat(undo(leader, again).status()).as("of an older state").isEqualTo(409);
        assertThat(undo(leader, returned).status()).isEqualTo(200);
        assertThat(held(code)).containsExactly(chen + " out");
        assertThat(undo(leader, returned).status()).as("once is enough").isEqualTo(409);

        String planned = camera();
        Instant end = Instant.now().plusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS);
        people.call(
                leader,
                "POST",
                "/api/v1/devices/mqtt-" + planned + "/custody",
                Map.of("officerId", wang, "from", Instant.now().minusSeconds(600), "to", end));
        Answer early = scan(leader, planned, null);
        assertThat(early.body().path("outcome").asString()).isEqualTo("returned");
        assertThat(undo(leader, early).status()).isEqualTo(200);
        assertThat(jdbc.sql("select upper(held) from custody where id = :id")
                        .param(
                                "id",
                                Long.valueOf(
                                        early.body().path("custody").path("id").asString()))
                        .query(Timestamp.class)
                        .single()
                        .toInstant())
                .as("the end that had been entered before")
                .isEqualTo(end);
    }

    private List<String> actions(String custody) {
        return jdbc.sql("select action from audit_log where subject = 'custody' and subject_id = :id order by id")
                .param("id", custody)
                .query(String.class)
                .list();
    }
}
