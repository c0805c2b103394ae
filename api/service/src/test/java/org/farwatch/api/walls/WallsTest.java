package org.farwatch.api.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Layouts and patrols over HTTP. */
class WallsTest {
    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final Person operator = people.with(Role.OPERATOR);
    private final String gate = stream(null);
    private final String yard = stream(null);

    @Test
    void aLayoutIsKeptWithItsEmptyCellsAndSeenByItsOwnerOnly() {
        RunningService.Answer made = call(operator, "POST", "", wall("早班", 4, null, gate, null, yard));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        String id = made.body().path("id").asString();

        JsonNode kept = call(operator, "GET", "", null).body().path("items").get(0);
        assertThat(kept.path("name").asString()).isEqualTo("早班");
        assertThat(kept.path("size").asInt()).isEqualTo(4);
        assertThat(kept.path("seconds").isNull()).isTrue();
        assertThat(kept.path("streams").get(0).asString()).isEqualTo(gate);
        assertThat(kept.path("streams").get(1).isNull()).isTrue();
        assertThat(kept.path("streams").get(2).asString()).isEqualTo(yard);

        Person other = people.with(Role.OPERATOR);
        assertThat(call(other, "GET", "", null).body().path("items")).isEmpty();
        assertThat(call(other, "DELETE", "/" + id + "?version=1", null).status())
                .isEqualTo(404);
        assertThat(call(other, "PUT", "/" + id, versioned(1, wall("夜班", 1, null, gate)))
                        .status())
                .isEqualTo(404);
        assertThat(call(operator, "DELETE", "/" + id + "?version=1", null).status())
                .isEqualTo(204);
        assertThat(call(operator, "GET", "", null).body().path("items")).isEmpty();
    }

    @Test
    void aPatrolIsChangedByWhoSawItsNewestVersionOnlyAndEachChangeIsInTheAuditLog() {
        String id = call(operator, "POST", "", wall("巡", 1, 15, gate, yard))
                .body()
                .path("id")
                .asString();
        RunningService.Answer changed = call(operator, "PUT", "/" + id, versioned(1, wall("巡", 1, 20, yard, gate)));
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.body().path("seconds").asInt()).isEqualTo(20);
        assertThat(changed.body().path("version").asInt()).isEqualTo(2);
        RunningService.Answer late = call(operator, "PUT", "/" + id, versioned(1, wall("巡", 1, 30, gate)));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("changedBy").asString()).isEqualTo(operator.username());
        assertThat(call(operator, "DELETE", "/" + id + "?version=1", null).status())
                .isEqualTo(409);
        assertThat(service.bean(JdbcClient.class)
                        .sql("select action from audit_log where subject = 'wall' and subject_id = :id order by id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("create", "change");
    }

    @Test
    void whatIsNoWallIsRefusedNamingTheField() {
        refused("size", wall("x", 5, null, gate));
        refused("seconds", wall("x", 4, 4, gate));
        refused("seconds", wall("x", 4, 3601, gate));
        refused("streams", wall("x", 1, null, gate, yard));
        refused("streams", wall("x", 1, 10));
        refused("streams[1]", wall("x", 4, 10, gate, null));
        refused("streams[1]", wall("x", 4, null, gate, gate));
        refused("streams[0]", wall("x", 4, null, "999999999"));
        refused("name", wall(" ", 4, null, gate));
        refused("name", wall("n".repeat(41), 4, null, gate));
        call(operator, "POST", "", wall("same", 1, null, gate));
        refused("name", wall("same", 1, null, yard));
    }

    @Test
    void aStreamOfAnotherSquadCannotBeSaved() {
        String squad = people.squad();
        String other = people.squad();
        Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        assertThat(call(leader, "POST", "", wall("own", 1, null, stream(squad))).status())
                .isEqualTo(201);
        RunningService.Answer refused = call(leader, "POST", "", wall("other", 1, null, stream(other)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.response().body()).contains("streams[0]");
    }

    @Test
    void nobodySavesMoreThanTheSettingAllows() {
        Person collector = people.with(Role.INSPECTOR);
        int most = service.bean(WallSettings.class).perUser();
        for (int i = 0; i < most; i++) {
            assertThat(call(collector, "POST", "", wall("w" + i, 1, null, gate)).status())
                    .isEqualTo(201);
        }
        RunningService.Answer refused = call(collector, "POST", "", wall("one more", 1, null, gate));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.response().body()).contains(Integer.toString(most));
    }

    private void refused(String field, Map<String, Object> wall) {
        RunningService.Answer answer = call(operator, "POST", "", wall);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsString("field"))
                .as(answer.response().body())
                .contains(field);
    }

    private static Map<String, Object> wall(String name, int size, Integer seconds, String... streams) {
        Map<String, Object> wall = new HashMap<>();
        wall.put("name", name);
        wall.put("size", size);
        wall.put("seconds", seconds);
        wall.put("streams", streams.length == 0 ? List.of() : Arrays.asList(streams));
        return wall;
    }

    private static Map<String, Object> versioned(int version, Map<String, Object> wall) {
        wall.put("version", version);
        return wall;
    }

    /** A stream that is fetched from nowhere. */
    private String stream(String squad) {
        return service.bean(JdbcClient.class)
                .sql("insert into stream (name, squad_id) values (:name, :squad) returning id::text")
                .param("name", People.unique("camera"))
                .param("squad", squad == null ? null : Long.valueOf(squad), java.sql.Types.BIGINT)
                .query(String.class)
                .single();
    }

    private RunningService.Answer call(Person person, String method, String path, Object body) {
        return people.call(person, method, "/api/v1/walls" + path, body);
    }
}
