package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Inspection tasks over HTTP. */
class InspectionTasksTest {
    private static CheckHouse house;

    @BeforeAll
    static void start() {
        house = new CheckHouse();
    }

    @Test
    @Proves(
            value = {"R007", "R045", "R144"},
            screen = "/inspection/tasks",
            api = "/inspection-tasks",
            missing = "an alert when the due time has passed")
    void aCheckIsDoneByItsListAndBecomesALeadWithWhatWasKept() {
        String task = house.task("conduct", house.inspector, house.second);
        JsonNode assigned = house.read(house.inspector, task);
        assertThat(assigned.path("level").asString()).isEqualTo("bureau");
        assertThat(assigned.path("persons")).hasSize(2);
        assertThat(CheckHouse.words(assigned.path("actions"))).containsExactlyInAnyOrder("start", "reassign", "cancel");
        assertThat(assigned.path("items")).hasSize(2);

        JsonNode begun = house.act(house.inspector, task, "start", Map.of()).body();
        assertThat(begun.path("state").asString()).isEqualTo("in-progress");
        assertThat(CheckHouse.words(begun.path("actions")))
                .containsExactlyInAnyOrder("score", "collect", "finish", "reassign", "cancel");
        assertThat(house.score(house.inspector, task, 1, 7.5).status()).isEqualTo(200);
        Answer early = house.act(house.inspector, task, "finish", Map.of("outcome", "fine"));
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.body().path("detail").asString()).contains("not yet: item 2");
        assertThat(house.score(house.second, task, 2, null).status()).isEqualTo(200);
        Answer kept = house.keep(
                house.second,
                task,
                CheckHouse.JPEG,
                Map.of("at", house.start.plusSeconds(60).toString(), "streamId", Long.toString(house.stream)));
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(201);
        assertThat(kept.body().path("what").asString()).isEqualTo("picture");

