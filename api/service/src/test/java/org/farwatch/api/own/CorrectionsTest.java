package org.farwatch.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is wrong is said by the officer, answered by his leader, and seen by nobody else. */
class CorrectionsTest {
    private static final String CORRECTIONS = "/api/v1/corrections";

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final String squad = people.squad();
    private final People.Person officer = person(Set.of(Role.OFFICER), squad);
    private final People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));

    @Test
    void anOfficerAsksAndHisLeaderAnswers() {
        JsonNode asked = ask(officer);
        assertThat(asked.path("state").asString()).isEqualTo("asked");
        assertThat(asked.path("actions")).isEmpty();
        JsonNode seen = list(leader).get(0);
        assertThat(seen.path("request").asString()).isEqualTo("20日早班我已与王五调班");
        assertThat(seen.path("actions").get(0).asString()).isEqualTo("answer");

        Answer answered = answer(leader, seen, true, "已更正排班");

        assertThat(answered.status()).isEqualTo(200);
        JsonNode own = list(officer).get(0);
        assertThat(own.path("state").asString()).isEqualTo("answered");
        assertThat(own.path("corrected").asBoolean()).isTrue();
        assertThat(own.path("answer").asString()).isEqualTo("已更正排班");
        assertThat(own.path("answeredBy").asString()).isEqualTo(leader.username());
        JsonNode whole = people.get(officer, CORRECTIONS + "/" + own.path("id").asString())
                .body();
        assertThat(whole.path("events")
                        .valueStream()
                        .map(event -> event.path("action").asString()))
                .containsExactly("ask", "answer");
        assertThat(audited(own.path("id").asString())).isEqualTo(2);
    }

    @Test
    void nobodyElseSeesItAndNobodyAnswersHisOwn() {
        JsonNode asked = ask(officer);
        People.Person colleague = person(Set.of(Role.OFFICER), squad);
        People.Person stranger = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        assertThat(list(colleague)).isEmpty();
        assertThat(list(stranger)).isEmpty();
        String path = CORRECTIONS + "/" + asked.path("id").asString();
        assertThat(people.get(colleague, path).status()).isEqualTo(404);
        assertThat(answer(stranger, asked, true, "x").status()).isEqualTo(404);
        assertThat(answer(officer, asked, true, "x").status()).isEqualTo(403);

        String officerId = people.officer(squad);
        People.Person leading = people.with(Set.of(Role.SQUAD_LEADER, Role.OFFICER), Set.of(squad));
        people.link(leading, officerId);
        JsonNode own = ask(leading);
        assertThat(own.path("actions")).isEmpty();
        Answer refused = answer(leading, own, true, "x");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(detail(refused)).isEqualTo("nobody answers his own correction request");
        assertThat(answer(leader, own, false, "记录无误").status()).isEqualTo(200);
    }

    @Test
    void whatIsMissingOrTooLateIsRefused() {
        assertThat(detail(people.call(officer, "POST", CORRECTIONS, Map.of("kind", "weather", "request", "x"))))
                .startsWith("kind must be one of roster, presence, custody, finding, other");
        assertThat(people.call(officer, "POST", CORRECTIONS, Map.of("kind", "roster", "request", " "))
                        .status())
                .isEqualTo(400);
        assertThat(detail(people.call(
                        people.with(Role.OFFICER), "POST", CORRECTIONS, Map.of("kind", "roster", "request", "x"))))
                .contains("by an officer of the register");
        JsonNode asked = ask(officer);
        assertThat(people.call(
                                leader,
                                "POST",
                                CORRECTIONS + "/" + asked.path("id").asString() + "/answer",
                                Map.of("version", 1, "answer", "x"))
                        .status())
                .isEqualTo(400);
        JsonNode answered = answer(leader, asked, false, "记录无误").body();
        assertThat(answer(leader, asked, true, "再次").status()).isEqualTo(409);
        assertThat(detail(answer(leader, answered, true, "再次"))).contains("is answered, which allows nothing");
    }

    @Test
    void everyStateAndRoleIsDecidedAsTheTableSays() {
        for (CorrectionState state : CorrectionState.values()) {
            for (Role role : Role.values()) {
                boolean allowed = state == CorrectionState.ASKED && role == Role.SQUAD_LEADER;
                assertThat(CorrectionState.FLOW.actions(CorrectionState.Action.class, state, Set.of(role)))
                        .hasSize(allowed ? 1 : 0);
                assertThat(passes(state, role)).isEqualTo(allowed);
            }
        }
    }

    private static boolean passes(CorrectionState state, Role role) {
        try {
            return CorrectionState.FLOW.next("1", state, CorrectionState.Action.ANSWER, Set.of(role))
                    == CorrectionState.ANSWERED;
        } catch (Refusal refusal) {
            assertThat(refusal).hasMessageContaining(Flow.label(CorrectionState.Action.ANSWER));
            return false;
        }
    }

    private People.Person person(Set<Role> roles, String squadId) {
        People.Person made = people.with(roles, Set.of());
        people.link(made, people.officer(squadId));
        return made;
    }

    private JsonNode ask(People.Person who) {
        Answer asked = people.call(who, "POST", CORRECTIONS, Map.of("kind", "roster", "request", "20日早班我已与王五调班"));
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(201);
        return asked.body();
    }

    private Answer answer(People.Person who, JsonNode asked, boolean corrected, String text) {
        return people.call(
                who,
                "POST",
                CORRECTIONS + "/" + asked.path("id").asString() + "/answer",
                Map.of("version", asked.path("version").asInt(), "corrected", corrected, "answer", text));
    }

    private JsonNode list(People.Person who) {
        return people.get(who, CORRECTIONS).body().path("items");
    }

    private long audited(String id) {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from audit_log where subject = 'correction-request' and subject_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private static String detail(Answer answer) {
        return answer.body().path("detail").asString();
    }
}
