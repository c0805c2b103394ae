package org.farwatch.api.video;

import java.util.Map;

/** The words of the screen, for paper: causes of gaps, purposes, kinds of devices. A key without a word stands as it is. */
public final class GapWords {
    private static final Map<String, String> CAUSES = Map.ofEntries(
            Map.entry("not-recording", "未开启录像"),
            Map.entry("unreachable", "地址不可达"),
            Map.entry("timeout", "连接超时"),
            Map.entry("unauthorised", "用户名或密码错误"),
            Map.entry("not-found", "源上没有此路视频"),
            Map.entry("not-video", "收到的不是视频"),
            Map.entry("unsupported-codec", "编码不支持"),
            Map.entry("no-key-picture", "一直没有关键帧"),
            Map.entry("off-duty", "持有人不在勤务时段"),
            Map.entry("preempted", "设备路数已满，让给更紧急的一路"),
            Map.entry("stalled", "源无画面数据"),
            Map.entry("ended", "源已结束"),
            Map.entry("broken", "连接中断"),
            Map.entry("stopped", "已停止接入"),
            Map.entry("disk-full", "存储已满"),
            Map.entry("disk-error", "存储故障"),
            Map.entry("service-down", "服务未运行"),
            Map.entry("pictures-missing", "画面中断"),
            Map.entry("clock-set", "服务器校时"));

    private static final Map<String, String> PURPOSES = Map.ofEntries(
            Map.entry("verify-alert", "核实告警"),
            Map.entry("check-presence", "核查在岗情况"),
            Map.entry("dispatch", "调度处置"),
            Map.entry("inspection", "督察任务"),
            Map.entry("complaint", "投诉核查"),
            Map.entry("device-fault", "排查设备故障"),
            Map.entry("situation-watch", "态势值守"),
            Map.entry("api", "接口调用"),
            Map.entry("not-given", "未填写"));

    private static final Map<String, String> DEVICES = Map.ofEntries(
            Map.entry("vehicle-terminal", "车载终端"),
            Map.entry("body-camera", "执法记录仪"),
            Map.entry("camera", "监控"),
            Map.entry("ptz-dome", "布控球"),
            Map.entry("loudspeaker", "音柱"),
            Map.entry("collection-station", "采集站"),
            Map.entry("handset", "手持终端"),
            Map.entry("radio", "对讲机"),
            Map.entry("drone", "无人机"));

    private GapWords() {}

    public static String cause(String cause) {
        return CAUSES.getOrDefault(cause, cause);
    }

    public static String purpose(String purpose) {
        return PURPOSES.getOrDefault(purpose, purpose);
    }

    static String device(String kind) {
        return DEVICES.getOrDefault(kind, kind);
    }
}
