package org.farwatch.api.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the demonstration's legal reviewer and squad leaders do about recordings. Each once. */
final class DemoRecords {
    private static final String INQUIRIES = "/gap-inquiries";

    private final Function<String, DemoUser> users;
    private final Instant started;

    /**
     * @param users by user name
     * @param started when the demonstration did
     */
    DemoRecords(Function<String, DemoUser> users, Instant started) {
        this.users = users;
        this.started = started;
    }

    /** Both cameras had to be recorded from two hours ago on; of one the gap is explained, of the other it is asked about. */
    void gaps() {
        DemoUser reviewer = users.apply("reviewer1");
        if (!reviewer.list(INQUIRIES).isEmpty()) {
            return;
        }
        Instant from = begin();
        String first = reviewer.squad(DemoPeople.SQUADS.getFirst());
        for (JsonNode stream : reviewer.list("/streams")) {
            if (stream.hasNonNull("deviceId")) {
                continue;
            }
            String id = stream.path("id").asString();
            Map<String, Object> hours = new HashMap<>();
            hours.put("streamId", id);
            hours.put("days", List.of(1, 2, 3, 4, 5, 6, 7));
            hours.put("startTime", "00:00");
            hours.put("endTime", "00:00");
            hours.put("validFrom", from);
            reviewer.post("/requirements", hours);
            Map<String, Object> question = new HashMap<>();
            question.put("streamId", id);
            question.put("from", from);
            question.put("to", from.plus(Duration.ofHours(1)));
            question.put("question", "请说明该时段未录像的原因");
            JsonNode asked = reviewer.post(INQUIRIES, question);
            if (stream.path("squadId").asString().equals(first)) {
                Map<String, String> said = Map.of("reason", "maintenance", "note", "设备检修，已提前报备");
                JsonNode explained = users.apply("leader1").act(INQUIRIES, asked, "explain", said);
                reviewer.act(INQUIRIES, explained, "accept", Map.of());
            }
        }
    }

    /**
     * An inspection of two stages by the officer with the body camera: the first one's recording is accepted, the other one
     * waits for it. Then the period's report.
     *
     * @param from when the body camera began
     * @param to has passed
     */
    void activity(Instant from, Instant to) {
        DemoUser leader = users.apply("leader1");
        if (!leader.list("/activities").isEmpty()) {
            return;
        }
        Instant middle = from.plus(Duration.between(from, to).dividedBy(2));
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("kind", "seizure");
        wanted.put("title", "菜场东门占道经营物品暂扣");
        wanted.put("place", "江滨路菜场东门");
        wanted.put("caseNo", "城管立〔2026〕118号");
        wanted.put("from", from);
        wanted.put("to", to);
        wanted.put(
                "officerIds",
                List.of(leader.first("/officers", "number", DemoPeople.number(DemoPeople.BODY_CAMERA_OFFICER))
                        .path("id")
                        .asString()));
        wanted.put("stages", List.of(stage("告知", from, middle), stage("清点", middle, to)));
        leader.post("/activities", wanted);
        String period = "?from=" + from + "&to=" + to;
        JsonNode stage = leader.list("/activity-stages/waiting" + period).getFirst();
        String stream = stage.path("proposals").get(0).path("streamId").asString();
        leader.act("/activity-stages", stage, "accept", Map.of("streamId", stream));
        users.apply("reviewer1").post("/record-reports", Map.of("from", begin(), "to", to));
    }

    private static Map<String, Object> stage(String name, Instant from, Instant to) {
        return Map.of("name", name, "from", from, "to", to);
    }

    private Instant begin() {
        return started.minus(Duration.ofHours(2));
    }
}
