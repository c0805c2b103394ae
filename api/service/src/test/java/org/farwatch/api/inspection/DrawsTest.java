package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.farwatch.api.Farwatch;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Draws over HTTP, from the plan to the record. Each test has a period of its own. */
class DrawsTest {
    private static DrawHouse house;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        house = new DrawHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void aDrawIsPlannedFrozenDrawnAndItsRecordProvesIt() throws Exception {
        List<String> officers = house.officersOnDuty();
        Map<String, Object> plan = house.plan("officers-on-duty", 4);
        plan.put("exclusions", List.of(Map.of("item", officers.get(5), "reason", "产假")));
        JsonNode planned = house.made(plan);
        assertThat(planned.path("state").asString()).isEqualTo("planned");
        assertThat(house.words(planned.path("actions"))).containsExactly("freeze", "cancel");
        assertThat(planned.has("commitment")).isFalse();
        assertThat(house.people
                        .get(house.inspector, house.at(planned) + "/record")
                        .status())
                .isEqualTo(409);

        JsonNode frozen = house.step(house.inspector, planned, "freeze");
        assertThat(frozen.path("state").asString()).isEqualTo("frozen");
        assertThat(house.words(frozen.path("actions"))).containsExactly("draw", "cancel");
        assertThat(frozen.path("frozen").path("pool")).hasSize(5);
        assertThat(frozen.path("frozen").path("excluded").get(0).path("reason").asString())
                .isEqualTo("产假");
        assertThat(frozen.path("frozen").path("text").asString())
                .contains("commitment=" + frozen.path("commitment").asString());
        assertThat(frozen.has("result")).isFalse();
        String published = house.people
                .get(house.inspector, house.at(frozen) + "/record")
                .response()
                .body();

        JsonNode drawn = house.step(house.second, frozen, "draw");
        assertThat(drawn.path("state").asString()).isEqualTo("drawn");
        assertThat(drawn.path("actions")).isEmpty();
        assertThat(drawn.path("result").path("items")).hasSize(4);
        assertThat(drawn.path("commitment")).isEqualTo(frozen.path("commitment"));
        assertThat(published).doesNotContain(drawn.path("result").path("seed").asString());
        assertThat(StreamSupport.stream(drawn.path("result").path("teams").spliterator(), false)
                        .filter(team -> team.path("squadId").asString().equals(house.squads.get(0)))
                        .flatMap(team ->
                                StreamSupport.stream(team.path("inspectors").spliterator(), false))
                        .map(member -> member.path("username").asString()))
                .hasSize(2)
                .doesNotContain(house.second.username());
        assertThat(drawn.path("events")).hasSize(3);
        assertThat(drawn.path("events").get(2).path("by").asString()).isEqualTo(house.second.username());

        assertThat(verified(house.reviewer, drawn)).isZero();
        assertThat(house.service
                        .bean(JdbcClient.class)
                        .sql("select item_id from draw_item where draw_id = :id order by place")
                        .param("id", drawn.path("id").asLong())
                        .query(String.class)
                        .list())
                .isEqualTo(
                        StreamSupport.stream(drawn.path("result").path("items").spliterator(), false)
                                .map(item -> item.path("id").asString())
                                .toList());
    }

    @Test
    @Proves(
            value = {"R028", "R143"},
            screen = "/inspection/draws",
            api = "/draws",
            missing = "the check that follows the draw, and its quota")
    void drawsOfAPeriodNameEverySquadBeforeAnyIsNamedAgain() {
        Map<String, Object> plan = house.plan("squads", 1);
        List<String> named = new ArrayList<>();
        int squads = house.everything("squads", plan).path("items").size();
        for (int i = 0; i < squads; i++) {
            JsonNode drawn =
                    house.step(house.inspector, house.step(house.inspector, house.made(plan), "freeze"), "draw");
            named.add(drawn.path("result").path("items").get(0).path("id").asString());
        }

        assertThat(named).doesNotHaveDuplicates().containsAll(house.squads);
        assertThat(house.everything("squads", plan).path("covered")).hasSize(squads);
        assertThat(house.everything("squads", house.plan("squads", 1)).path("covered"))
                .isEmpty();
    }

