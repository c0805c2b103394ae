package org.farwatch.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Two squads with their leaders, an operator and an officer, and the alerts that they work on. */
final class TaskHouse {
    final RunningService service = RunningService.shared();
    final People people = new People(service);
    final String squad = people.squad();
    final String otherSquad = people.squad();
    final Person operator = people.with(Role.OPERATOR);
    final Person inspector = people.with(Role.INSPECTOR);
    final Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
    final Person otherLeader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(otherSquad));
    final Person officer = people.with(Set.of(Role.OFFICER), Set.of(squad));

    private int made;

    TaskHouse() {
        people.link(officer, people.officer(squad));
    }

    /** @return id of a new alert of the first squad; of none when {@code squadId} is null */
    String alert(String kind, String squadId) {
        Instant now = Instant.now();
        return Long.toString(service.bean(Alerts.class)
                .raise(
                        new NewAlert(
                                kind,
                                "clutter",
                                "warning",
                                now,
                                "tasks:" + System.nanoTime() + ":" + made++,
                                "疑似占道堆物",
                                Map.of("place", "东门", "zone", "人行道", "since", now.toString()),
                                squadId == null ? 0 : Long.parseLong(squadId),
                                0,
                                0,
                                0,
                                0,
                                0,
                                null,
                                121.44,
                                31.19),
                        now)
                .orElseThrow());
    }

    Answer confirm(Person who, String alert, String lane, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("version", 1);
        if (lane != null) {
            body.put("lane", lane);
        }
        return people.call(who, "POST", "/api/v1/alerts/" + alert + "/confirm", body);
    }

    /** @return id of the task of a new alert that the operator put into the first squad's lane */
    String task(String lane) {
        String alert = alert("device-alarm", squad);
        assertThat(confirm(operator, alert, lane, Map.of()).status()).isEqualTo(200);
        return people.get(operator, path(lane) + "?alertId=" + alert)
                .body()
                .path("items")
                .get(0)
                .path("id")
                .asString();
    }

    JsonNode read(Person who, String lane, String id) {
        return people.get(who, path(lane) + "/" + id).body();
    }

    /** Acts with the version that stands. */
    Answer act(Person who, String lane, String id, String action, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.putIfAbsent("version", read(operator, lane, id).path("version").asInt());
        return people.call(who, "POST", path(lane) + "/" + id + "/" + action, body);
    }

    static String path(String lane) {
        return "/api/v1/" + lane + "s";
    }

    JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }

    static String field(Answer answer) {
        return answer.body().path("errors").get(0).path("field").asString();
    }
}
