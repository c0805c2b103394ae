package org.farwatch.api.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What has to be recorded: made, listed, taken back. */
class RequirementsTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final String PATH = "/api/v1/requirements";
    private static final String FROM = "2026-03-02T00:00:00Z";
    private static final String TO = "2026-03-03T00:00:00Z";

    private final People people = new People(SERVICE);

    @Test
    void aStretchOfTimeIsManualAndHoursOfWeekdaysAreThoseOfTheCamera() {
        String stream = CoverageRows.of(SERVICE).id();
        JsonNode once = create(Map.of("streamId", stream, "from", FROM, "to", TO));
        JsonNode weekly =
                create(Map.of("streamId", stream, "days", List.of(5, 1), "startTime", "22:00", "endTime", "06:30"));

        assertThat(once.path("source").asString()).isEqualTo("manual");
        assertThat(once.has("days")).isFalse();
        assertThat(weekly.path("source").asString()).isEqualTo("camera-hours");
        assertThat(weekly.path("days").valueStream().map(JsonNode::asInt)).containsExactly(1, 5);
        assertThat(weekly.path("startTime").asString()).isEqualTo("22:00");
        assertThat(weekly.path("endTime").asString()).isEqualTo("06:30");

        JsonNode first = SERVICE.get(PATH + "?limit=1&streamId=" + stream).body();
        assertThat(first.path("items").get(0)).isEqualTo(once);
        JsonNode second = SERVICE.get(PATH + "?limit=1&streamId=" + stream + "&cursor="
                        + first.path("next").asString())
                .body();
        assertThat(second.path("items").get(0)).isEqualTo(weekly);
    }

    @Test
    void everyOtherMixIsRefusedAtItsField() {
        String stream = CoverageRows.of(SERVICE).id();
        Map<Map<String, Object>, String> wrong = new HashMap<>();
        wrong.put(Map.of(), "from");
        wrong.put(Map.of("from", FROM), "to");
        wrong.put(Map.of("to", TO), "from");
        wrong.put(Map.of("from", TO, "to", FROM), "to");
        wrong.put(Map.of("from", FROM, "to", FROM), "to");
        wrong.put(Map.of("from", FROM, "to", "2027-03-03T00:00:01Z"), "to");
        wrong.put(Map.of("from", FROM, "to", TO, "days", List.of(1)), "days");
        wrong.put(Map.of("from", FROM, "startTime", "08:00"), "startTime");
        wrong.put(Map.of("to", TO, "endTime", "08:00"), "endTime");
        wrong.put(Map.of("days", List.of(1), "endTime", "08:00"), "startTime");
        wrong.put(Map.of("days", List.of(1), "startTime", "08:00"), "endTime");
        wrong.put(Map.of("startTime", "08:00", "endTime", "09:00"), "days");
        for (List<Integer> days : List.of(List.<Integer>of(), List.of(0), List.of(8), List.of(1, 2, 1))) {
            wrong.put(Map.of("days", days, "startTime", "08:00", "endTime", "09:00"), "days");
        }
        for (String time : List.of("8:00", "24:00", "08:60", "08:00:00", "eight", "")) {
            wrong.put(Map.of("days", List.of(1), "startTime", "08:00", "endTime", time), "endTime");
        }
        wrong.put(Map.of("from", FROM, "to", TO, "source", "whim"), "source");
        wrong.put(Map.of("from", FROM, "to", TO, "streamId", "0"), "streamId");

        wrong.forEach((body, field) -> {
            Map<String, Object> whole = new HashMap<>(Map.of("streamId", stream));
            whole.putAll(body);
            RunningService.Answer answer = SERVICE.call("POST", PATH, whole);
            assertThat(answer.status())
                    .as(body + " " + answer.response().body())
                    .isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .as(body.toString())
                    .isEqualTo(field);
        });
        assertThat(SERVICE.get(PATH + "?streamId=" + stream)
                        .body()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void whatIsEndedStaysRequiredForThePastAndAMistakeNeverWas() {
        CoverageRows rows = CoverageRows.of(SERVICE);
        JsonNode right = create(Map.of("streamId", rows.id(), "from", FROM, "to", TO));
        JsonNode wrong = create(Map.of("streamId", rows.id(), "from", TO, "to", "2026-03-03T01:00:00Z"));
        assertThat(required(rows)).isEqualTo(90_000);

        RunningService.Answer conflict = end(right, "version=7");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.body().path("changedBy").asString()).isEqualTo("admin");

        assertThat(end(right, "version=1").status()).isEqualTo(204);
        assertThat(end(right, "version=2").status()).isEqualTo(404);
        assertThat(required(rows)).isEqualTo(90_000);
        assertThat(end(wrong, "version=1&mistake=true").status()).isEqualTo(204);
        assertThat(required(rows)).isEqualTo(86_400);

        assertThat(listed(rows, "")).isEmpty();
        assertThat(listed(rows, "&ended=true")).hasSize(2);
        JsonNode entries = SERVICE.get("/api/v1/audit?limit=4").body().path("items");
        assertThat(entries.valueStream()
                        .map(entry -> entry.path("action").asString() + " "
                                + entry.path("subject").asString() + " "
                                + entry.path("subjectId").asString()))
                .containsExactlyInAnyOrder(
                        "create requirement " + right.path("id").asString(),
                        "create requirement " + wrong.path("id").asString(),
                        "end requirement " + right.path("id").asString(),
                        "withdraw requirement " + wrong.path("id").asString());
    }

    @Test
    void aMistakeIsNoticedWithinADayOrStands() {
        CoverageRows rows = CoverageRows.of(SERVICE);
        JsonNode made = create(Map.of("streamId", rows.id(), "from", FROM, "to", TO));
        SERVICE.bean(JdbcClient.class)
                .sql("update requirement set made = made - interval '25 hours' where stream_id = :stream")
                .param("stream", rows.number())
                .update();

        RunningService.Answer late = end(made, "version=1&mistake=true");

        assertThat(late.status()).isEqualTo(400);
        assertThat(field(late)).isEqualTo("mistake");
        assertThat(required(rows)).isEqualTo(86_400);
    }

    @Test
    void hoursCountFromWhenTheyWereMadeOrFromADateThatIsGiven() {
        CoverageRows rows = CoverageRows.of(SERVICE);
        Map<String, Object> always = allDay(rows);
        create(always);
        assertThat(required(rows)).isZero();

        always.put("validFrom", "2026-03-02T18:00:00Z");
        create(always);
        assertThat(required(rows)).isEqualTo(6 * 3600 + 3600);

        RunningService.Answer mixed =
                SERVICE.call("POST", PATH, Map.of("streamId", rows.id(), "from", FROM, "to", TO, "validFrom", FROM));
        assertThat(mixed.status()).isEqualTo(400);
        assertThat(field(mixed)).isEqualTo("validFrom");
    }

    @Test
    void otherHoursCountFromNowOnAndThePastStaysWhatItWas() {
        CoverageRows rows = CoverageRows.of(SERVICE);
        Map<String, Object> always = allDay(rows);
        always.put("validFrom", "2026-03-02T00:00:00Z");
        JsonNode before = create(always);
        String path = PATH + "/" + before.path("id").asString();
        Map<String, Object> change =
                new HashMap<>(Map.of("version", 1, "days", List.of(1), "startTime", "08:00", "endTime", "09:00"));

        change.put("validFrom", TO);
        RunningService.Answer past = SERVICE.call("PATCH", path, change);
        assertThat(past.status()).isEqualTo(400);
        assertThat(field(past)).isEqualTo("validFrom");
        change.remove("validFrom");
        assertThat(SERVICE.call("PATCH", path, Map.of("version", 1)).status()).isEqualTo(400);
        Instant asked = Instant.now();
        RunningService.Answer changed = SERVICE.call("PATCH", path, change);
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);

        assertThat(changed.body().path("id")).isNotEqualTo(before.path("id"));
        assertThat(changed.body().path("startTime").asString()).isEqualTo("08:00");
        assertThat(listed(rows, "")).hasSize(1);
        JsonNode ended = listed(rows, "&ended=true").getFirst();
        assertThat(ended.path("validTo")).isEqualTo(changed.body().path("validFrom"));
        assertThat(Instant.parse(ended.path("validTo").asString())).isBetween(asked.minusSeconds(1), Instant.now());
        assertThat(required(rows)).isEqualTo(90_000);
        assertThat(SERVICE.call("PATCH", path, change).status()).isEqualTo(404);
    }

    @Test
    void aRetiredStreamIsRequiredUntilThenAndNoMore() {
        CoverageRows rows = CoverageRows.of(SERVICE);
        Map<String, Object> always = allDay(rows);
        always.put("validFrom", FROM);
        create(always);

        assertThat(SERVICE.call("DELETE", "/api/v1/streams/" + rows.id() + "?version=1", null)
                        .status())
                .isEqualTo(204);

        assertThat(required(rows)).isEqualTo(90_000);
        JsonNode ended = listed(rows, "&ended=true").getFirst();
        assertThat(Instant.parse(ended.path("validTo").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(listed(rows, "")).isEmpty();
        RunningService.Answer late = SERVICE.call("POST", PATH, always);
        assertThat(late.status()).isEqualTo(400);
        assertThat(field(late)).isEqualTo("streamId");
    }

    @Test
    void nobodySeesOrMakesWhatConcernsTheStreamsOfOtherSquads() {
        String own = people.squad();
        String other = people.squad();
        People.Person reviewer = people.with(Set.of(Role.LEGAL_REVIEWER), Set.of(own));
        String mine = CoverageRows.of(SERVICE, own).id();
        String foreign = CoverageRows.of(SERVICE, other).id();
        Map<String, String> onForeign = Map.of("streamId", foreign, "from", FROM, "to", TO);
        String hidden = create(onForeign).path("id").asString();

        assertThat(people.call(reviewer, "POST", PATH, Map.of("streamId", mine, "from", FROM, "to", TO))
                        .status())
                .isEqualTo(201);
        assertThat(people.call(reviewer, "POST", PATH, onForeign)
                        .body()
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("streamId");
        assertThat(people.get(reviewer, PATH + "?streamId=" + foreign).status()).isEqualTo(404);
        assertThat(people.call(reviewer, "DELETE", PATH + "/" + hidden + "?version=1", null)
                        .status())
                .isEqualTo(404);
        assertThat(people.get(reviewer, PATH)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("streamId").asString()))
                .containsExactly(mine);
    }

    private static JsonNode create(Map<String, ?> wanted) {
        RunningService.Answer created = SERVICE.call("POST", PATH, wanted);
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.body();
    }

    private static RunningService.Answer end(JsonNode requirement, String query) {
        return SERVICE.call("DELETE", PATH + "/" + requirement.path("id").asString() + "?" + query, null);
    }

    private static Map<String, Object> allDay(CoverageRows rows) {
        return new HashMap<>(Map.of(
                "streamId", rows.id(), "days", List.of(1, 2, 3, 4, 5, 6, 7), "startTime", "00:00", "endTime", "00:00"));
    }

    private static List<JsonNode> listed(CoverageRows rows, String more) {
        return SERVICE.get(PATH + "?streamId=" + rows.id() + more)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static String field(RunningService.Answer refused) {
        return refused.body().path("errors").get(0).path("field").asString();
    }

    /** Seconds within 25 hours from {@link #FROM} on. */
    private static double required(CoverageRows rows) {
        return rows.coverage(Instant.parse(FROM), Instant.parse("2026-03-03T01:00:00Z"))
                .path("requiredSeconds")
                .asDouble();
    }
}
