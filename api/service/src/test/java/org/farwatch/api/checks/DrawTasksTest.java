package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a draw to its tasks. */
class DrawTasksTest {
    private static final AtomicInteger YEAR = new AtomicInteger(2200);

    private CheckHouse house;

    @BeforeEach
    void start() {
        house = new CheckHouse();
    }

    @Test
    @Proves(
            value = {"R028", "R059"},
            screen = "/inspection/draws",
            api = "POST /draws/{id}/tasks",
            missing = "its quota")
    void everyItemOfADrawBecomesOneTaskOfTheTeamThatWasDrawnForIt() {
        String draw = drawn("officers-on-duty", 1);

        Answer made = make(draw, Map.of());
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        assertThat(made.body().path("made").asInt()).isOne();
        JsonNode rows = house.people
                .get(house.inspector, "/api/v1/draws/" + draw + "/sheet")
                .body()
                .path("items");
        assertThat(rows).hasSize(1);
        JsonNode task = rows.get(0).path("task");
        assertThat(task.path("officerId").asString()).isEqualTo(house.officer);
        assertThat(task.path("squadId").asString()).isEqualTo(house.squad);
        assertThat(task.path("level").asString()).isEqualTo("bureau");
        assertThat(Instant.parse(task.path("start").asString())).isEqualTo(house.start);
        assertThat(task.path("drawPlace").asInt()).isOne();
        assertThat(task.path("items").size()).isEqualTo(7);
        List<String> team = house.jdbc()
                .sql("""
                        select u.id::text from draw_team t join app_user u on u.username = t.username
                        where t.draw_id = :draw order by u.id""")
                .param("draw", Long.valueOf(draw))
                .query(String.class)
                .list();
        assertThat(task.path("persons")
                        .valueStream()
                        .map(each -> each.path("id").asString()))
                .containsExactlyInAnyOrderElementsOf(team)
                .hasSize(2);
    }

    @Test
    void doneAgainNothingIsMadeTwice() {
        String draw = drawn("officers-on-duty", 1);
        make(draw, Map.of());

        Answer again = make(draw, Map.of("checklistId", house.checklist("interior")));

        assertThat(again.body().path("made").asInt()).isZero();
        assertThat(again.body().path("before").asInt()).isOne();
        assertThat(house.jdbc()
                        .sql("select count(*) from inspection_task where draw_id = :draw")
                        .param("draw", Long.valueOf(draw))
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void whatHasNoTimeOfItsOwnNeedsOne() {
        String draw = drawn("squads", 1);

        assertThat(CheckHouse.field(make(draw, Map.of()))).isEqualTo("start");
        assertThat(make(draw, Map.of("start", house.start.toString(), "end", house.end.toString()))
                        .body()
                        .path("made")
                        .asInt())
                .isOne();
    }

    @Test
    void whatIsNotDrawnHasNoTasks() {
        String draw = planned("squads", 1).path("id").asString();

        assertThat(make(draw, Map.of()).status()).isEqualTo(409);
        assertThat(house.people
                        .call(house.own, "POST", "/api/v1/draws/" + draw + "/tasks", body(Map.of()))
                        .status())
                .as("a draw of the district for somebody of one squad")
                .isEqualTo(404);
    }

    private Answer make(String draw, Map<String, Object> more) {
        return house.people.call(house.inspector, "POST", "/api/v1/draws/" + draw + "/tasks", body(more));
    }

    private Map<String, Object> body(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "checklistId",
                house.checklist("conduct"),
                "method",
                "screen",
                "dueAt",
                Instant.now().plusSeconds(86_400).toString()));
        body.putAll(more);
        return body;
    }

    private JsonNode planned(String kind, int items) {
        int year = YEAR.incrementAndGet();
        Map<String, Object> plan = new HashMap<>(Map.of(
                "name",
                "抽查",
                "kind",
                kind,
                "from",
                year + "-03-01T00:00:00Z",
                "to",
                year + "-04-01T00:00:00Z",
                "items",
                items,
                "inspectors",
                2));
        if (kind.equals("officers-on-duty")) {
            plan.put("poolFrom", house.start.toString());
            plan.put("poolTo", house.end.toString());
        }
        Answer answer = house.people.call(house.inspector, "POST", "/api/v1/draws", plan);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private String drawn(String kind, int items) {
        JsonNode draw = planned(kind, items);
        String id = draw.path("id").asString();
        for (String step : List.of("freeze", "draw")) {
            Answer answer = house.people.call(
                    house.inspector,
                    "POST",
                    "/api/v1/draws/" + id + "/" + step,
                    Map.of("version", draw.path("version").asInt()));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            draw = answer.body();
        }
        return id;
    }
}