        Answer unsaid = house.act(house.inspector, task, "finish", Map.of("outcome", "lead"));
        assertThat(CheckHouse.field(unsaid)).isEqualTo("what");
        Answer done = house.act(
                house.inspector,
                task,
                "finish",
                Map.of("outcome", "lead", "what", "着装不规范", "officerId", house.officer));
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
        assertThat(done.body().path("state").asString()).isEqualTo("done");
        assertThat(done.body().path("score").decimalValue()).isEqualByComparingTo("75");
        assertThat(done.body().path("actions")).isEmpty();
        assertThat(done.body().path("history")).hasSize(3);
        JsonNode lead = house.people
                .get(
                        house.inspector,
                        "/api/v1/supervision-leads/"
                                + done.body().path("leadId").asString())
                .body();
        assertThat(lead.path("what").asString()).isEqualTo("着装不规范");
        assertThat(lead.path("officerId").asString()).isEqualTo(house.officer);
        assertThat(lead.path("files").get(0).path("id")).isEqualTo(kept.body().path("id"));
        assertThat(lead.path("files").get(0).path("name").asString()).startsWith("督察任务 " + task + " " + house.camera);
    }

    @Test
    void nothingWrongNeedsNeitherWordsNorEvidence() {
        String task = house.begun("interior", house.inspector);
        house.score(house.inspector, task, 1, 10);
        house.score(house.inspector, task, 2, 4.5);

        JsonNode done = house.act(house.inspector, task, "finish", Map.of("outcome", "fine"))
                .body();

        assertThat(done.path("outcome").asString()).isEqualTo("fine");
        assertThat(done.path("score").decimalValue()).isEqualByComparingTo("96.67");
        assertThat(done.path("leadId").isMissingNode() || done.path("leadId").isNull())
                .isTrue();
    }

    @Test
    void aLeadOfFullMarksMustSayWhyThereIsOne() {
        String task = house.begun("conduct", house.inspector);
        house.score(house.inspector, task, 1, 10);
        house.score(house.inspector, task, 2, 5);

        Answer refused = house.act(house.inspector, task, "finish", Map.of("outcome", "lead", "what", "离岗"));
        assertThat(CheckHouse.field(refused)).isEqualTo("note");
        assertThat(house.act(house.inspector, task, "finish", Map.of("outcome", "lead", "what", "离岗", "note", "表中无此项"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyThoseWhoWereSentCheckAndOnlyTheDistrictHandsOutAgain() {
        String task = house.begun("conduct", house.inspector);

        for (Answer refused : List.of(
                house.score(house.second, task, 1, 1),
                house.act(house.second, task, "finish", Map.of("outcome", "fine")),
                house.keep(house.second, task, CheckHouse.JPEG, Map.of("at", house.start.toString())))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().path("detail").asString())
                    .contains("those who were sent: 试 " + house.inspector.username());
        }
        Answer given = house.act(
                house.second, task, "reassign", Map.of("persons", List.of(house.sent.id()), "reason", "人手不足"));
        assertThat(given.status()).as(given.body().toString()).isEqualTo(200);
        assertThat(given.body().path("state").asString()).isEqualTo("assigned");
        assertThat(house.act(house.inspector, task, "start", Map.of()).status()).isEqualTo(403);
        assertThat(house.act(house.sent, task, "start", Map.of()).status()).isEqualTo(200);
        Answer cancelled = house.act(house.sent, task, "cancel", Map.of("reason", "重复"));
        assertThat(cancelled.status()).isEqualTo(403);
        assertThat(cancelled.body().path("detail").asString()).contains("see the whole district");
        assertThat(house.act(house.second, task, "cancel", Map.of("reason", "重复"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("cancelled");
        assertThat(house.act(house.sent, task, "start", Map.of()).status()).isEqualTo(409);
    }

    @Test
    void whatIsNotOfTheSquadIsNamed() {
        Map<String, Object> wanted = house.wanted(house.checklist("conduct"), house.inspector);
        Map<String, String> wrong = Map.of(
                "squadId", "999999999",
                "officerId", house.people.officer(house.otherSquad),
                "deviceId", "nothing",
                "streamId", "999999999",
                "postId", "999999999",
                "end", house.start.toString(),
                "dueAt", house.start.toString(),
                "checklistId", "999999999");
        wrong.forEach((field, value) -> {
            Map<String, Object> other = new HashMap<>(wanted);
            if (field.equals("squadId")) {
                other.remove("officerId");
            }
            other.put(field, value);
            Answer refused = house.people.call(house.inspector, "POST", CheckHouse.TASKS, other);
            assertThat(refused.status()).as(field).isEqualTo(400);
            assertThat(CheckHouse.field(refused)).isEqualTo(field);
        });
    }

    @Test
    void atItsEndATaskRefusesEveryActionAndSaysSo() {
        String task = house.task("conduct", house.inspector);
        house.act(house.inspector, task, "cancel", Map.of("reason", "重复"));
        Map<String, Object> persons = Map.of("reason", "改派", "persons", List.of(house.second.id()));

        for (Answer refused : List.of(
                house.act(house.inspector, task, "start", Map.of()),
                house.score(house.inspector, task, 1, 1),
                house.keep(house.inspector, task, CheckHouse.JPEG, Map.of("at", house.start.toString())),
                house.act(house.inspector, task, "finish", Map.of("outcome", "fine")),
                house.act(house.inspector, task, "reassign", persons),
                house.act(house.inspector, task, "cancel", Map.of("reason", "重复")))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("detail").asString()).contains("is cancelled, which allows nothing");
        }
        assertThat(CheckHouse.field(
                        house.act(house.inspector, house.task("conduct", house.inspector), "cancel", Map.of())))
                .isEqualTo("reason");
    }

    @Test
    void nobodyChecksHisOwnSquadForTheBureau() {
        Answer refused = house.people.call(
                house.inspector,
                "POST",
                CheckHouse.TASKS,
                house.wanted(house.checklist("conduct"), house.inspector, house.own));

        assertThat(CheckHouse.field(refused)).isEqualTo("persons");
        assertThat(refused.body().path("detail").asString()).contains("of the squad that is checked");
    }

    @Test
    @Proves(
            value = "R047",
            screen = "/inspection/tasks",
            api = "POST /inspection-tasks",
            missing = "the level of the city")
    void aSquadsOwnInspectorMakesTasksOfTheSquadsOwnLevel() {
        Answer made = house.people.call(
                house.own, "POST", CheckHouse.TASKS, house.wanted(house.checklist("conduct"), house.own));

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().path("level").asString()).isEqualTo("squad");
        assertThat(CheckHouse.words(made.body().path("actions")))
                .containsExactlyInAnyOrder("start", "reassign", "cancel");
        Answer elsewhere = house.people.call(
                house.sent, "POST", CheckHouse.TASKS, house.wanted(house.checklist("conduct"), house.sent));
        assertThat(CheckHouse.field(elsewhere)).isEqualTo("squadId");
    }

    @Test
    void theSquadsOwnInspectorLearnsOfTheBureausCheckWhenItIsDone() {
        String task = house.begun("conduct", house.inspector);
        assertThat(seen(house.own, task)).isEqualTo(404);
        house.score(house.inspector, task, 1, 10);
        house.score(house.inspector, task, 2, 5);
        house.act(house.inspector, task, "finish", Map.of("outcome", "fine"));

        assertThat(seen(house.own, task)).isEqualTo(200);
    }

    @Test
    @Proves(
            value = "R129",
            screen = "/inspection/tasks",
            api = "/inspection-tasks",
            missing = "the count of a year, by quarter and squad")
    void aLegalReviewerChecksRecordingsAndNothingElse() {
        String recording = house.begun("recording", house.reviewer);
        assertThat(house.score(house.reviewer, recording, 1, 3).status()).isEqualTo(200);

        assertThat(seen(house.reviewer, house.task("conduct", house.inspector))).isEqualTo(404);
        Answer refused = house.people.call(
                house.inspector, "POST", CheckHouse.TASKS, house.wanted(house.checklist("conduct"), house.reviewer));
        assertThat(CheckHouse.field(refused)).isEqualTo("persons");
    }

    @Test
    void pointsBeyondFullMarksOrBetweenTheStepsAreRefused() {
        String task = house.begun("conduct", house.inspector);

        for (Object points : List.of(10.5, -1, 0.3)) {
            assertThat(CheckHouse.field(house.score(house.inspector, task, 1, points)))
                    .isEqualTo("points");
        }
        assertThat(house.score(house.inspector, task, 1, 10).status()).isEqualTo(200);
        Answer late = house.people.call(
                house.inspector, "PUT", CheckHouse.TASKS + "/" + task + "/items/1", Map.of("version", 1, "points", 3));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("changedBy").asString()).isEqualTo(house.inspector.username());
    }

    @Test
    void aChecklistThatIsSavedAgainChangesNoTaskThatWasStarted() {
        String list = house.shortList("special");
        String begun = made(list);
        house.act(house.inspector, begun, "start", Map.of());
        String waiting = made(list);
        Answer saved = house.people.call(
                house.inspector,
                "PUT",
                "/api/v1/checklists/" + list,
                Map.of(
                        "version",
                        1,
                        "kind",
                        "special",
                        "name",
                        "夏季专项",
                        "items",
                        List.of(Map.of("group", "设摊", "text", "无占道设摊", "points", 100))));
        assertThat(saved.status()).as(saved.body().toString()).isEqualTo(200);
        assertThat(saved.body().path("version").asInt()).isEqualTo(2);

        assertThat(house.read(house.inspector, begun).path("items")).hasSize(2);
        assertThat(house.read(house.inspector, begun).path("checklistVersion").asInt())
                .isEqualTo(1);
        assertThat(house.read(house.inspector, waiting).path("items")).hasSize(1);
        Answer stale = house.people.call(
                house.inspector,
                "PUT",
                "/api/v1/checklists/" + list,
                Map.of(
                        "version",
                        1,
                        "kind",
                        "special",
                        "name",
                        "旧",
                        "items",
                        List.of(Map.of("group", "a", "text", "b", "points", 1))));
        assertThat(stale.status()).isEqualTo(409);
    }

    @Test
    @Proves(
            value = {"R060", "R135"},
            screen = "/inspection/checklists",
            api = "/checklists")
    void theListsThatComeWithTheServiceAreMarkedAsSamplesUntilSomebodyMakesThemHisOwn() {
        JsonNode lists =
                house.people.get(house.inspector, "/api/v1/checklists").body().path("items");

        for (String kind : List.of("street-effect", "conduct", "interior", "recording")) {
            JsonNode list = house.people
                    .get(house.inspector, "/api/v1/checklists/" + house.checklist(kind))
                    .body();
            assertThat(list.path("sample").asBoolean()).isTrue();
            assertThat(list.path("points").decimalValue()).as(kind).isGreaterThan(java.math.BigDecimal.TEN);
        }
        assertThat(lists.size()).isGreaterThanOrEqualTo(4);
        assertThat(house.people
                        .get(house.inspector, "/api/v1/checklists/" + house.checklist("interior"))
                        .body()
                        .path("items"))
                .hasSize(8);
        Answer refused = house.people.call(
                house.own,
                "POST",
                "/api/v1/checklists",
                Map.of(
                        "kind",
                        "special",
                        "name",
                        "x",
                        "items",
                        List.of(Map.of("group", "a", "text", "b", "points", 1))));
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void whatIsNoPictureOrOfNoStreamOfTheTaskIsNotKept() {
        String task = house.begun("conduct", house.inspector);

        assertThat(CheckHouse.field(house.keep(
                        house.inspector,
                        task,
                        "%PDF-1.7 and more of it".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Map.of("at", house.start.toString()))))
                .isEqualTo("file");
        assertThat(CheckHouse.field(house.keep(
                        house.inspector,
                        task,
                        CheckHouse.JPEG,
                        Map.of("at", house.start.toString(), "streamId", "999999"))))
                .isEqualTo("streamId");
        assertThat(house.keep(house.inspector, task, CheckHouse.JPEG, Map.of("at", house.start.toString()))
                        .body()
                        .path("what")
                        .asString())
                .isEqualTo("photograph");
    }

    @Test
    void theListIsByDueTimeAndOfWhoeverAsks() {
        Person somebody = house.people.with(org.farwatch.api.access.Role.INSPECTOR);
        List<String> made = List.of(house.task("conduct", somebody), house.task("interior", somebody));

        JsonNode mine = house.people
                .get(somebody, CheckHouse.TASKS + "?mine=true&state=open")
                .body()
                .path("items");
        assertThat(mine.valueStream().map(each -> each.path("id").asString()).toList())
                .isEqualTo(made);
        JsonNode first = house.people
                .get(somebody, CheckHouse.TASKS + "?mine=true&state=open&limit=1")
                .body();
        assertThat(house.people
                        .get(
                                somebody,
                                CheckHouse.TASKS + "?mine=true&state=open&limit=1&cursor="
                                        + first.path("next").asString())
                        .body()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(made.get(1));
        assertThat(house.people
                        .get(somebody, CheckHouse.TASKS + "?mine=true&kind=interior")
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    private String made(String list) {
        return house.people
                .call(house.inspector, "POST", CheckHouse.TASKS, house.wanted(list, house.inspector))
                .body()
                .path("id")
                .asString();
    }

    private int seen(Person who, String task) {
        return house.people.get(who, CheckHouse.TASKS + "/" + task).status();
    }
}
