package org.farwatch.api.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.video.RtspServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Officers are called; their positions answer, and a person decides on silence. */
class RollCallTest {
    private static final String CALLS = "/api/v1/roll-calls";

    private final Beat beat = new Beat(RunningService.shared());
    private final People people = beat.people();
    private final People.Person inspector = people.with(Set.of(Role.INSPECTOR), Set.of(beat.squad()));

    @Test
    @Proves(value = "R039", screen = "/inspection/roll-calls", api = "POST /roll-calls")
    void positionsAnswerAndSilenceIsDecidedByAPerson() {
        Beat.OnBeat here = beat.officer();
        Beat.OnBeat away = beat.officer();
        Beat.OnBeat silent = beat.officer();
        beat.report(away, Instant.now().minusSeconds(30), 500);
        JsonNode call = call(null);
        assertThat(call.path("called").asInt()).isEqualTo(3);
        assertThat(call.path("squads").get(0).asString()).isEqualTo(beat.squadName());
        String id = call.path("id").asString();

        beat.report(here, Instant.now(), 0);
        JsonNode running = read(id);

        assertThat(outcome(running, here)).isEqualTo("present");
        JsonNode answered = answer(running, here);
        assertThat(answered.path("basis").asString()).isEqualTo("position");
        assertThat(answered.path("metres").asDouble()).isNegative();
        assertThat(answered.path("decidedBy").isMissingNode()).isTrue();
        assertThat(answered.path("actions")).isEmpty();
        JsonNode elsewhere = answer(running, away);
        assertThat(elsewhere.path("outcome").asString()).isEqualTo("pending");
        assertThat(elsewhere.path("facts").path("metres").asDouble()).isBetween(420.0, 440.0);
        assertThat(answer(running, silent).path("facts").has("lastFix")).isFalse();
        assertThat(answer(running, silent).path("actions").valueStream().map(JsonNode::asString))
                .as("no absence before the terms are over, no picture without a camera")
                .containsExactly("excuse");
        assertThat(running.path("counts").path("pending").asInt()).isEqualTo(2);

        Answer early = act(running, silent, "mark-absent", null, "电话无人接听");
        assertThat(early.status()).isEqualTo(409);
        assertThat(detail(early)).contains("until").contains("to answer");
        Answer open = end(running, "close", null);
        assertThat(open.status()).isEqualTo(409);
        assertThat(detail(open)).startsWith("of 3 called 2 have neither answered");

        shift(id, 1_200);
        JsonNode over = read(id);
        assertThat(over.path("state").asString()).isEqualTo("deciding");
        assertThat(detail(act(over, away, "excuse", null, "x"))).startsWith("reason must say why");
        assertThat(detail(act(over, away, "excuse", "other", " "))).startsWith("note must say why");
        assertThat(detail(act(over, away, "mark-absent", null, null))).startsWith("note must say what");
        JsonNode one = done(act(over, away, "excuse", "on-task", "奉调度令处置占道"));
        JsonNode two = done(act(one, silent, "mark-absent", null, "中队核实未到岗"));
        JsonNode closed = done(end(two, "close", null));

        assertThat(closed.path("state").asString()).isEqualTo("closed");
        assertThat(closed.path("counts").path("excused").asInt()).isEqualTo(1);
        assertThat(closed.path("counts").path("absent").asInt()).isEqualTo(1);
        assertThat(closed.path("events")
                        .valueStream()
                        .map(event -> event.path("action").asString()))
                .containsExactly("call", "answered", "terms-over", "excuse", "mark-absent", "close");
    }

    @Test
    void anAbsenceIsPassedOnWithItsFactsOnceItIsClosedAndOnlyOnce() {
        Beat.OnBeat officer = beat.officer();
        beat.report(officer, Instant.now().minusSeconds(600), 400);
        String id = call(null).path("id").asString();
        shift(id, 1_200);
        JsonNode absent = done(act(read(id), officer, "mark-absent", null, "电话核实在家"));
        assertThat(act(absent, officer, "pass-on", null, null).status()).isEqualTo(409);
        JsonNode closed = done(end(absent, "close", null));
        assertThat(answer(closed, officer).path("actions").valueStream().map(JsonNode::asString))
                .containsExactly("pass-on");

        JsonNode passed = done(act(closed, officer, "pass-on", null, "请核查"));

        String lead = answer(passed, officer).path("leadId").asString();
        JsonNode made = beat.service().get("/api/v1/supervision-leads/" + lead).body();
        assertThat(made.path("officerId").asString()).isEqualTo(officer.officerId());
        assertThat(made.path("what").asString()).contains("距岗位 332 米", "经认定缺岗", "电话核实在家");
        assertThat(detail(act(passed, officer, "pass-on", null, null))).contains("supervision lead " + lead);
    }

