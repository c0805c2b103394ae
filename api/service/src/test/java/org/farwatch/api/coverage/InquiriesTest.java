package org.farwatch.api.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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

/** A gap is asked about, answered by its squad, and accepted or passed on; the heat map tells which are explained. */
class InquiriesTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final People PEOPLE = new People(SERVICE);
    private static final String INQUIRIES = "/api/v1/gap-inquiries";

    private final String squad = PEOPLE.squad();
    private final People.Person reviewer = PEOPLE.with(Set.of(Role.LEGAL_REVIEWER), Set.of());
    private final People.Person leader = PEOPLE.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
    private final Instant start = Instant.parse("2026-03-02T16:00:00Z");
    private final CoverageRows rows = CoverageRows.of(SERVICE, squad)
            .required(start, start.plus(2, ChronoUnit.HOURS))
            .recorded(start, start.plusSeconds(3_600))
            .recorded(start.plusSeconds(4_200), start.plusSeconds(7_200));

    @Test
    void aGapIsAskedAboutExplainedAndAcceptedAndThenNoLongerUnexplained() {
        assertThat(day().path("explainedSeconds").asDouble()).isZero();
        JsonNode asked = ask();
        assertThat(asked.path("state").asString()).isEqualTo("asked");
        assertThat(asked.path("cause").asString()).isNotEmpty();
        assertThat(Instant.parse(asked.path("answerUntil").asString())).isAfter(Instant.now());
        assertThat(asked.path("actions").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("pass-on", "withdraw");

        JsonNode seen = list(leader).get(0);
        assertThat(seen.path("actions").valueStream().map(JsonNode::asString)).containsExactly("explain");
        JsonNode explained = act(leader, seen, "explain", "weather", "暴雨，设备收回").body();
        assertThat(explained.path("state").asString()).isEqualTo("explained");
        assertThat(explained.path("explanation").asString()).isEqualTo("暴雨，设备收回");
        assertThat(day().path("explainedSeconds").asDouble())
                .as("not before it is accepted")
                .isZero();

        JsonNode again = act(reviewer, explained, "ask-again", null, "请写明收回时间").body();
        JsonNode answered = act(leader, again, "explain", "weather", "零时五十分收回").body();
        JsonNode accepted = act(reviewer, answered, "accept", null, null).body();

        assertThat(accepted.path("state").asString()).isEqualTo("accepted");
        assertThat(accepted.path("events")
                        .valueStream()
                        .map(event -> event.path("action").asString()))
                .containsExactly("ask", "explain", "ask-again", "explain", "accept");
        JsonNode day = day();
        assertThat(day.path("requiredSeconds").asDouble()).isEqualTo(7_200);
        assertThat(day.path("recordedSeconds").asDouble()).isEqualTo(6_600);
        assertThat(day.path("explainedSeconds").asDouble()).isEqualTo(600);
    }

    @Test
    void anAnswerThatDoesNotHoldIsASupervisionLeadOfThatSquadAndNothingIsBeforeItWasHeard() {
        JsonNode asked = ask();
        Answer early = act(reviewer, asked, "pass-on", null, "无说明");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("detail").asString()).contains("until").contains("to answer");

        JsonNode explained = act(leader, asked, "explain", "forgotten", null).body();
        JsonNode passed = act(reviewer, explained, "pass-on", null, "非法定中断情形").body();
        assertThat(passed.path("state").asString()).isEqualTo("passed-on");
        String lead = passed.path("leadId").asString();
        JsonNode made = SERVICE.get("/api/v1/supervision-leads/" + lead).body();
        assertThat(made.path("squadId").asString()).isEqualTo(squad);
        assertThat(made.path("what").asString()).contains("应录未录");
        assertThat(made.path("state").asString()).isEqualTo("new");
    }

    @Test
    void aSquadThatDoesNotAnswerInTimeMayBePassedOn() {
        JsonNode asked = ask();
        SERVICE.bean(JdbcClient.class)
                .sql("update gap_inquiry set answer_until = :past where id = :id")
                .param("past", Timestamp.from(Instant.now().minusSeconds(1)))
                .param("id", asked.path("id").asLong())
                .update();
        assertThat(act(reviewer, asked, "pass-on", null, "逾期").status()).isEqualTo(200);
    }

    @Test
    void whatIsNoGapThroughoutOrWasAskedBeforeIsRefusedAtItsField() {
        assertThat(refusal(question(start, start.plusSeconds(4_200)))).startsWith("from and to must be a gap");
        assertThat(refusal(question(start.plusSeconds(7_200), start.plusSeconds(7_300))))
                .as("nothing had to be recorded")
                .startsWith("from and to must be a gap");
        assertThat(refusal(question(start.plusSeconds(4_000), start.plusSeconds(3_700))))
                .startsWith("to must be after from");
        Map<String, Object> nobody = question(start.plusSeconds(3_600), start.plusSeconds(4_200));
        nobody.put("streamId", CoverageRows.of(SERVICE).id());
        assertThat(refusal(nobody)).startsWith("squadId must say who is asked");

        ask();
        Answer twice = SERVICE.callAs(
                reviewer.username(),
                People.PASSWORD,
                "POST",
                INQUIRIES,
                question(start.plusSeconds(3_700), start.plusSeconds(3_800)));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body().path("detail").asString()).contains("was asked about already");
    }

    @Test
    void wordsThatAnActionNeedsAreAskedForAndAStaleVersionIsAConflict() {
        JsonNode asked = ask();
        assertThat(act(leader, asked, "explain", null, "x")
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("reason must say why");
        assertThat(act(leader, asked, "explain", "aliens", "x")
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("reason must be one of device-fault");
        assertThat(act(leader, asked, "explain", "other", " ")
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("note must say why");
        assertThat(act(reviewer, asked, "withdraw", null, null)
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("note must say why");
        JsonNode explained = act(leader, asked, "explain", "power-cut", null).body();
        assertThat(act(leader, asked, "explain", "power-cut", null).status()).isEqualTo(409);
        assertThat(act(reviewer, explained, "ask-again", null, null)
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("note must say what");
        assertThat(act(reviewer, explained, "dance", null, null)
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("action must be one of explain, accept, ask-again, pass-on, withdraw");
    }

    @Test
    void otherSquadsSeeNothingOfIt() {
        JsonNode asked = ask();
        People.Person stranger = PEOPLE.with(Set.of(Role.SQUAD_LEADER), Set.of(PEOPLE.squad()));
        assertThat(list(stranger).size()).isZero();
        assertThat(act(stranger, asked, "explain", "weather", null).status()).isEqualTo(404);
    }

    @Test
    void eachStateAllowsWhatItsTableSaysToWhomItSaysAndNothingElse() {
        for (InquiryState state : InquiryState.values()) {
            for (InquiryAction action : InquiryAction.values()) {
                for (Role role : Role.values()) {
                    boolean known = InquiryAction.FLOW.steps().stream()
                            .anyMatch(step -> step.from() == state
                                    && step.action() == action
                                    && step.roles().contains(role));
                    boolean offered = InquiryAction.FLOW
                            .actions(InquiryAction.class, state, EnumSet.of(role))
                            .contains(action);
                    assertThat(offered).isEqualTo(known);
                    assertThat(passes(state, action, role)).isEqualTo(known);
                }
            }
        }
        assertThat(List.of(InquiryState.ACCEPTED, InquiryState.PASSED_ON, InquiryState.WITHDRAWN))
                .allMatch(InquiryAction.FLOW::ends);
    }

    @Test
    void theHeatMapCutsByTheBureausDaysAndHoursAndAddsUpToTheWhole() {
        String by = "/api/v1/coverage/cells?by=stream&squadId=" + squad + "&from=" + start + "&to="
                + start.plus(1, ChronoUnit.DAYS) + "&step=hour";
        List<JsonNode> hours =
                SERVICE.get(by).body().path("items").valueStream().toList();
        assertThat(hours).hasSize(2);
        assertThat(hours)
                .extracting(hour -> hour.path("recordedSeconds").asDouble())
                .containsExactly(3_600.0, 3_000.0);
        assertThat(hours.getFirst().path("streamId").asString()).isEqualTo(rows.id());
        assertThat(hours.getFirst().path("from").asString()).isEqualTo(start.toString());

        assertThat(refused("by=moon&step=day")).startsWith("by must be one of squad, stream");
        assertThat(refused("by=squad&step=week")).startsWith("step must be one of day, hour");
        String long9 =
                "/api/v1/coverage/cells?by=squad&step=hour&from=" + start + "&to=" + start.plus(Duration.ofDays(9));
        assertThat(SERVICE.get(long9).body().path("detail").asString()).startsWith("to must be at most 8 days");
    }

    private static boolean passes(InquiryState state, InquiryAction action, Role role) {
        try {
            InquiryAction.FLOW.next("1", state, action, EnumSet.of(role));
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.getMessage()).contains(Flow.label(action));
            return false;
        }
    }

    private JsonNode ask() {
        Answer asked = SERVICE.callAs(
                reviewer.username(),
                People.PASSWORD,
                "POST",
                INQUIRIES,
                question(start.plusSeconds(3_600), start.plusSeconds(4_200)));
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(201);
        return asked.body();
    }

    private Map<String, Object> question(Instant from, Instant to) {
        return new HashMap<>(Map.of("streamId", rows.id(), "from", from, "to", to, "question", "为何未录"));
    }

    private String refusal(Map<String, Object> question) {
        Answer refused = SERVICE.callAs(reviewer.username(), People.PASSWORD, "POST", INQUIRIES, question);
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
        return refused.body().path("detail").asString();
    }

    private String refused(String query) {
        Answer refused = SERVICE.get(
                "/api/v1/coverage/cells?" + query + "&from=" + start + "&to=" + start.plus(1, ChronoUnit.DAYS));
        assertThat(refused.status()).isEqualTo(400);
        return refused.body().path("detail").asString();
    }

    private static Answer act(People.Person who, JsonNode inquiry, String action, String reason, String note) {
        Map<String, Object> body = new HashMap<>();
        body.put("version", inquiry.path("version").asInt());
        body.put("reason", reason);
        body.put("note", note);
        return SERVICE.callAs(
                who.username(),
                People.PASSWORD,
                "POST",
                INQUIRIES + "/" + inquiry.path("id").asString() + "/" + action,
                body);
    }

    private static JsonNode list(People.Person who) {
        return SERVICE.callAs(who.username(), People.PASSWORD, "GET", INQUIRIES, null)
                .body()
                .path("items");
    }

    /** The squad's one day. */
    private JsonNode day() {
        JsonNode items = SERVICE.get("/api/v1/coverage/cells?by=squad&step=day&squadId=" + squad + "&from=" + start
                        + "&to=" + start.plus(1, ChronoUnit.DAYS))
                .body()
                .path("items");
        assertThat(items.size()).isEqualTo(1);
        return items.get(0);
    }
}
