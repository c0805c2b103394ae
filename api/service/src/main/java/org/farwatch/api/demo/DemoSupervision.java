package org.farwatch.api.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.farwatch.api.web.BureauTime;
import tools.jackson.databind.JsonNode;

/** What the demonstration's inspectors do: a draw and its checks, leads and findings, a roll call. Each once. */
final class DemoSupervision {
    private static final String FINDINGS = "/findings";
    private static final String TASKS = "/inspection-tasks";

    private final Function<String, DemoUser> users;
    private final Clock clock;

    /** @param users by user name */
    DemoSupervision(Function<String, DemoUser> users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    void draw() {
        DemoUser inspector = users.apply("inspector1");
        if (!inspector.list("/draws").isEmpty()) {
            return;
        }
        LocalDate first = LocalDate.ofInstant(clock.instant(), BureauTime.ZONE).withDayOfMonth(1);
        Map<String, Object> plan = new HashMap<>();
        plan.put("name", first.getMonthValue() + "月街面实效抽查");
        plan.put("kind", "squads");
        plan.put("from", midnight(first));
        plan.put("to", midnight(first.plusMonths(1)));
        plan.put("items", 2);
        plan.put("inspectors", 2);
        JsonNode frozen = inspector.act("/draws", inspector.post("/draws", plan), "freeze", Map.of());
        JsonNode drawn = inspector.act("/draws", frozen, "draw", Map.of());
        Map<String, Object> tasks = window();
        tasks.put("checklistId", checklist(inspector, "street-effect"));
        inspector.post("/draws/" + drawn.path("id").asString() + "/tasks", tasks);
    }

    /** One that somebody chose to make, done and nothing found. */
    void check() {
        DemoUser inspector = users.apply("inspector1");
        if (!inspector.list(TASKS + "?state=done").isEmpty()) {
            return;
        }
        Map<String, Object> wanted = window();
        wanted.put("checklistId", checklist(inspector, "conduct"));
        wanted.put("squadId", inspector.squad(DemoPeople.SQUADS.get(1)));
        JsonNode task = inspector.act(TASKS, inspector.post(TASKS, wanted), "start", Map.of());
        String path = TASKS + "/" + task.path("id").asString();
        for (JsonNode item : task.path("items")) {
            task = inspector.put(
                    path + "/items/" + item.path("position").asInt(),
                    Map.of(
                            "version",
                            item.path("version").asInt(),
                            "points",
                            item.path("points").decimalValue()));
        }
        inspector.act(TASKS, task, "finish", Map.of("outcome", "fine", "note", "着装规范，在岗在位"));
    }

    /** One lead that nobody has looked at, one finding that waits for the squad, one that went all the way. */
    void findings() {
        DemoUser issuer = users.apply("inspector1");
        if (!issuer.list("/supervision-leads").isEmpty()) {
            return;
        }
        DemoUser decider = users.apply("inspector2");
        lead(issuer, 1, "夜间巡查时段，二中队责任区两处占道堆物持续三日未处置");
        notice(issuer, lead(issuer, 0, "早高峰时段菜场东门无人在岗约二十分钟"), "勤务管理规定：在岗期间不得擅自离岗");
        JsonNode finding = notice(issuer, lead(issuer, 2, "执法记录仪当班结束后三日未上传"), "执法记录仪管理规定：当班结束后二十四小时内上传");
        DemoUser leader = users.apply("leader3");
        for (JsonNode document :
                leader.list("/documents?findingId=" + finding.path("id").asString())) {
            leader.act("/documents", document, "serve", Map.of());
        }
        finding = leader.act(FINDINGS, finding, "explain", Map.of("reason", "device-fault", "note", "采集站故障，已于次日报修"));
        finding = decider.act(FINDINGS, finding, "confirm", Map.of("note", "采集站当日在线，其他记录仪均已上传"));
        finding =
                leader.act(FINDINGS, finding, "rectify", Map.of("note", "已补传全部录像，指定专人每日核对", "proof", "上传记录三条，见采集站台账"));
        finding = decider.act(FINDINGS, finding, "recheck-passed", Map.of());
        decider.act(FINDINGS, finding, "close", Map.of());
    }

    void rollCall() {
        DemoUser inspector = users.apply("inspector2");
        if (inspector.list("/roll-calls").isEmpty()) {
            List<String> squads = List.of(inspector.squad(DemoPeople.SQUADS.getFirst()));
            inspector.post("/roll-calls", Map.of("purpose", "在岗情况抽查", "squadIds", squads));
        }
    }

    /** An hour around now, due in three days. */
    private Map<String, Object> window() {
        Instant now = clock.instant();
        Map<String, Object> window = new HashMap<>();
        window.put("method", "screen");
        window.put("start", now.minus(Duration.ofMinutes(15)));
        window.put("end", now.plus(Duration.ofMinutes(45)));
        window.put("dueAt", now.plus(Duration.ofDays(3)));
        return window;
    }

    private static String checklist(DemoUser inspector, String kind) {
        return inspector.first("/checklists", "kind", kind).path("id").asString();
    }

    private static JsonNode lead(DemoUser inspector, int squad, String what) {
        return inspector.post(
                "/supervision-leads", Map.of("squadId", inspector.squad(DemoPeople.SQUADS.get(squad)), "what", what));
    }

    private static JsonNode notice(DemoUser inspector, JsonNode lead, String rule) {
        Map<String, String> said =
                Map.of("class", "ordinary", "fact", lead.path("what").asString(), "rule", rule);
        return inspector.act("/supervision-leads", lead, "notice", said);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BureauTime.ZONE).toInstant();
    }
}