    @Test
    void aPositionSentLateRefutesAnAbsenceUntilTheRollCallIsClosed() {
        Beat.OnBeat officer = beat.officer();
        Beat.OnBeat other = beat.officer();
        String id = call(null).path("id").asString();
        Instant inTime = Instant.now();
        shift(id, 1_200);
        JsonNode absent = done(act(read(id), officer, "mark-absent", null, "无定位"));
        beat.report(officer, inTime.minusSeconds(1_190), 0);

        JsonNode corrected = read(id);
        assertThat(outcome(corrected, officer)).isEqualTo("present");
        assertThat(corrected
                        .path("events")
                        .valueStream()
                        .map(event -> event.path("action").asString()))
                .contains("corrected");
        assertThat(act(absent, officer, "excuse", "device-fault", null).status())
                .as("decided on what is no longer so")
                .isEqualTo(409);

        JsonNode closed = done(end(done(act(corrected, other, "mark-absent", null, "核实")), "close", null));
        beat.report(other, inTime.minusSeconds(1_190), 0);
        assertThat(outcome(read(id), other)).isEqualTo("absent");
        assertThat(closed.path("version").asInt())
                .isEqualTo(read(id).path("version").asInt());
    }

    @Test
    void whoIsNotOnDutyLongEnoughOrOfAnotherSquadIsNotCalled() {
        assertThat(detail(post(Map.of("purpose", "抽查", "squadIds", List.of(beat.squad())))))
                .startsWith("squadIds and postIds name nobody of yours");
        beat.officer(Instant.now().minusSeconds(3_600), Instant.now().plusSeconds(120));
        beat.officer(Instant.now().plusSeconds(600), Instant.now().plusSeconds(7_200));
        assertThat(post(Map.of("purpose", "抽查")).status()).isEqualTo(400);
        Beat.OnBeat stranger = new Beat(beat.service()).officer();
        Beat.OnBeat officer = beat.officer();

        JsonNode call = call(null);

        assertThat(call.path("answers")).hasSize(1);
        assertThat(outcome(call, officer)).isEqualTo("pending");
        People.Person outsider = people.with(Set.of(Role.INSPECTOR), Set.of(people.squad()));
        assertThat(people.get(outsider, CALLS + "/" + call.path("id").asString())
                        .status())
                .isEqualTo(404);
        assertThat(people.get(inspector, "/api/v1/view-log/mine").status()).isEqualTo(403);
        assertThat(seen(stranger)).isZero();
        assertThat(seen(officer)).isEqualTo(1);
    }

    @Test
    void soManyAreCalledAtRandomAsWereWantedAndNoMoreThanThereAre() {
        beat.officer();
        beat.officer();
        beat.officer();
        JsonNode pool = people.get(inspector, CALLS + "/pool").body().path("items");
        assertThat(pool).hasSize(1);
        assertThat(pool.get(0).path("officers").asInt()).isEqualTo(3);
        assertThat(call(2).path("answers")).hasSize(2);
        Map<String, Object> many = new HashMap<>(Map.of("purpose", "抽查", "number", 4));
        assertThat(detail(post(many))).startsWith("number must be at most 3");
        many.put("number", 0);
        assertThat(post(many).status()).isEqualTo(400);
        many.put("purpose", " ");
        assertThat(post(many).status()).isEqualTo(400);
    }

    @Test
    void eachViewerIsLoggedOnceForEachOfThoseCalledAndTheOfficerSeesIt() {
        Beat.OnBeat officer = beat.officer();
        People.Person self = people.with(Role.OFFICER);
        people.link(self, officer.officerId());
        String id = call(null).path("id").asString();
        read(id);
        People.Person operator = people.with(Role.OPERATOR);
        people.get(operator, CALLS + "/" + id);
        people.get(operator, CALLS + "/" + id);

        JsonNode views = people.get(self, "/api/v1/view-log/mine").body().path("items");

        assertThat(views.valueStream()
                        .filter(view -> view.path("kind").asString().equals("roll-call"))
                        .map(view -> view.path("user").asString()))
                .containsExactly(operator.username(), inspector.username());
    }

    @Test
    void withoutAPictureNothingIsSeenAndOutsideOfItsTermNoPictureCounts() {
        Beat.OnBeat officer = beat.officer();
        JsonNode call = call(null);
        assertThat(detail(act(call, officer, "seen", null, null))).contains("no device with a picture");
        assertThat(detail(act(call, officer, "seen-late", null, null))).contains("counts as present until");
        shift(call.path("id").asString(), 400);
        assertThat(detail(act(read(call.path("id").asString()), officer, "seen", null, null)))
                .contains("counts as present until");
    }

