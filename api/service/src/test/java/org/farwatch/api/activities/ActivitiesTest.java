package org.farwatch.api.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.api.activities.ActivityHouse.seizure;
import static org.farwatch.api.activities.ActivityHouse.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Activities are entered by hand or by programs; what their stages ask for is required of the camera that was held. */
class ActivitiesTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final Instant NINE = Instant.parse("2026-04-07T01:00:00Z");

    private final ActivityHouse house = new ActivityHouse(SERVICE);
    private final String first = house.officer();
    private final String second = house.officer();

    @Test
    @Proves(
            value = "R133",
            screen = "/records/activities",
            api = "GET /activity-kinds",
            missing = "an alarm for a stage that is missing")
    void aKindSaysWhichOfItsStagesMustBeRecordedAndByWhichRule() {
        List<JsonNode> kinds = house.call("GET", "/activity-kinds", null)
                .body()
                .path("items")
                .valueStream()
                .toList();
        assertThat(kinds).extracting(kind -> kind.path("zh").asString()).contains("现场检查", "留置送达", "公告送达", "听证");
        JsonNode seizure = kinds.stream()
                .filter(kind -> kind.path("code").asString().equals("seizure"))
                .findFirst()
                .orElseThrow();
        assertThat(seizure.path("preset").asBoolean()).isTrue();
        assertThat(seizure.path("stages").valueStream())
                .allMatch(stage -> stage.path("recording").asString().equals("always")
                        && stage.path("basis").asString().contains("118号"));

        Map<String, Object> skipped = stage("清点", NINE, NINE.plusSeconds(600));
        skipped.put("mustRecord", false);
        assertThat(refusal(seizure("暂扣", List.of(first), NINE, NINE.plusSeconds(600), skipped)))
                .isEqualTo("stages[0].mustRecord must be true: a rule asks for it of 清点");
    }

    @Test
    void aStageRequiresTheCameraOfItsFirstOfficerAndTheRequirementFollowsTheStage() {
        ActivityHouse.Camera one = house.camera().held(first, NINE.minusSeconds(3_600), null);
        ActivityHouse.Camera other = house.camera().held(second, NINE.minusSeconds(3_600), null);
        JsonNode made = house.entered(seizure(
                "暂扣物品",
                List.of(first, second),
                NINE,
                NINE.plusSeconds(3_600),
                stage("清点", NINE, NINE.plusSeconds(600))));

        assertThat(required(one)).isEqualTo(600);
        assertThat(required(other)).as("one recording of a stage suffices").isZero();

        Map<String, Object> later = stage("清点", NINE, NINE.plusSeconds(1_200));
        later.put("id", made.path("stages").get(0).path("id").asString());
        JsonNode changed = change(made, seizure("暂扣物品", List.of(first, second), NINE, NINE.plusSeconds(3_600), later))
                .body();
        assertThat(required(one)).isEqualTo(1_200);
        assertThat(changed.path("stages").get(0).path("id").asString())
                .isEqualTo(made.path("stages").get(0).path("id").asString());

        other.recorded(NINE.minusSeconds(60), NINE.plusSeconds(300));
        assertThat(required(other))
                .as("what was recorded, is required of whoever recorded it")
                .isEqualTo(300);
        assertThat(required(one)).isEqualTo(900);
        assertThat(coverage(other).path("ratio").asDouble()).isEqualTo(1);

        Answer without = house.call(
                "POST",
                "/activities/" + made.path("id").asString() + "/retire",
                Map.of("version", changed.path("version").asInt(), "note", " "));
        assertThat(without.body().path("detail").asString()).startsWith("note must say why");
        JsonNode retired = house.call(
                        "POST",
                        "/activities/" + made.path("id").asString() + "/retire",
                        Map.of("version", changed.path("version").asInt(), "note", "重复录入"))
                .body();
        assertThat(retired.path("state").asString()).isEqualTo("retired");
        assertThat(retired.path("actions").size()).isZero();
        assertThat(retired.path("events")
                        .valueStream()
                        .map(event -> event.path("action").asString()))
                .containsExactly("create", "change", "retire");
        assertThat(required(one)).isZero();
        assertThat(change(retired, seizure("x", List.of(first), NINE, NINE.plusSeconds(600), later))
                        .body()
                        .path("detail")
                        .asString())
                .contains("is retired, which allows nothing, it is at its end; not change");
    }

    @Test
    void whereNobodyHeldACameraTheStageSaysSoAndCountsAsNotRecorded() {
        house.held(house.device("body-camera"), second, NINE.plusSeconds(300), null);
        ActivityHouse.Camera camera = house.camera().held(first, NINE, NINE.plusSeconds(200));
        camera.recorded(NINE, NINE.plusSeconds(200));
        JsonNode stage = house.entered(seizure(
                        "暂扣物品",
                        List.of(first, second),
                        NINE,
                        NINE.plusSeconds(600),
                        stage("查封扣押", NINE, NINE.plusSeconds(600))))
                .path("stages")
                .get(0);

        assertThat(stage.path("seconds").asDouble()).isEqualTo(600);
        assertThat(stage.path("recordedSeconds").asDouble()).isEqualTo(200);
        assertThat(stage.path("noDeviceSeconds").asDouble()).isEqualTo(100);
        assertThat(stage.path("noStreamSeconds").asDouble())
                .as("held, but not connected")
                .isEqualTo(300);
        assertThat(stage.path("outcome").asString()).isEqualTo("missing");
        assertThat(required(camera)).isEqualTo(200);
    }

    @Test
    void aProgramMaySendTheSameActivityTwiceAndAnotherOneByItsIdIsAConflict() {
        Map<String, Object> wanted = seizure(
                "暂扣物品", List.of(first, second), NINE, NINE.plusSeconds(600), stage("清点", NINE, NINE.plusSeconds(600)));
        wanted.put("externalId", People.unique("case"));
        Answer made = house.call("POST", "/activities", wanted);
        Answer again = house.call("POST", "/activities", wanted);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("source").asString()).isEqualTo("api");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("id").asString())
                .isEqualTo(made.body().path("id").asString());
        wanted.put("title", "另一件");
        Answer other = house.call("POST", "/activities", wanted);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("detail").asString())
                .contains(wanted.get("externalId") + " was given to another activity");
    }

    @Test
    void timesKindsOfficersAndSquadsThatDoNotFitAreRefusedAtTheirFieldAndNothingIsStored() {
        Map<String, Object> good =
                seizure("暂扣物品", List.of(first), NINE, NINE.plusSeconds(600), stage("清点", NINE, NINE.plusSeconds(600)));
        assertThat(refusal(but(good, "to", NINE))).startsWith("to must be after from");
        assertThat(refusal(but(good, "kind", "parade"))).startsWith("kind must be one of on-site-inspection,");
        assertThat(refusal(but(good, "officerIds", List.of(first, first))))
                .startsWith("officerIds[1] names somebody twice");
        String stranger = new ActivityHouse(SERVICE).officer();
        assertThat(refusal(but(good, "officerIds", List.of(first, stranger))))
                .isEqualTo("officerIds[1] names no officer of yours: " + stranger);
        assertThat(refusal(but(good, "squadId", new ActivityHouse(SERVICE).squad())))
                .startsWith("squadId names no squad of yours");
        assertThat(refusal(but(good, "stages", List.of(stage("清点", NINE, NINE.plusSeconds(601))))))
                .startsWith("stages[0].to must be after from");
        assertThat(refusal(but(good, "stages", List.of()))).startsWith("stages must");
        assertThat(house.call("GET", "/activities", null).body().path("items").size())
                .isZero();
    }

    @Test
    void othersSeeNothingOfItAndAStaleVersionIsAConflict() {
        Map<String, Object> wanted =
                seizure("暂扣物品", List.of(first), NINE, NINE.plusSeconds(600), stage("清点", NINE, NINE.plusSeconds(600)));
        JsonNode made = house.entered(wanted);
        ActivityHouse strangers = new ActivityHouse(SERVICE);
        String path = "/activities/" + made.path("id").asString();
        assertThat(strangers.call("GET", path, null).status()).isEqualTo(404);
        assertThat(strangers
                        .call(
                                "GET",
                                "/activity-stages/"
                                        + made.path("stages").get(0).path("id").asString(),
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(change(made, wanted).status()).isEqualTo(200);
        Answer stale = change(made, wanted);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body().path("changedBy").asString())
                .isEqualTo(house.leader().username());

        People.Person inspector = new People(SERVICE).with(Set.of(Role.INSPECTOR), Set.of());
        JsonNode seen = SERVICE.callAs(inspector.username(), People.PASSWORD, "GET", "/api/v1" + path, null)
                .body();
        assertThat(seen.path("actions").size()).isZero();
    }

    private Answer change(JsonNode before, Map<String, Object> wanted) {
        return house.call(
                "PUT",
                "/activities/" + before.path("id").asString(),
                Map.of("version", before.path("version").asInt(), "activity", wanted));
    }

    private String refusal(Map<String, Object> wanted) {
        Answer answer = house.call("POST", "/activities", wanted);
        assertThat(answer.status()).isEqualTo(400);
        return answer.body().path("detail").asString();
    }

    private static Map<String, Object> but(Map<String, Object> good, String field, Object value) {
        Map<String, Object> other = new HashMap<>(good);
        other.put(field, value instanceof List<?> list ? new ArrayList<>(list) : value);
        return other;
    }

    private static double required(ActivityHouse.Camera camera) {
        return coverage(camera).path("requiredSeconds").asDouble();
    }

    private static JsonNode coverage(ActivityHouse.Camera camera) {
        return SERVICE.get("/api/v1/streams/" + camera.stream() + "/coverage?from=" + NINE.minusSeconds(7_200) + "&to="
                        + NINE.plusSeconds(7_200))
                .body();
    }
}
