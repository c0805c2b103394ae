package org.farwatch.api.reports;

import java.util.Map;
import org.farwatch.api.video.GapWords;

/** The words of the screen for what stands in figures by its key, for paper; a key without one stands as it is. */
final class ReportWords {
    private static final Map<String, String> VIEWED = Map.ofEntries(
            Map.entry("track", "轨迹"),
            Map.entry("live", "实时位置"),
            Map.entry("presence", "在岗情况"),
            Map.entry("positions", "定位点"),
            Map.entry("live-picture", "实时画面"),
            Map.entry("recording", "录像"),
            Map.entry("export", "录像导出"),
            Map.entry("snapshot", "截图"),
            Map.entry("evidence", "证据"),
            Map.entry("finding", "督察问题"),
            Map.entry("finding-file", "督察证据材料"),
            Map.entry("document", "督察文书"),
            Map.entry("supervision-lead", "督察线索"),
            Map.entry("roll-call", "点名"),
            Map.entry("inspection-task", "督察任务"),
            Map.entry("inspection-sheet", "抽查表"),
            Map.entry("talk", "对讲"),
            Map.entry("shout", "喊话"));

    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("operator", "指挥中心值班员"),
            Map.entry("inspector", "督察员"),
            Map.entry("legal-reviewer", "法制核查员"),
            Map.entry("squad-leader", "中队长"),
            Map.entry("officer", "队员"),
            Map.entry("administrator", "系统管理员"),
            Map.entry("security-auditor", "安全审计员"),
            Map.entry("collection-station", "采集站"));

    private static final Map<String, String> FAULTS =
            Map.of("altered", "内容被改动", "missing", "缺失", "reordered", "位置不符", "added", "有外来文件", "rewritten", "整链重做");

    private ReportWords() {}

    static String fault(String key) {
        return FAULTS.getOrDefault(key, key);
    }

    /** @param key null while it was not checked */
    static String outcome(String key) {
        return switch (key) {
            case null -> "尚未检查";
            case "fine" -> "未发现问题";
            case "lead" -> "发现问题";
            default -> key;
        };
    }

    static String cause(String key) {
        return GapWords.cause(key);
    }

    static String purpose(String key) {
        return GapWords.purpose(key);
    }

    static String viewed(String key) {
        return VIEWED.getOrDefault(key, key);
    }

    static String role(String key) {
        return ROLES.getOrDefault(key, key);
    }
}