    @Test
    void aPictureBetweenTheTermsIsLateAndIsKeptAsEvidence() {
        Beat.OnBeat officer = beat.officer();
        try (RtspServer server = RtspServer.start("gate=alaw")) {
            beat.camera(officer, server.url("gate"));
            String id = call(null).path("id").asString();
            assertThat(answer(read(id), officer).path("actions").valueStream().map(JsonNode::asString))
                    .containsExactly("seen", "excuse");
            shift(id, 400);
            JsonNode between = read(id);
            assertThat(answer(between, officer).path("actions").valueStream().map(JsonNode::asString))
                    .containsExactly("seen-late", "excuse");

            JsonNode seen = answer(done(act(between, officer, "seen-late", null, "画面中在岗位")), officer);

            assertThat(seen.path("outcome").asString()).isEqualTo("late");
            assertThat(seen.path("basis").asString()).isEqualTo("picture");
            assertThat(seen.path("decidedBy").asString()).isEqualTo(inspector.username());
            Answer file = people.get(
                    inspector, "/api/v1/evidence/" + seen.path("picture").asString());
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.response().headers().firstValue("Content-Type")).contains("image/jpeg");
        }
    }

    @Test
    void aCancelledOneSaysWhyAndIsAtItsEnd() {
        Beat.OnBeat officer = beat.officer();
        JsonNode call = call(null);
        assertThat(detail(end(call, "cancel", null))).startsWith("note must say why");
        JsonNode cancelled = done(end(call, "cancel", "误操作"));
        assertThat(cancelled.path("actions")).isEmpty();
        beat.report(officer, Instant.now(), 0);
        assertThat(outcome(read(call.path("id").asString()), officer)).isEqualTo("pending");
        Answer after = act(cancelled, officer, "excuse", "travelling", null);
        assertThat(after.status()).isEqualTo(409);
        assertThat(detail(after)).contains("is cancelled, which allows nothing");
        assertThat(end(call, "cancel", "再次").status()).isEqualTo(409);
    }

    private JsonNode call(Integer number) {
        Map<String, Object> wanted = new HashMap<>(Map.of("purpose", "早班抽查", "squadIds", List.of(beat.squad())));
        wanted.put("number", number);
        return done(post(wanted));
    }

    private Answer post(Map<String, Object> wanted) {
        return people.call(inspector, "POST", CALLS, wanted);
    }

    private JsonNode read(String id) {
        return done(people.get(inspector, CALLS + "/" + id));
    }

    private Answer act(JsonNode call, Beat.OnBeat officer, String action, String reason, String note) {
        Map<String, Object> body = new HashMap<>();
        body.put("version", answer(call, officer).path("version").asInt());
        body.put("reason", reason);
        body.put("note", note);
        return people.call(
                inspector,
                "POST",
                CALLS + "/" + call.path("id").asString() + "/answers/" + officer.officerId() + "/" + action,
                body);
    }

    private Answer end(JsonNode call, String action, String note) {
        Map<String, Object> body = new HashMap<>();
        body.put("version", call.path("version").asInt());
        body.put("note", note);
        return people.call(inspector, "POST", CALLS + "/" + call.path("id").asString() + "/" + action, body);
    }

    /** Lets so many seconds pass for this roll call. */
    private void shift(String id, int seconds) {
        beat.jdbc().sql("""
                        update roll_call set called_at = called_at - :s * interval '1 s',
                            answer_until = answer_until - :s * interval '1 s',
                            late_until = late_until - :s * interval '1 s' where id = :id""").param("s", seconds).param("id", Long.valueOf(id)).update();
    }

    private long seen(Beat.OnBeat officer) {
        return beat.jdbc()
                .sql("select count(*) from view_log where kind = 'roll-call' and subject_id = :id")
                .param("id", officer.officerId())
                .query(Long.class)
                .single();
    }

    private static JsonNode answer(JsonNode call, Beat.OnBeat officer) {
        return call.path("answers")
                .valueStream()
                .filter(answer -> answer.path("officerId").asString().equals(officer.officerId()))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(JsonNode call, Beat.OnBeat officer) {
        return answer(call, officer).path("outcome").asString();
    }

    private static String detail(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isBetween(400, 499);
        return answer.body().path("detail").asString();
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isIn(200, 201);
        return answer.body();
    }
}
