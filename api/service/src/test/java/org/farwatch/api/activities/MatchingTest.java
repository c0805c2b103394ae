package org.farwatch.api.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.farwatch.api.activities.ActivityHouse.seizure;
import static org.farwatch.api.activities.ActivityHouse.stage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Recordings are proposed by who held the camera when, and are a stage's proof once its squad said so. */
class MatchingTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final Instant NINE = Instant.parse("2026-04-08T01:00:00Z");

    private final ActivityHouse house = new ActivityHouse(SERVICE);
    private final String first = house.officer();
    private final String second = house.officer();

    @Test
    @Proves(
            value = "R132",
            screen = "/records/matching",
            api = "POST /activity-stages/{id}/accept",
            missing = "the text record")
    void aCameraHandedOverInTheMiddleGivesTwoRecordingsThatTogetherProveTheStage() {
        ActivityHouse.Camera early = house.camera()
                .held(first, NINE.minusSeconds(3_600), NINE.plusSeconds(300))
                .recorded(NINE.minusSeconds(1_200), NINE.plusSeconds(900));
        ActivityHouse.Camera late = house.camera()
                .held(second, NINE.plusSeconds(300), null)
                .recorded(NINE.plusSeconds(310), NINE.plusSeconds(2_000));
        JsonNode open = entered(NINE.plusSeconds(1_000));

        assertThat(open.path("outcome").asString()).isEqualTo("unmatched");
        assertThat(open.path("recordedSeconds").asDouble()).isEqualTo(990);
        List<JsonNode> proposals = open.path("proposals").valueStream().toList();
        assertThat(proposals)
                .extracting(one -> one.path("streamId").asString())
                .containsExactly(late.stream(), early.stream());
        assertThat(proposals.get(0).path("share").asDouble()).isEqualTo(0.69);
        assertThat(Instant.parse(proposals.get(0).path("to").asString()))
                .as("ten minutes around the stage")
                .isEqualTo(NINE.plusSeconds(1_600));
        assertThat(Instant.parse(proposals.get(1).path("to").asString()))
                .as("no longer than he held it")
                .isEqualTo(NINE.plusSeconds(300));
        assertThat(proposals.get(1).path("seconds").asDouble()).isEqualTo(300);

        JsonNode half = house.act(open, "accept", late.stream()).body();
        assertThat(half.path("match").asString()).isEqualTo("matched");
        assertThat(half.path("provenSeconds").asDouble()).isEqualTo(690);
        assertThat(waiting())
                .as("a part waits still")
                .containsExactly(half.path("id").asString());
        JsonNode whole = house.act(half, "accept", early.stream()).body();
        assertThat(whole.path("outcome").asString()).isEqualTo("recorded");
        assertThat(whole.path("provenSeconds").asDouble()).isEqualTo(990);
        assertThat(whole.path("recordings").size()).isEqualTo(2);
        assertThat(waiting()).isEmpty();

        JsonNode undone = house.act(whole, "undo", null).body();
        assertThat(undone.path("match").asString()).isEqualTo("open");
        assertThat(undone.path("provenSeconds").asDouble()).isZero();
        assertThat(undone.path("proposals").size()).isEqualTo(2);
    }

    @Test
    void anotherOfficersCameraAndOneHeldAtAnotherTimeAreNotProposed() {
        house.camera().held(house.officer(), NINE.minusSeconds(3_600), null).recorded(NINE, NINE.plusSeconds(600));
        house.camera()
                .held(first, NINE.minusSeconds(7_200), NINE.minusSeconds(3_600))
                .recorded(NINE.minusSeconds(7_200), NINE.plusSeconds(600));
        ActivityHouse.Camera before = house.camera()
                .held(first, NINE.minusSeconds(3_600), NINE.minusSeconds(60))
                .recorded(NINE.minusSeconds(400), NINE.minusSeconds(200));
        JsonNode open = entered(NINE.plusSeconds(600));
        assertThat(open.path("proposals")
                        .valueStream()
                        .map(one -> one.path("streamId").asString()))
                .as("its times are typed by hand: what ends shortly before is proposed, and would prove nothing")
                .containsExactly(before.stream());
        assertThat(open.path("proposals").get(0).path("share").asDouble()).isZero();
        assertThat(open.path("outcome").asString()).isEqualTo("missing");
    }

    @Test
    void aSquadMaySayThatThereIsNoRecordingAndTakeThatBack() {
        ActivityHouse.Camera camera = house.camera().held(first, NINE.minusSeconds(3_600), null);
        camera.recorded(NINE, NINE.plusSeconds(600));
        JsonNode open = entered(NINE.plusSeconds(600));
        JsonNode none = house.act(open, "no-recording", null).body();
        assertThat(none.path("match").asString()).isEqualTo("unrecorded");
        assertThat(none.path("outcome").asString()).isEqualTo("missing");
        assertThat(waiting()).isEmpty();
        Answer accepted = house.act(none, "accept", camera.stream());
        assertThat(accepted.status()).isEqualTo(409);
        assertThat(accepted.body().path("detail").asString()).contains("is unrecorded, which allows undo; not accept");
        JsonNode activity = house.call(
                        "GET", "/activities/" + open.path("activityId").asString(), null)
                .body();
        assertThat(activity.path("stages").get(0).path("actions").get(0).asString())
                .isEqualTo("undo");
        assertThat(house.act(none, "undo", null).body().path("outcome").asString())
                .isEqualTo("unmatched");
        JsonNode events = house.call(
                        "GET", "/activities/" + open.path("activityId").asString(), null)
                .body()
                .path("events");
        assertThat(events.valueStream().map(event -> event.path("action").asString()))
                .containsExactly("create", "no-recording", "undo");
    }

    @Test
    void whatIsNotProposedIsNotAcceptedAndOnlyOnceAndOnlyByTheSquad() {
        ActivityHouse.Camera camera = house.camera().held(first, NINE.minusSeconds(3_600), null);
        camera.recorded(NINE, NINE.plusSeconds(600));
        JsonNode open = entered(NINE.plusSeconds(600));
        assertThat(house.act(open, "accept", null).body().path("detail").asString())
                .startsWith("streamId must say whose");
        assertThat(house.act(open, "accept", house.camera().stream())
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("streamId must be that of a proposed recording");
        assertThat(house.act(open, "dance", null).body().path("detail").asString())
                .startsWith("action must be one of accept, no-recording, undo");
        assertThat(house.act(open, "accept", camera.stream()).status()).isEqualTo(200);
        assertThat(house.act(open, "accept", camera.stream()).status()).isEqualTo(409);
        assertThat(new ActivityHouse(SERVICE).act(open, "undo", null).status()).isEqualTo(404);
        People.Person reviewer = new People(SERVICE).with(Set.of(Role.LEGAL_REVIEWER), Set.of());
        JsonNode seen = SERVICE.callAs(
                        reviewer.username(),
                        People.PASSWORD,
                        "GET",
                        "/api/v1/activity-stages/" + open.path("id").asString(),
                        null)
                .body();
        assertThat(seen.path("actions").size())
                .as("those who check do not match")
                .isZero();
    }

    @Test
    void aStageThatIsNotOverIsMatchedWithNothing() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        JsonNode made = house.entered(seizure(
                "暂扣",
                List.of(first),
                now.minusSeconds(60),
                now.plusSeconds(3_600),
                stage("清点", now.minusSeconds(60), now.plusSeconds(3_600))));
        JsonNode stage = house.stage(made.path("stages").get(0).path("id").asString());
        assertThat(stage.path("outcome").asString()).isEqualTo("pending");
        assertThat(stage.path("actions").size()).isZero();
        assertThat(house.act(stage, "no-recording", null).body().path("title").asString())
                .isEqualTo("not over yet");
    }

    @Test
    void eachStateAllowsWhatItsTableSaysToWhomItSaysAndNothingElse() {
        for (Role role : Role.values()) {
            for (MatchState state : MatchState.values()) {
                for (MatchAction action : MatchAction.values()) {
                    walk(
                            MatchAction.FLOW,
                            state,
                            action,
                            role,
                            role == Role.SQUAD_LEADER
                                    && switch (state) {
                                        case OPEN -> action != MatchAction.UNDO;
                                        case MATCHED -> action != MatchAction.NO_RECORDING;
                                        case UNRECORDED -> action == MatchAction.UNDO;
                                    });
                }
            }
            for (ActivityAction action : ActivityAction.values()) {
                boolean may = Set.of(Role.SQUAD_LEADER, Role.LEGAL_REVIEWER).contains(role);
                walk(ActivityAction.FLOW, ActivityState.ACTIVE, action, role, may);
                walk(ActivityAction.FLOW, ActivityState.RETIRED, action, role, false);
            }
        }
    }

    private static <S extends Enum<S>, A extends Enum<A>> void walk(
            Flow<S, A> flow, S state, A action, Role role, boolean may) {
        assertThat(flow.actions(action.getDeclaringClass(), state, EnumSet.of(role))
                        .contains(action))
                .isEqualTo(may);
        if (may) {
            assertThat(flow.next("1", state, action, EnumSet.of(role))).isNotNull();
        } else {
            assertThatThrownBy(() -> flow.next("1", state, action, EnumSet.of(role)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(Flow.label(action));
        }
    }

    private JsonNode entered(Instant until) {
        JsonNode made = house.entered(seizure("暂扣物品", List.of(first, second), NINE, until, stage("查封扣押", NINE, until)));
        return house.stage(made.path("stages").get(0).path("id").asString());
    }

    private List<String> waiting() {
        return house.call(
                        "GET",
                        "/activity-stages/waiting?from=" + NINE.minusSeconds(3_600) + "&to=" + NINE.plusSeconds(7_200),
                        null)
                .body()
                .path("items")
                .valueStream()
                .map(stage -> stage.path("id").asString())
                .toList();
    }
}
