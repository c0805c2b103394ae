package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A service with three squads, inspectors of them and from elsewhere, and what tests do with draws. */
final class DrawHouse implements AutoCloseable {
    static final String DRAWS = "/api/v1/draws";
    static final String DUTY = "%d-03-02";

    final RunningService service = RunningService.start(Map.of());
    final People people = new People(service);
    final List<String> squads = List.of(people.squad(), people.squad(), people.squad());
    final Person inspector = people.with(Role.INSPECTOR);
    /** An officer of the first squad. */
    final Person second = people.with(Role.INSPECTOR);

    final Person reviewer = people.with(Role.LEGAL_REVIEWER);
    /** Of the period that the next plan has. */
    int year = 2100;

    DrawHouse() {
        people.link(second, people.officer(squads.get(0)));
    }

    @Override
    public void close() {
        service.close();
    }

    /** Two of each squad, on duty in the period of the next plan. */
    List<String> officersOnDuty() {
        year++;
        JdbcClient jdbc = service.bean(JdbcClient.class);
        long post = jdbc.sql("""
                        insert into post (name, geometry) values (:name, :geometry::jsonb) returning id""")
                .param("name", People.unique("post"))
                .param(
                        "geometry",
                        "{\"type\":\"Polygon\",\"coordinates\":[[[121.4,31.1],[121.5,31.1],[121.5,31.2],[121.4,31.1]]]}")
                .query(Long.class)
                .single();
        List<String> officers = new ArrayList<>();
        for (String squad : squads) {
            for (int i = 0; i < 2; i++) {
                String officer = people.officer(squad);
                officers.add(officer);
                jdbc.sql("insert into duty (officer_id, post_id, starts, ends) values (:officer, :post, :start, :end)")
                        .param("officer", Long.valueOf(officer))
                        .param("post", post)
                        .param("start", Timestamp.from(Instant.parse(DUTY.formatted(year) + "T00:00:00Z")))
                        .param("end", Timestamp.from(Instant.parse(DUTY.formatted(year) + "T08:00:00Z")))
                        .update();
            }
        }
        return officers;
    }

    /** Of officers the period in which those made last are on duty, otherwise one of its own. */
    Map<String, Object> plan(String kind, int items) {
        if (!kind.equals("officers-on-duty")) {
            year++;
        }
        Map<String, Object> plan = new HashMap<>();
        plan.put("name", "三月街面抽查");
        plan.put("kind", kind);
        plan.put("from", year + "-03-01T00:00:00Z");
        plan.put("to", year + "-04-01T00:00:00Z");
        plan.put("items", items);
        plan.put("inspectors", 2);
        return plan;
    }

    Map<String, Object> with(Map<String, Object> plan, String field, Object value) {
        Map<String, Object> other = new HashMap<>(plan);
        other.put(field, value);
        return other;
    }

    JsonNode made(Map<String, Object> plan) {
        Answer answer = people.call(inspector, "POST", DRAWS, plan);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    Answer press(Person who, JsonNode draw, String action) {
        return people.call(
                who,
                "POST",
                at(draw) + "/" + action,
                Map.of("version", draw.path("version").asInt()));
    }

    JsonNode step(Person who, JsonNode draw, String action) {
        Answer answer = press(who, draw, action);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    JsonNode everything(String kind, Map<String, Object> plan) {
        return people.get(
                        inspector, DRAWS + "/pool?kind=" + kind + "&from=" + plan.get("from") + "&to=" + plan.get("to"))
                .body();
    }

    List<String> items(String kind, String query) {
        Answer answer = people.get(inspector, DRAWS + "/pool?kind=" + kind + query);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return words(answer.body().path("items"), "id");
    }

    String at(JsonNode draw) {
        return DRAWS + "/" + draw.path("id").asString();
    }

    List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    List<String> words(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(member).asString())
                .toList();
    }
}
