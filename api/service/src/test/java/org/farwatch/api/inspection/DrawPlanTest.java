package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What can be planned and frozen, and what is refused with its field or with what is missing. */
class DrawPlanTest {
    private static DrawHouse house;

    @BeforeAll
    static void start() {
        house = new DrawHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void whatIsWrongWithAPlanIsNamedAndNothingIsKept() {
        int before = count();
        List<String> officers = house.officersOnDuty();
        Map<String, Object> good = house.plan("officers-on-duty", 1);
        assertRefused("items", "must be at most 6", house.with(good, "items", 7));
        assertRefused("items", "must be at least 1, was 0", house.with(good, "items", 0));
        assertRefused("items", "must", house.with(good, "items", null));
        assertRefused("kind", "must be one of officers-on-duty, vehicles", house.with(good, "kind", "cases"));
        assertRefused("to", "must be after from", house.with(good, "to", good.get("from")));
        assertRefused("to", "at most 366 days", house.with(good, "to", "2999-01-01T00:00:00Z"));
        assertRefused("inspectors", "must be at least 2, was 1", house.with(good, "inspectors", 1));
        assertRefused("name", "must not be blank", house.with(good, "name", " "));
        assertRefused("name", "must be one line", house.with(good, "name", "a\nb"));
        assertRefused(
                "exclusions[0].reason",
                "must not be blank",
                house.with(good, "exclusions", List.of(Map.of("item", officers.get(0), "reason", ""))));
        assertRefused(
                "exclusions[1].item",
                "is not in the pool: no-such",
                house.with(
                        good,
                        "exclusions",
                        List.of(
                                Map.of("item", officers.get(0), "reason", "病假"),
                                Map.of("item", "no-such", "reason", "病假"))));
        assertRefused(
                "exclusions[1].item",
                "is excluded twice",
                house.with(
                        good,
                        "exclusions",
                        List.of(
                                Map.of("item", officers.get(0), "reason", "病假"),
                                Map.of("item", officers.get(0), "reason", "事假"))));
        assertRefused(
                "poolFrom",
                "must not be given for squads",
                house.with(house.with(good, "kind", "squads"), "poolFrom", good.get("from")));
        assertRefused("poolFrom", "must be given with poolTo", house.with(good, "poolTo", good.get("to")));
        assertRefused("replaceReason", "must be given with replaces", house.with(good, "replaces", "1"));
        assertRefused(
                "replaces",
                "names no draw of yours",
                house.with(house.with(good, "replaces", "999999"), "replaceReason", "x"));

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aPoolThatHasShrunkIsRefusedWhenItIsFrozenAndNothingIsDone() {
        List<String> officers = house.officersOnDuty();
        JsonNode planned = house.made(house.plan("officers-on-duty", 6));
        house.service
                .bean(JdbcClient.class)
                .sql("update duty set cancelled = true where officer_id = :officer")
                .param("officer", Long.valueOf(officers.get(0)))
                .update();

        Answer refused = house.press(house.inspector, planned, "freeze");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("detail").asString()).contains("items must be at most 5");
        assertThat(house.people.get(house.inspector, house.at(planned)).body().path("version"))
                .isEqualTo(planned.path("version"));
    }

    @Test
    void withoutInspectorsFromElsewhereNothingIsFrozenAndTheSquadsAreNamed() {
        Map<String, Object> plan = house.plan("squads", 1);
        plan.put("inspectors", 10);
        JsonNode planned = house.made(plan);

        Answer refused = house.press(house.inspector, planned, "freeze");

        assertThat(refused.status()).isEqualTo(409);
        String name = house.service
                .bean(JdbcClient.class)
                .sql("select name from squad where id = :id")
                .param("id", Long.valueOf(house.squads.get(0)))
                .query(String.class)
                .single();
        assertThat(refused.body().path("detail").asString())
                .contains(name + " ")
                .contains("/10");
        assertThat(house.people
                        .get(house.inspector, house.at(planned))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("planned");
    }

    @Test
    void whoCancelsAFrozenDrawSaysWhyAndTheNextNamesIt() {
        Map<String, Object> plan = house.plan("squads", 1);
        JsonNode frozen = house.step(house.inspector, house.made(plan), "freeze");
        Answer other = house.people.call(house.inspector, "POST", DrawHouse.DRAWS, plan);
        assertThat(house.press(house.inspector, other.body(), "freeze")
                        .body()
                        .path("detail")
                        .asString())
                .contains("draw " + frozen.path("id").asString() + " of the same period is frozen");
        assertThat(house.people
                        .call(
                                house.inspector,
                                "POST",
                                house.at(other.body()) + "/cancel",
                                Map.of("version", 1, "reason", "重复"))
                        .status())
                .isEqualTo(200);
        assertThat(house.people
                        .call(
                                house.inspector,
                                "POST",
                                house.at(frozen) + "/cancel",
                                Map.of("version", frozen.path("version").asInt(), "reason", " "))
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("reason must not be blank");
        JsonNode cancelled = house.people
                .call(
                        house.inspector,
                        "POST",
                        house.at(frozen) + "/cancel",
                        Map.of("version", frozen.path("version").asInt(), "reason", "中队名单有误"))
                .body();
        assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
        assertThat(cancelled.path("events").get(2).path("reason").asString()).isEqualTo("中队名单有误");

        assertRefused("replaces", "must name draw " + frozen.path("id").asString(), plan);
        plan.put("replaces", frozen.path("id").asString());
        plan.put("replaceReason", "名单已更正");
        JsonNode drawn = house.step(house.inspector, house.step(house.inspector, house.made(plan), "freeze"), "draw");

        assertThat(drawn.path("replaces").asString())
                .isEqualTo(frozen.path("id").asString());
        assertThat(house.people
                        .get(house.inspector, house.at(frozen))
                        .body()
                        .path("replacedBy")
                        .asString())
                .isEqualTo(drawn.path("id").asString());
        assertRefused("replaces", "is replaced by draw " + drawn.path("id").asString(), plan);
        plan.put("replaces", drawn.path("id").asString());
        plan.put("to", "2999-01-01T00:00:00Z");
        plan.put("from", "2998-12-01T00:00:00Z");
        assertRefused("replaces", "must be of the same kind and period", plan);
    }

    /** What it named is not covered any more, since nobody looked. */
    @Test
    void aDrawThatReplacesADrawnOneDrawsFromWhatThatOneDrewFrom() {
        Map<String, Object> plan = house.plan("squads", 1);
        JsonNode first = house.step(house.inspector, house.step(house.inspector, house.made(plan), "freeze"), "draw");
        plan.put("replaces", first.path("id").asString());
        plan.put("replaceReason", "督察员生病");
        JsonNode again = house.step(house.inspector, house.made(plan), "freeze");

        assertThat(again.path("frozen").path("covered")).isEmpty();
        assertThat(again.path("frozen").path("text").asString())
                .contains("replaces=" + first.path("id").asString());
    }

    @Test
    void everyKindHasItsPool() {
        JdbcClient jdbc = house.service.bean(JdbcClient.class);
        String vehicle = People.unique("v");
        String recorder = People.unique("b");
        jdbc.sql("""
                        insert into device (id, name, kind, protocol, protocol_id, squad_id)
                        values (:vehicle, '巡逻车', 'vehicle-terminal', 'jt808', :vehicle, :squad),
                            (:recorder, '记录仪', 'body-camera', 'mqtt', :recorder, :squad)""")
                .param("vehicle", vehicle)
                .param("recorder", recorder)
                .param("squad", Long.valueOf(house.squads.get(1)))
                .update();
        long camera = jdbc.sql("insert into stream (name, squad_id) values ('路口', :squad) returning id")
                .param("squad", Long.valueOf(house.squads.get(2)))
                .query(Long.class)
                .single();
        long worn = jdbc.sql("""
                        insert into stream (name, device_no) select '随身', no from device where id = :id returning id""").param("id", recorder).query(Long.class).single();
        // From 23:00 in Shanghai to the next midnight, and an hour of the day after that.
        jdbc.sql("""
                        insert into recording_run (stream_id, run, starts, ends)
                        values (:camera, 1, '2090-03-01T15:00:00Z', '2090-03-01T16:00:00Z'),
                            (:camera, 2, '2090-03-02T17:00:00Z', '2090-03-02T18:00:00Z')""").param("camera", camera).update();
        String period = "&from=2090-03-01T00:00:00Z&to=2090-04-01T00:00:00Z";

        assertThat(house.items("vehicles", period)).contains(vehicle).doesNotContain(recorder);
        assertThat(house.items("cameras", period)).contains("" + camera).doesNotContain("" + worn);
        assertThat(house.items("recordings", period)).containsExactly(camera + "/2090-03-01", camera + "/2090-03-03");
        assertThat(house.items("recordings", period + "&poolFrom=2090-03-02T00:00:00Z&poolTo=2090-03-03T00:00:00Z"))
                .containsExactly(camera + "/2090-03-03");
        List<String> officers = house.officersOnDuty();
        String now = DrawHouse.DUTY.formatted(house.year) + "T04:00:00Z";
        String away = DrawHouse.DUTY.formatted(house.year) + "T20:00:00Z";
        String month = "&from=" + DrawHouse.DUTY.formatted(house.year) + "T00:00:00Z&to=" + (house.year + 1)
                + "-01-01T00:00:00Z";
        assertThat(house.items("officers-on-duty", month + "&poolFrom=" + now))
                .containsExactlyInAnyOrderElementsOf(officers);
        assertThat(house.items("officers-on-duty", month + "&poolFrom=" + away)).isEmpty();
        JsonNode free = house.step(
                house.inspector,
                house.made(house.with(house.with(house.plan("cameras", 1), "exclusions", null), "items", 1)),
                "freeze");
        assertThat(free.path("state").asString()).isEqualTo("frozen");
    }

    private static void assertRefused(String field, String words, Map<String, Object> plan) {
        Answer answer = house.people.call(house.inspector, "POST", DrawHouse.DRAWS, plan);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asString())
                .as(answer.body().toString())
                .isEqualTo(field);
        assertThat(answer.body().at("/errors/0/message").asString()).contains(words);
    }

    private static int count() {
        return house.service
                .bean(JdbcClient.class)
                .sql("select count(*) from draw")
                .query(Integer.class)
                .single();
    }
}
