package org.farwatch.api.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is owed, over HTTP, counted from rows that other desks make. */
class QuotasTest {
    private final RunningService service = RunningService.shared();
    private final JdbcClient jdbc = service.bean(JdbcClient.class);
    private final People people = new People(service);
    private final String squad = people.squad();
    private final String other = people.squad();
    private final Person inspector = people.with(Role.INSPECTOR);
    private final Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));

    @Test
    @Proves(
            value = {"R029", "R044", "R063"},
            screen = "/inspection/quotas",
            api = "GET /quotas")
    void aSquadsOwnInspectionsCountInTheWeekInWhichTheyWereFinished() {
        inspection("street-effect", "squad", squad, "2026-03-08T15:59:59Z");
        inspection("street-effect", "squad", squad, "2026-03-08T16:00:00Z");
        inspection("street-effect", "squad", squad, "2026-03-15T15:59:59Z");
        inspection("street-effect", "bureau", squad, "2026-03-10T04:00:00Z");
        inspection("conduct", "squad", squad, "2026-03-10T04:00:00Z");
        inspection("interior", "squad", other, "2026-03-10T04:00:00Z");
        insert("street-effect", "squad", squad, "in-progress", null);

        JsonNode street = quota(leader, "街面实效：中队督察", "2026-03-09");
        assertThat(street.path("from").asString()).isEqualTo("2026-03-09");
        assertThat(street.path("to").asString()).isEqualTo("2026-03-15");
        assertThat(street.path("squads")).hasSize(1);
        assertThat(street.path("squads").get(0).path("done").asInt()).isEqualTo(2);
        assertThat(street.path("state").asString()).isEqualTo("met");
        assertThat(quota(leader, "行为规范：中队督察", "2026-03-09")
                        .path("squads")
                        .get(0)
                        .path("done")
                        .asInt())
                .isEqualTo(1);
        assertThat(ofSquad(quota(inspector, "内务管理：中队督察", "2026-03-09"), other)
                        .path("done")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Proves(
            value = {"R028", "R043"},
            screen = "/inspection/quotas",
            api = "GET /quotas")
    void theBureauCoversASquadByAnInspectionOfItsOwn() {
        inspection("street-effect", "squad", squad, "2026-04-10T04:00:00Z");
        inspection("street-effect", "bureau", other, "2026-04-10T04:00:00Z");
        JsonNode month = quota(inspector, "街面实效：区局抽查覆盖中队", "2026-04-30");
        assertThat(ofSquad(month, squad).path("state").asString()).isEqualTo("on-pace");
        assertThat(ofSquad(month, other).path("state").asString()).isEqualTo("met");
        assertThat(names(leader)).doesNotContain("街面实效：区局抽查覆盖中队");
    }

    @Test
    void onlyInspectionsOfADrawCountAsDrawn() {
        inspection("conduct", "bureau", squad, "2026-05-10T04:00:00Z");
        JsonNode quarter = quota(inspector, "双随机：抽查覆盖中队", "2026-06-30");
        assertThat(ofSquad(quarter, squad).path("done").asInt()).isZero();
    }

    @Test
    void termsAreCheckedVersionedAndLogged() {
        Map<String, Object> terms = new HashMap<>(Map.of(
                "name",
                "抽查",
                "counted",
                "squads-inspected",
                "per",
                "bureau",
                "target",
                80,
                "period",
                "quarter",
                "active",
                true));
        terms.put("target", 101);
        assertThat(problem("POST", "/api/v1/quotas", terms)).contains("percent of the squads, at most 100");
        terms.put("target", 80);
        terms.put("per", "squad");
        assertThat(problem("POST", "/api/v1/quotas", terms)).contains("must be bureau");
        terms.put("per", "bureau");
        terms.put("kind", "night");
        assertThat(problem("POST", "/api/v1/quotas", terms)).contains("must be one of", "night");
        terms.put("kind", "conduct");
        terms.put("period", "decade");
        assertThat(problem("POST", "/api/v1/quotas", terms)).contains("decade");
        terms.put("period", "quarter");

        JsonNode made = people.call(inspector, "POST", "/api/v1/quotas", terms).body();
        assertThat(made.path("version").asInt()).isEqualTo(1);
        String path = "/api/v1/quotas/" + made.path("id").asString();
        terms.put("active", false);
        assertThat(people.call(inspector, "PUT", path, terms).status()).isEqualTo(409);
        terms.put("version", 1);
        JsonNode changed = people.call(inspector, "PUT", path, terms).body();
        assertThat(changed.path("active").asBoolean()).isFalse();
        assertThat(changed.path("changedBy").asString()).isEqualTo(inspector.username());
        assertThat(people.call(inspector, "PUT", path, terms).status()).isEqualTo(409);

        Person limited = people.with(Set.of(Role.INSPECTOR), Set.of(squad));
        terms.put("version", 2);
        assertThat(people.call(limited, "PUT", path, terms).status()).isEqualTo(403);
    }

    private void inspection(String kind, String level, String squadId, String finished) {
        insert(kind, level, squadId, "done", OffsetDateTime.parse(finished));
    }

    private void insert(String kind, String level, String squadId, String state, OffsetDateTime finished) {
        jdbc.sql("""
                insert into inspection_task (kind, method, level, checklist_id, checklist_version, squad_id, starts, ends,
                    made_at, made_by, due_at, state, outcome, finished_at)
                select kind, 'screen', :level, id, version, :squad, timestamptz '2026-01-01 00:00Z',
                    timestamptz '2026-01-01 01:00Z', now(), 'test', now(), :state,
                    case when :state = 'done' then 'fine' end, :at::timestamptz
                from checklist where kind = :kind order by id limit 1""")
                .param("kind", kind)
                .param("level", level)
                .param("squad", Long.valueOf(squadId))
                .param("state", state)
                .param("at", finished)
                .update();
    }

    private String problem(String method, String path, Map<String, Object> body) {
        RunningService.Answer answer = people.call(inspector, method, path, body);
        assertThat(answer.status()).isEqualTo(400);
        return answer.body().toString();
    }

    private JsonNode quota(Person who, String name, String on) {
        for (JsonNode quota : people.get(who, "/api/v1/quotas?on=" + on).body().path("items")) {
            if (quota.path("name").asString().equals(name)
                    && quota.path("active").asBoolean()) {
                return quota;
            }
        }
        throw new AssertionError("no quota " + name);
    }

    private List<String> names(Person who) {
        return people.get(who, "/api/v1/quotas").body().findValuesAsString("name");
    }

    private static JsonNode ofSquad(JsonNode quota, String squadId) {
        for (JsonNode row : quota.path("squads")) {
            if (row.path("squadId").asString().equals(squadId)) {
                return row;
            }
        }
        throw new AssertionError("no squad " + squadId);
    }
}
