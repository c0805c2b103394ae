package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** What an inspector who is limited to squads may see of another's, because he was sent there. */
class AssignedAccessTest {
    private CheckHouse house;

    @BeforeEach
    void start() {
        house = new CheckHouse();
    }

    @Test
    @Proves(value = "R049", screen = "/inspection/tasks/{id}", api = "/inspection-tasks/{id}/bench")
    void aTaskOpensItsSquadToWhoeverIsSentForAsLongAsItIsOpen() {
        String task = house.task("conduct", house.inspector);
        String purpose = "inspection-task/" + task;
        assertThat(seen(house.sent, purpose)).as("before").containsOnly(404);

        house.act(house.inspector, task, "reassign", Map.of("persons", List.of(house.sent.id()), "reason", "交叉督察"));
        assertThat(seen(house.sent, purpose)).as("assigned").containsOnly(200);
        assertThat(seen(house.sent, purpose + " 复核")).as("with more words").containsOnly(200);
        house.act(house.sent, task, "start", Map.of());
        assertThat(seen(house.sent, purpose)).as("in progress").containsOnly(200);

        house.score(house.sent, task, 1, 10);
        house.score(house.sent, task, 2, 5);
        assertThat(house.act(house.sent, task, "finish", Map.of("outcome", "fine"))
                        .status())
                .isEqualTo(200);
        assertThat(seen(house.sent, purpose)).as("done").containsOnly(404);
        assertThat(house.people.get(house.sent, CheckHouse.TASKS + "/" + task).status())
                .as("what he found stays his to see")
                .isEqualTo(200);
        assertThat(house.people
                        .get(house.sent, CheckHouse.TASKS + "/" + task + "/bench")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyTheTaskThatThePurposeNamesOpensAnything() {
        String task = house.task("conduct", house.sent);
        String another = house.task("conduct", house.second);

        for (String purpose : List.of(
                "inspection",
                "inspection-task/" + another,
                "inspection-task/" + task + "0",
                "x inspection-task/" + task,
                "inspection-task/99999999999999999999")) {
            assertThat(seen(house.sent, purpose)).as(purpose).containsOnly(404);
        }
        assertThat(duties(house.sent, "inspection")).isZero();
        assertThat(duties(house.sent, "inspection-task/" + task)).isOne();
    }

    @Test
    void whatIsSeenByATaskIsLoggedWithIt() {
        String task = house.task("conduct", house.sent);
        house.people.get(house.sent, CheckHouse.TASKS + "/" + task + "/bench");
        seen(house.sent, "inspection-task/" + task);

        assertThat(house.jdbc()
                        .sql("select distinct kind from view_log where username = :by and purpose = :purpose")
                        .param("by", house.sent.username())
                        .param("purpose", "inspection-task/" + task)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("presence", "track");
    }

    @Test
    void aTaskLetsNobodyChangeAnything() {
        house.people.get(house.inspector, CheckHouse.TASKS);
        Set<String> open = house.service.bean(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .map(RequestMappingInfoHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(route -> {
                    Permit permit = route.getValue().getMethodAnnotation(Permit.class);
                    return permit != null && permit.assigned();
                })
                .flatMap(route -> route.getKey().getMethodsCondition().getMethods().stream()
                        .flatMap(method ->
                                route.getKey().getPatternValues().stream().map(path -> method + " " + path)))
                .collect(Collectors.toSet());

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/duties",
                        "GET /api/v1/duties/{id}/presence",
                        "GET /api/v1/devices/{id}/positions",
                        "GET /api/v1/devices/{id}/track",
                        "GET /api/v1/devices/{id}/days",
                        "GET /api/v1/devices/{id}/trips",
                        "GET /api/v1/devices/{id}/media",
                        "GET /api/v1/devices/{id}/reports",
                        "GET /api/v1/streams",
                        "GET /api/v1/streams/{id}",
                        "GET /api/v1/streams/{id}/segments",
                        "GET /api/v1/streams/{id}/device-recordings",
                        "GET /api/v1/streams/{id}/segments/{sequence}.mp4",
                        "GET /api/v1/streams/{id}/playlist.m3u8",
                        "GET /api/v1/streams/{id}/snapshot",
                        "GET /api/v1/streams/{id}/coverage",
                        "GET /api/v1/streams/{id}/kept",
                        "GET /api/v1/devices/{id}/channels",
                        "GET /api/v1/devices/{id}/recordings")
                .allMatch(route -> route.startsWith(RequestMethod.GET.name()));
    }

    @Test
    void livePicturesAreOpenedByATaskAsWell() {
        String task = house.task("conduct", house.sent);
        String path = "/api/v1/streams/" + house.stream + "/live?purpose=";

        assertThat(house.connects(house.sent, path + "inspection")).isFalse();
        assertThat(house.connects(house.sent, path + "inspection-task/" + task)).isTrue();
        house.act(house.inspector, task, "cancel", Map.of("reason", "重复"));
        assertThat(house.connects(house.sent, path + "inspection-task/" + task)).isFalse();
    }

    @Test
    void otherRolesOfWhoeverIsSentSeeNoMoreThanBefore() {
        Person leader = house.people.with(Set.of(Role.SQUAD_LEADER, Role.INSPECTOR), Set.of(house.otherSquad));
        String task = house.task("conduct", leader);
        house.jdbc()
                .sql("update app_user set roles = array['squad-leader'] where id = :id")
                .param("id", Long.valueOf(leader.id()))
                .update();

        assertThat(seen(leader, "inspection-task/" + task)).containsOnly(404);
    }

    @Test
    void theBenchNamesTheDutyItsDevicesAndTheirStreams() {
        String task = house.task("conduct", house.sent);

        var bench = house.people
                .get(house.sent, CheckHouse.TASKS + "/" + task + "/bench")
                .body();

        assertThat(bench.path("duties").get(0).path("id").asLong()).isEqualTo(house.duty);
        assertThat(bench.path("duties").get(0).path("border").path("type").asString())
                .isEqualTo("Polygon");
        assertThat(bench.path("duties").get(0).path("devices").get(0).path("id").asString())
                .isEqualTo(house.camera);
        assertThat(bench.path("streams").get(0).path("id").asLong()).isEqualTo(house.stream);
        assertThat(bench.path("streams").get(0).path("why").asString()).isEqualTo("custody");
    }

    /** What the routes of the bench answer; a recording that is empty is not found either way and is left out. */
    private Set<Integer> seen(Person who, String purpose) {
        String range = "from=" + house.start + "&to=" + house.end;
        Map<String, Integer> found = new LinkedHashMap<>();
        for (String path : List.of(
                "/duties/" + house.duty + "/presence",
                "/devices/" + house.camera + "/positions?" + range,
                "/streams/" + house.stream,
                "/streams/" + house.stream + "/segments?" + range,
                "/streams/" + house.stream + "/coverage?" + range)) {
            found.put(path, house.look(who, "/api/v1" + path, purpose).status());
        }
        return Set.copyOf(found.values());
    }

    private int duties(Person who, String purpose) {
        return house.look(who, "/api/v1/duties?from=" + house.start + "&to=" + house.end, purpose)
                .body()
                .path("items")
                .size();
    }
}