    @Test
    void ofTwoWhoPressDrawAtOnceOneIsTold() throws Exception {
        JsonNode frozen = house.step(house.inspector, house.made(house.plan("squads", 1)), "freeze");
        frozen = house.people.get(house.inspector, house.at(frozen)).body();
        JsonNode seen = frozen;
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<Answer>> presses = List.of(
                    () -> house.press(house.inspector, seen, "draw"), () -> house.press(house.second, seen, "draw"));
            for (var answer : both.invokeAll(presses)) {
                statuses.add(answer.get().status());
                if (answer.get().status() == 409) {
                    assertThat(answer.get().body().path("changedBy").asString())
                            .isIn(house.inspector.username(), house.second.username());
                }
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void whoIsLimitedToSquadsDrawsFromTheseAndSeesNoOthers() {
        Person limited = house.people.with(Set.of(Role.INSPECTOR), Set.of(house.squads.get(2)));
        JsonNode district = house.made(house.plan("squads", 1));
        assertThat(house.people.get(limited, house.at(district)).status()).isEqualTo(404);
        assertThat(house.press(limited, district, "freeze").status()).isEqualTo(404);

        Answer own = house.people.call(limited, "POST", DrawHouse.DRAWS, house.plan("squads", 1));
        assertThat(own.status()).as(own.body().toString()).isEqualTo(201);
        JsonNode frozen = house.step(limited, own.body(), "freeze");
        assertThat(frozen.path("frozen").path("pool")).hasSize(1);
        assertThat(frozen.path("frozen").path("pool").get(0).path("id").asString())
                .isEqualTo(house.squads.get(2));
        JsonNode drawn = house.step(house.inspector, frozen, "draw");
        assertThat(house.words(drawn.at("/result/teams/0/inspectors"), "username"))
                .doesNotContain(limited.username());
        assertThat(house.people.get(limited, DrawHouse.DRAWS).body().path("items"))
                .allMatch(draw -> draw.path("plannedBy").asString().equals(limited.username()));
    }

    @Test
    void everyStateTakesItsActionsFromInspectorsAndRefusesTheOthersSayingWhatIsMissing() {
        for (DrawState state : DrawState.values()) {
            for (DrawState.Action action : DrawState.Action.values()) {
                Set<DrawState.Action> open =
                        DrawState.FLOW.actions(DrawState.Action.class, state, Set.of(Role.INSPECTOR));
                for (Role role : Role.values()) {
                    if (open.contains(action) && role == Role.INSPECTOR) {
                        assertThat(DrawState.FLOW.next("7", state, action, Set.of(role)))
                                .isNotEqualTo(state);
                    } else {
                        assertThatThrownBy(() -> DrawState.FLOW.next("7", state, action, Set.of(role)))
                                .isInstanceOf(Refusal.class)
                                .hasMessageContaining(
                                        open.contains(action) ? "for the inspector" : "draw 7 is " + Flow.label(state));
                    }
                }
            }
        }
        assertThat(EnumSet.allOf(DrawState.class).stream().filter(DrawState.FLOW::ends))
                .containsExactly(DrawState.DRAWN, DrawState.CANCELLED);
    }

    @Test
    void anActionThatTheStateDoesNotAllowIsRefusedOverHttp() {
        JsonNode planned = house.made(house.plan("squads", 1));
        assertThat(house.press(house.inspector, planned, "draw")
                        .body()
                        .path("detail")
                        .asString())
                .contains("is planned, which allows freeze, cancel; not draw");
        assertThat(house.press(house.reviewer, planned, "freeze").status()).isEqualTo(403);
        JsonNode drawn = house.step(house.inspector, house.step(house.inspector, planned, "freeze"), "draw");
        for (String action : List.of("freeze", "draw")) {
            Answer refused = house.press(house.inspector, drawn, action);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("detail").asString()).contains("which allows nothing, it is at its end");
        }
        assertThat(house.people
                        .call(
                                house.inspector,
                                "POST",
                                house.at(drawn) + "/cancel",
                                Map.of("version", drawn.path("version").asInt(), "reason", "不满意"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theDatabaseItselfRefusesToChangeWhatIsFrozenOrDrawn() {
        JsonNode frozen = house.step(house.inspector, house.made(house.plan("squads", 1)), "freeze");
        for (String change : List.of(
                "update draw set items = 2 where id = :id",
                "update draw set commitment = 'x' where id = :id",
                "update draw set document = '{}' where id = :id",
                "delete from draw where id = :id")) {
            assertThatThrownBy(() -> sql(change, frozen)).isInstanceOf(DataAccessException.class);
        }
        JsonNode drawn = house.step(house.inspector, frozen, "draw");
        for (String change : List.of(
                "update draw set document = '{}' where id = :id",
                "update draw set state = 'frozen' where id = :id",
                "update draw_item set place = 9 where draw_id = :id",
                "delete from draw_team where draw_id = :id",
                "update draw_event set reason = 'x' where draw_id = :id")) {
            assertThatThrownBy(() -> sql(change, drawn)).isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void theSeedIsNowhereToBeReadBeforeTheDrawAndASeedThatIsGoneIsSaid() {
        JsonNode frozen = house.step(house.inspector, house.made(house.plan("squads", 1)), "freeze");
        String stored = house.service
                .bean(JdbcClient.class)
                .sql("select row_to_json(d)::text || (select coalesce(string_agg(a::text, ''), '') from audit_log a"
                        + " where a.subject = 'draw') from draw d where id = :id")
                .param("id", frozen.path("id").asLong())
                .query(String.class)
                .single();
        JsonNode drawn = house.step(house.inspector, frozen, "draw");
        assertThat(stored).doesNotContain(drawn.path("result").path("seed").asString());

        // As after a restore onto a house with other keys.
        JsonNode lost = house.step(house.inspector, house.made(house.plan("squads", 1)), "freeze");
        JdbcClient jdbc = house.service.bean(JdbcClient.class);
        jdbc.sql("alter table draw disable trigger draw_frozen").update();
        jdbc.sql("update draw set seed_sealed = :other where id = :id")
                .param("other", new byte[60])
                .param("id", lost.path("id").asLong())
                .update();
        jdbc.sql("alter table draw enable trigger draw_frozen").update();
        Answer refused = house.press(house.inspector, lost, "draw");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString()).contains("cannot be opened with the keys of this house");
    }

    private int verified(Person who, JsonNode draw) throws Exception {
        Path file = folder.resolve("record.json");
        Files.writeString(
                file,
                house.people.get(who, house.at(draw) + "/record").response().body(),
                StandardCharsets.UTF_8);
        return Farwatch.commandLine()
                .execute(
                        "verify",
                        file.toString(),
                        "--commitment",
                        draw.path("commitment").asString());
    }

    private static void sql(String change, JsonNode draw) {
        house.service
                .bean(JdbcClient.class)
                .sql(change)
                .param("id", draw.path("id").asLong())
                .update();
    }
}
