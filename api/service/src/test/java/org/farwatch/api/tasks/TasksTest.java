package org.farwatch.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From a confirmed alert to its end, over HTTP, each as its own user. */
class TasksTest {
    private final TaskHouse house = new TaskHouse();

    @ParameterizedTest
    @ValueSource(strings = {"task", "ticket"})
    @Proves(
            value = "R070",
            screen = "/tasks",
            api = "POST /alerts/{id}/confirm, /tasks",
            missing = "levels above the district")
    void whatASquadReturnsIsReassignedSignedHandledCheckedAndClosedWithItsAlert(String lane) {
        String alert = house.alert("device-alarm", house.squad);
        assertThat(house.confirm(house.operator, alert, lane, Map.of("note", "请尽快"))
                        .status())
                .isEqualTo(200);
        JsonNode task = house.people
                .get(house.leader, TaskHouse.path(lane) + "?alertId=" + alert)
                .body()
                .path("items")
                .get(0);
        String id = task.path("id").asString();
        assertThat(task.path("state").asString()).isEqualTo("open");
        assertThat(task.path("note").asString()).isEqualTo("请尽快");
        assertThat(task.path("alert").path("detail").path("args").path("place").asString())
                .isEqualTo("东门");
        assertThat(actions(task)).containsExactlyInAnyOrder("sign", "return");

        Answer returned = house.act(house.leader, lane, id, "return", Map.of("reason", "not-our-area"));
        assertThat(returned.body().path("state").asString()).isEqualTo("returned");
        assertThat(actions(house.read(house.operator, lane, id))).containsExactlyInAnyOrder("reassign", "close");
        assertThat(house.act(house.operator, lane, id, "reassign", Map.of("squadId", house.otherSquad))
                        .body()
                        .path("squadId")
                        .asString())
                .isEqualTo(house.otherSquad);
        assertThat(house.people
                        .get(house.leader, TaskHouse.path(lane) + "/" + id)
                        .status())
                .as("it is no longer theirs")
                .isEqualTo(404);

        assertThat(house.act(house.otherLeader, lane, id, "sign", Map.of()).status())
                .isEqualTo(200);
        assertThat(house.act(house.otherLeader, lane, id, "handle", Map.of("note", "已清理"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("handled");
        assertThat(house.act(house.operator, lane, id, "check-failed", Map.of("reason", "still-there"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("signed");
        house.act(house.otherLeader, lane, id, "handle", Map.of("note", "再次清理"));
        Answer closed = house.act(house.operator, lane, id, "check-passed", Map.of("note", "画面已恢复"));

        assertThat(closed.body().path("state").asString()).isEqualTo("closed");
        assertThat(closed.body().path("actions")).isEmpty();
        assertThat(closed.body().path("history"))
                .extracting(event -> event.path("action").asString())
                .containsExactly(
                        "open", "return", "reassign", "sign", "handle", "check-failed", "handle", "check-passed");
        JsonNode source =
                house.people.get(house.operator, "/api/v1/alerts/" + alert).body();
        assertThat(source.path("state").asString()).isEqualTo("closed");
        assertThat(source.path("history"))
                .extracting(event -> event.path("action").asString())
                .containsExactly("raise", "confirm", "close");
        assertThat(house.jdbc()
                        .sql("select action from audit_log where subject = :lane and subject_id = :id order by id")
                        .param("lane", lane)
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "create", "return", "reassign", "sign", "handle", "check-failed", "handle", "check-passed");
    }

    @Test
    void anAlertGoesOnlyIntoALaneOfItsKind() {
        String alert = house.alert("lead", house.squad);
        Answer refused = house.confirm(house.operator, alert, "finding", Map.of());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(TaskHouse.field(refused)).isEqualTo("lane");
        assertThat(refused.body().path("detail").asString())
                .contains("task, ticket for an alert of kind lead, was finding");
        assertThat(house.people
                        .get(house.operator, "/api/v1/alerts/" + alert)
                        .body()
                        .path("state")
                        .asString())
                .as("half of it is not done")
                .isEqualTo("new");
        assertThat(house.confirm(house.operator, alert, null, Map.of())
                        .body()
                        .path("state")
                        .asString())
                .as("without a lane it is confirmed and no more")
                .isEqualTo("confirmed");
        assertThat(house.people
                        .get(house.operator, "/api/v1/tasks?alertId=" + alert)
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void theLanesOfAKindAreAskedForTheProposedOneFirst() {
        List<String> lanes = house.people
                .get(house.operator, "/api/v1/lanes")
                .body()
                .path("items")
                .valueStream()
                .filter(each -> each.path("kind").asString().equals("device-alarm"))
                .map(each ->
                        each.path("lane").asString() + " " + each.path("first").asBoolean())
                .toList();
        assertThat(lanes).containsExactly("ticket true", "task false");
    }

    @Test
    void anAlertOfNoSquadNeedsOneToBeNamedAndASquadThatExists() {
        String alert = house.alert("lead", null);
        Answer nobody = house.confirm(house.operator, alert, "task", Map.of());
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(TaskHouse.field(nobody)).isEqualTo("squadId");
        Answer unknown = house.confirm(house.operator, alert, "task", Map.of("squadId", "999999999"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(TaskHouse.field(unknown)).isEqualTo("squadId");
        assertThat(house.confirm(house.operator, alert, "task", Map.of("squadId", house.squad))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOperatorMakesNoFinding() {
        for (String kind : List.of("off-post", "lead", "overdue", "sos")) {
            String alert = house.alert(kind, house.squad);
            assertThat(house.confirm(house.operator, alert, "finding", Map.of()).status())
                    .as(kind)
                    .isEqualTo(400);
        }
        assertThat(house.people
                        .call(house.operator, "POST", "/api/v1/findings", Map.of())
                        .status())
                .isIn(403, 404, 405);
        assertThat(house.people.get(house.operator, "/api/v1/lanes").body().path("items"))
                .extracting(each -> each.path("lane").asString())
                .isSubsetOf("task", "ticket", "supervision-lead");
    }

    @Test
    void everyActionSaysWhatIsMissing() {
        String id = house.task("task");
        missing(house.act(house.leader, "task", id, "return", Map.of()), "reason");
        missing(house.act(house.leader, "task", id, "return", Map.of("reason", "still-there")), "reason");
        missing(house.act(house.leader, "task", id, "return", Map.of("reason", "other")), "note");
        missing(house.act(house.leader, "task", id, "sign", Map.of("assigneeId", "1")), "assigneeId");
        house.act(house.leader, "task", id, "sign", Map.of());
        missing(house.act(house.leader, "task", id, "handle", Map.of("note", " ")), "note");
        missing(
                house.act(
                        house.leader, "task", id, "handle", Map.of("note", "已清理", "evidence", List.of("0".repeat(64)))),
                "evidence");
        house.act(house.leader, "task", id, "handle", Map.of("note", "已清理"));
        missing(house.act(house.operator, "task", id, "check-passed", Map.of()), "note");
        missing(house.act(house.operator, "task", id, "check-failed", Map.of("reason", "not-our-area")), "reason");
        house.act(house.operator, "task", id, "check-failed", Map.of("reason", "partly-done"));
        house.act(house.leader, "task", id, "return", Map.of("reason", "settled"));
        missing(house.act(house.operator, "task", id, "reassign", Map.of()), "squadId");
        missing(house.act(house.operator, "task", id, "close", Map.of("reason", "partly-done")), "reason");
        assertThat(house.act(house.operator, "task", id, "close", Map.of("reason", "settled"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("closed");
    }

    @Test
    void aWrongStateIsRefusedNamingWhatItAllowsAndAnOldVersionNamingWhoWasFirst() {
        String id = house.task("task");
        Answer early = house.act(house.leader, "task", id, "handle", Map.of("note", "已清理"));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("detail").asString()).contains("is open, which allows sign, return; not handle");
        house.act(house.leader, "task", id, "sign", Map.of());
        Answer late = house.act(house.leader, "task", id, "handle", Map.of("note", "已清理", "version", 1));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("changedBy").asString()).isEqualTo(house.leader.username());
        assertThat(house.read(house.leader, "task", id).path("state").asString())
                .isEqualTo("signed");
    }

    @Test
    void aRoleThatMayNotIsRefused() {
        String id = house.task("task");
        for (String action : List.of("sign", "handle", "return")) {
            assertThat(house.act(house.operator, "task", id, action, Map.of("note", "x", "reason", "settled"))
                            .status())
                    .as(action)
                    .isEqualTo(403);
        }
        for (String action : List.of("check-passed", "check-failed", "reassign", "close")) {
            assertThat(house.act(house.leader, "task", id, action, Map.of("note", "x"))
                            .status())
                    .as(action)
                    .isEqualTo(403);
            assertThat(house.act(house.inspector, "task", id, action, Map.of("note", "x"))
                            .status())
                    .as(action)
                    .isEqualTo(403);
        }
        assertThat(house.act(house.otherLeader, "task", id, "sign", Map.of()).status())
                .as("another squad's")
                .isEqualTo(404);
        assertThat(house.people.get(house.leader, "/api/v1/tickets/" + id).status())
                .as("a task is no ticket")
                .isEqualTo(404);
    }

    @Test
    void anOfficerSeesAndHandlesOnlyWhatIsGivenIntoHisHands() {
        String id = house.task("task");
        assertThat(house.people.get(house.officer, "/api/v1/tasks").body().path("items"))
                .isEmpty();
        assertThat(house.act(house.officer, "task", id, "handle", Map.of("note", "已清理"))
                        .status())
                .isEqualTo(404);
        house.act(house.leader, "task", id, "sign", Map.of("assigneeId", house.officer.id()));
        JsonNode his = house.people.get(house.officer, "/api/v1/tasks").body().path("items");
        assertThat(his).hasSize(1);
        assertThat(actions(his.get(0))).containsExactly("handle");
        assertThat(house.act(house.officer, "task", id, "handle", Map.of("note", "已清理"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("handled");
    }

    @Test
    void whoeverTheSquadChoseReceivesItFirstAndNobodyOfAnotherSquadCanBeChosen() {
        String path = "/api/v1/squads/" + house.squad + "/receivers";
        Answer stranger = house.people.call(
                house.leader, "PUT", path, Map.of("items", List.of(choice("ticket", house.otherLeader.id(), 0))));
        missing(stranger, "userId");
        Answer chosen = house.people.call(
                house.leader, "PUT", path, Map.of("items", List.of(choice("ticket", house.officer.id(), 0))));
        assertThat(chosen.status()).isEqualTo(200);
        assertThat(house.people
                        .call(
                                house.leader,
                                "PUT",
                                path,
                                Map.of("items", List.of(choice("ticket", house.leader.id(), 0))))
                        .status())
                .as("with an old version")
                .isEqualTo(409);
        String ticket = house.task("ticket");
        assertThat(house.read(house.leader, "ticket", ticket)
                        .path("assignee")
                        .path("id")
                        .asString())
                .isEqualTo(house.officer.id());
        assertThat(house.read(house.leader, "task", house.task("task"))
                        .path("assignee")
                        .isMissingNode())
                .as("the leaders, when nobody was chosen")
                .isTrue();
        assertThat(house.people.get(house.otherLeader, path).status()).isEqualTo(404);
    }

    @Test
    void listsAreFilteredAndGivenInParts() {
        Person own = house.people.with(Set.of(Role.SQUAD_LEADER), Set.of(house.squad));
        String first = house.task("task");
        String second = house.task("task");
        house.act(house.leader, "task", first, "sign", Map.of());
        assertThat(ids(own, "?state=signed")).containsExactly(first);
        assertThat(ids(own, "?state=open")).containsExactly(second);
        assertThat(ids(own, "?overdue=true")).isEmpty();
        assertThat(ids(house.operator, "?squadId=" + house.squad)).containsExactly(second, first);
        Answer part = house.people.get(own, "/api/v1/tasks?limit=1");
        assertThat(ids(own, "?limit=1")).containsExactly(second);
        assertThat(ids(own, "?limit=1&cursor=" + part.body().path("next").asString()))
                .containsExactly(first);
        missing(house.people.get(own, "/api/v1/tasks?state=done"), "state");
    }

    private List<String> ids(Person who, String query) {
        return house.people
                .get(who, "/api/v1/tasks" + query)
                .body()
                .path("items")
                .valueStream()
                .map(task -> task.path("id").asString())
                .toList();
    }

    private static Map<String, Object> choice(String lane, String userId, int version) {
        return Map.of("lane", lane, "userId", userId, "version", version);
    }

    private static List<String> actions(JsonNode task) {
        return task.path("actions").valueStream().map(JsonNode::asString).toList();
    }

    private static void missing(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(TaskHouse.field(answer)).isEqualTo(field);
    }
}
