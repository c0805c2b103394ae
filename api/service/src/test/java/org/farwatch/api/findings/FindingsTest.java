package org.farwatch.api.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Findings over HTTP, each step by somebody who may and by those who may not. */
class FindingsTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final FindingDesk DESK = new FindingDesk(SERVICE);
    private static final Map<String, Object> SAID = FindingDesk.said();
    /** The smallest there is: its head is what counts. */
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0, 1};

    @Test
    @Proves(value = "R146", screen = "/inspection/findings", api = "/findings")
    void fromNoticeToClosedByPersonsOfTheirOwn() {
        String finding = DESK.noticed("ordinary");
        JsonNode noticed = DESK.seen(DESK.decider, finding);
        assertThat(noticed.path("state").asString()).isEqualTo("noticed");
        assertThat(noticed.path("clock").path("of").asString()).isEqualTo("explain");
        assertThat(noticed.path("clock").path("workingDaysLeft").asInt()).isBetween(3, 4);
        assertThat(actions(DESK.leader, finding)).containsExactly("explain");
        assertThat(actions(DESK.officer, finding)).containsExactly("explain");
        assertThat(actions(DESK.decider, finding)).as("before the term is over").isEmpty();

        assertThat(DESK.act(DESK.officer, finding, FindingAction.EXPLAIN, SAID).status())
                .isEqualTo(200);
        assertThat(DESK.act(DESK.leader, finding, FindingAction.EXPLAIN, SAID).status())
                .as("the squad is heard besides")
                .isEqualTo(200);
        assertThat(actions(DESK.issuer, finding)).isEmpty();
        assertThat(actions(DESK.decider, finding)).containsExactly("accept", "confirm");
        DESK.done(finding, FindingAction.CONFIRM);
        assertThat(actions(DESK.leader, finding)).containsExactly("request-review", "rectify");
        DESK.done(finding, FindingAction.RECTIFY);
        JsonNode failed = DESK.done(finding, FindingAction.RECHECK_FAILED);
        assertThat(failed.path("state").asString()).isEqualTo("confirmed");
        DESK.done(finding, FindingAction.RECTIFY);
        DESK.done(finding, FindingAction.RECHECK_PASSED);
        JsonNode closed = DESK.done(finding, FindingAction.CLOSE);
        assertThat(closed.path("state").asString()).isEqualTo("closed");
        assertThat(closed.path("actions").size()).isZero();
        assertThat(texts(closed.path("history"), "action"))
                .containsExactly(
                        "notice",
                        "explain",
                        "explain",
                        "confirm",
                        "rectify",
                        "recheck-failed",
                        "rectify",
                        "recheck-passed",
                        "close");
    }

    @Test
    void itWaitsForWhoeverMustActNextAndForNobodyElse() {
        String finding = DESK.noticed("ordinary");
        assertThat(waitsFor(finding, DESK.leader)).isTrue();
        assertThat(waitsFor(finding, DESK.officer)).isTrue();
        assertThat(waitsFor(finding, DESK.decider))
                .as("before the term is over")
                .isFalse();

        DESK.done(finding, FindingAction.EXPLAIN);
        assertThat(waitsFor(finding, DESK.leader))
                .as("he may add to it, but need not")
                .isFalse();
        assertThat(waitsFor(finding, DESK.issuer)).isFalse();
        assertThat(waitsFor(finding, DESK.decider)).isTrue();

        DESK.done(finding, FindingAction.CONFIRM);
        assertThat(waitsFor(finding, DESK.leader)).isTrue();
        assertThat(waitsFor(finding, DESK.officer)).isFalse();
    }

    private static boolean waitsFor(String finding, People.Person who) {
        return DESK.people
                .get(who, "/api/v1/findings/waiting")
                .body()
                .findValuesAsString("id")
                .contains(finding);
    }

    @Test
    void aReviewByAThirdPersonUpholdsOrOverturnsAndIsGivenOnce() {
        String upheld = DESK.after("ordinary", FindingAction.CONFIRM);
        DESK.done(upheld, FindingAction.REQUEST_REVIEW);
        assertRefused(DESK.act(DESK.issuer, upheld, FindingAction.UPHOLD, SAID), 403, "you issued its notice");
        assertRefused(DESK.act(DESK.decider, upheld, FindingAction.OVERTURN, SAID), 403, "you confirmed it");
        DESK.done(upheld, FindingAction.UPHOLD);
        assertRefused(DESK.act(DESK.leader, upheld, FindingAction.REQUEST_REVIEW, SAID), 409, "upheld");
        DESK.done(upheld, FindingAction.RECTIFY);
        DESK.done(upheld, FindingAction.RECHECK_FAILED);
        assertRefused(DESK.act(DESK.leader, upheld, FindingAction.REQUEST_REVIEW, SAID), 409, "given once");

        String overturned = DESK.after("ordinary", FindingAction.CONFIRM);
        DESK.done(overturned, FindingAction.REQUEST_REVIEW);
        assertThat(DESK.done(overturned, FindingAction.OVERTURN).path("state").asString())
                .isEqualTo("overturned");
        assertRefused(DESK.act(DESK.leader, overturned, FindingAction.RECTIFY, SAID), 409, "at its end");
    }

    @Test
    void anExplanationThatHoldsWithdrawsItButNotByWhoIssuedIt() {
        String finding = DESK.after("ordinary", FindingAction.EXPLAIN);
        assertRefused(DESK.act(DESK.issuer, finding, FindingAction.ACCEPT, SAID), 403, "you issued its notice");
        assertThat(DESK.done(finding, FindingAction.ACCEPT).path("state").asString())
                .isEqualTo("withdrawn");
        assertRefused(DESK.act(DESK.decider, finding, FindingAction.CONFIRM, SAID), 409, "at its end");
    }

    @Test
    void silenceIsConfirmedWhenTheTermIsOverAndNotBefore() {
        String finding = DESK.noticed("ordinary");
        assertRefused(DESK.act(DESK.decider, finding, FindingAction.CONFIRM, SAID), 409, "there is time for one");
        set("explain_until", finding, Instant.now().minusSeconds(1));
        assertThat(DESK.seen(DESK.decider, finding).path("clock").path("over").asBoolean())
                .isTrue();
        DESK.done(finding, FindingAction.CONFIRM);
        set("review_until", finding, Instant.now().minusSeconds(1));
        assertRefused(
                DESK.act(DESK.leader, finding, FindingAction.REQUEST_REVIEW, SAID), 409, "could be asked for until");
    }

    @Test
    void whatAnActionLacksIsNamedAndNothingIsDone() {
        String finding = DESK.noticed("ordinary");
        assertRefused(
                DESK.act(DESK.leader, finding, FindingAction.EXPLAIN, with(SAID, "reason", "ill-luck")),
                400,
                "roster-wrong");
        assertRefused(
                DESK.act(DESK.leader, finding, FindingAction.EXPLAIN, FindingDesk.without(SAID, "note")), 400, "note");
        assertRefused(
                DESK.act(DESK.leader, finding, FindingAction.EXPLAIN, with(SAID, "files", List.of("a".repeat(64)))),
                400,
                "names no file of this record");
        assertThat(DESK.seen(DESK.leader, finding).path("state").asString()).isEqualTo("noticed");

        DESK.done(finding, FindingAction.EXPLAIN);
        for (FindingAction action : List.of(FindingAction.ACCEPT, FindingAction.CONFIRM)) {
            assertRefused(DESK.act(DESK.decider, finding, action, FindingDesk.without(SAID, "note")), 400, "grounds");
        }
        DESK.done(finding, FindingAction.CONFIRM);
        assertRefused(
                DESK.act(DESK.leader, finding, FindingAction.RECTIFY, FindingDesk.without(SAID, "proof")),
                400,
                "proof");
        assertThat(DESK.seen(DESK.leader, finding).path("state").asString()).isEqualTo("confirmed");
    }

    @Test
    @Proves(value = "R152", screen = "/inspection/findings", api = "POST /findings/{id}/close")
    void aSeriousOneNeedsItsDiscussionAndASupervisedOneAllSix() {
        String serious = DESK.after("serious", FindingAction.RECHECK_PASSED);
        assertRefused(DESK.act(DESK.decider, serious, FindingAction.CLOSE, Map.of()), 400, "group-discussion");
        assertThat(DESK.act(
                                DESK.decider,
                                serious,
                                FindingAction.CLOSE,
                                Map.of("elements", Map.of("group-discussion", Map.of("note", "11月25日集体研究"))))
                        .status())
                .isEqualTo(200);

        String supervised = DESK.after("supervised", FindingAction.RECHECK_PASSED);
        JsonNode proof =
                FindingDesk.made(DESK.upload(DESK.leader, "/api/v1/findings/" + supervised + "/files", "佐证.png", PNG));
        Map<String, Object> five = Map.of(
                "cause-analysis", Map.of("note", "排班有误"),
                "group-discussion", Map.of("note", "11月25日集体研究"),
                "work-action", Map.of("note", "重排班次"),
                "effect", Map.of("note", "一周内无离岗"),
                "proof", Map.of("files", List.of(proof.path("id").asString())));
        RunningService.Answer refused =
                DESK.act(DESK.decider, supervised, FindingAction.CLOSE, Map.of("elements", five));
        assertRefused(refused, 400, "closure-form");
        assertThat(texts(refused.body().path("missing"))).containsExactly("closure-form");
        assertThat(DESK.seen(DESK.decider, supervised).path("state").asString()).isEqualTo("rechecked");

        RunningService.Answer closed = DESK.act(
                DESK.decider,
                supervised,
                FindingAction.CLOSE,
                Map.of("elements", with(five, "closure-form", Map.of("note", "销号表 2026-3"))));
        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.body().path("closing").size()).isEqualTo(6);
        assertThat(closed.body().path("closing").path("proof").path("files").size())
                .isEqualTo(1);
    }

    /** Each action in a state that does not allow it and by a role that may not: a route says 403, the table 409. */
    @Test
    void everyActionIsRefusedOverHttpInTheWrongStateAndToTheWrongRole() {
        String closed = DESK.after("ordinary", FindingAction.RECHECK_PASSED);
        DESK.done(closed, FindingAction.CLOSE);
        People.Person operator = DESK.people.with(Role.OPERATOR);
        for (FindingAction action : FindingAction.values()) {
            People.Person mayBe = switch (action) {
                case EXPLAIN, REQUEST_REVIEW, RECTIFY -> DESK.leader;
                case ACCEPT, CONFIRM, UPHOLD, OVERTURN, RECHECK_FAILED, RECHECK_PASSED, CLOSE -> DESK.reviewer;
            };
            assertRefused(DESK.act(mayBe, closed, action, SAID), 409, "at its end");
            People.Person mayNot = mayBe.equals(DESK.leader) ? DESK.reviewer : DESK.leader;
            assertThat(DESK.act(mayNot, closed, action, SAID).status())
                    .as(action.label())
                    .isEqualTo(403);
            assertThat(DESK.act(operator, closed, action, SAID).status()).isEqualTo(403);
        }
    }

    @Test
    void whoIsSecondLearnsWhoWasFirst() {
        String finding = DESK.after("ordinary", FindingAction.EXPLAIN);
        int version = DESK.version(finding);
        DESK.done(finding, FindingAction.CONFIRM);
        RunningService.Answer second =
                DESK.act(DESK.reviewer, finding, FindingAction.ACCEPT, with(SAID, "version", version));
        assertRefused(second, 409, DESK.decider.username());
        assertThat(second.body().path("changedBy").asString()).isEqualTo(DESK.decider.username());
    }

    @Test
    void pendingOnesAreInNoFigureAndWithdrawnOrOverturnedOnesNeither() {
        FindingDesk desk = new FindingDesk(SERVICE);
        desk.noticed("ordinary");
        desk.after("ordinary", FindingAction.EXPLAIN);
        desk.done(desk.after("ordinary", FindingAction.EXPLAIN), FindingAction.ACCEPT);
        String inReview = desk.after("serious", FindingAction.CONFIRM);
        desk.done(inReview, FindingAction.REQUEST_REVIEW);
        assertThat(figures(desk, desk.leader).size()).isZero();

        desk.after("ordinary", FindingAction.CONFIRM);
        desk.done(desk.after("ordinary", FindingAction.RECHECK_PASSED), FindingAction.CLOSE);
        JsonNode figure = figures(desk, desk.leader).get(0);
        assertThat(figure.path("ordinary").asInt()).isEqualTo(2);
        assertThat(figure.path("closed").asInt()).isEqualTo(1);
        assertThat(figure.path("serious").asInt()).isZero();
        desk.done(inReview, FindingAction.UPHOLD);
        assertThat(figures(desk, desk.leader).get(0).path("serious").asInt()).isEqualTo(1);

        String overturned = desk.after("supervised", FindingAction.CONFIRM);
        assertThat(figures(desk, desk.leader).get(0).path("supervised").asInt()).isEqualTo(1);
        desk.done(overturned, FindingAction.REQUEST_REVIEW);
        desk.done(overturned, FindingAction.OVERTURN);
        assertThat(figures(desk, desk.leader).get(0).path("supervised").asInt()).isZero();
        assertThat(figures(desk, new FindingDesk(SERVICE).leader).size())
                .as("of another squad")
                .isZero();
    }

    @Test
    void anOfficerSeesHisOwnAndASquadLeaderHisSquads() {
        String finding = DESK.noticed("ordinary");
        FindingDesk other = new FindingDesk(SERVICE);
        People.Person colleague = DESK.people.with(Set.of(Role.OFFICER), Set.of(DESK.squad));
        DESK.people.link(colleague, DESK.people.officer(DESK.squad));
        People.Person inspectorOfOther = DESK.people.with(Set.of(Role.INSPECTOR), Set.of(other.squad));

        for (People.Person stranger : List.of(other.officer, other.leader, colleague, inspectorOfOther)) {
            assertThat(DESK.people.get(stranger, "/api/v1/findings/" + finding).status())
                    .isEqualTo(404);
            assertThat(ids(stranger)).doesNotContain(finding);
        }
        assertThat(DESK.act(other.leader, finding, FindingAction.EXPLAIN, SAID).status())
                .isEqualTo(404);
        for (People.Person entitled : List.of(DESK.officer, DESK.leader, DESK.issuer)) {
            assertThat(ids(entitled)).contains(finding);
        }
    }

    @Test
    void theOfficerLearnsWhoLookedAndNotThatHeDidHimself() {
        String finding = DESK.noticed("ordinary");
        DESK.seen(DESK.reviewer, finding);
        DESK.seen(DESK.officer, finding);
        JsonNode views =
                DESK.people.get(DESK.officer, "/api/v1/view-log/mine").body().path("items");
        List<String> viewers = StreamSupport.stream(views.spliterator(), false)
                .filter(view -> view.path("kind").asString().equals("finding")
                        && view.path("subjectId").asString().equals(finding))
                .map(view -> view.path("user").asString())
                .toList();
        assertThat(viewers).containsExactly(DESK.reviewer.username());
    }

    @Test
    void filesComeFromEitherSideAndGoToWhoMaySeeTheFinding() {
        String finding = DESK.noticed("ordinary");
        String path = "/api/v1/findings/" + finding + "/files";
        String file = FindingDesk.made(DESK.upload(DESK.officer, path, "调度记录.png", PNG))
                .path("id")
                .asString();
        assertThat(DESK.act(DESK.officer, finding, FindingAction.EXPLAIN, with(SAID, "files", List.of(file)))
                        .status())
                .isEqualTo(200);
        assertThat(DESK.download(DESK.decider, path + "/" + file).body()).isEqualTo(PNG);
        assertThat(DESK.download(DESK.officer, path + "/" + file).statusCode()).isEqualTo(200);
        FindingDesk other = new FindingDesk(SERVICE);
        assertThat(DESK.download(other.leader, path + "/" + file).statusCode()).isEqualTo(404);
        assertThat(DESK.download(DESK.people.with(Role.OPERATOR), "/api/v1/evidence/" + file)
                        .statusCode())
                .as("not by its hash alone")
                .isEqualTo(404);
        assertRefused(DESK.upload(DESK.officer, path, "x.png", "<html>".getBytes(StandardCharsets.UTF_8)), 400, "JPEG");
    }

    private static void set(String column, String finding, Instant moment) {
        DESK.jdbc()
                .sql("update finding set " + column + " = :moment where id = :id")
                .param("moment", Timestamp.from(moment))
                .param("id", Long.valueOf(finding))
                .update();
    }

    private static JsonNode figures(FindingDesk desk, People.Person who) {
        Instant now = Instant.now();
        RunningService.Answer answer = desk.people.get(
                who, "/api/v1/findings/figures?from=" + now.minusSeconds(3600) + "&to=" + now.plusSeconds(60));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("items");
    }

    private static List<String> ids(People.Person who) {
        return texts(DESK.people.get(who, "/api/v1/findings?limit=1000").body().path("items"), "id");
    }

    private static List<String> actions(People.Person who, String finding) {
        return texts(DESK.seen(who, finding).path("actions"));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.path(member).asString()));
        return texts;
    }

    private static Map<String, Object> with(Map<String, Object> said, String key, Object value) {
        Map<String, Object> more = new HashMap<>(said);
        more.put(key, value);
        return more;
    }

    private static void assertRefused(RunningService.Answer answer, int status, String named) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("detail").asString()).contains(named);
    }
}
