package org.farwatch.api.gb28181;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.gb28181.Message;
import org.springframework.stereotype.Component;

/**
 * Alarms of GB/T 28181 become alerts: one for each channel and kind in {@link #APART}, since a device repeats what goes
 * on. They have no end of their own.
 */
@Component
class DeviceAlarms {
    /** Of the same channel and kind, within so long is the same alert. */
    static final Duration APART = Duration.ofMinutes(5);

    private static final Map<Integer, String> OF_DEVICE =
            Map.of(1, "视频丢失", 2, "设备防拆", 3, "存储设备磁盘满", 4, "设备高温", 5, "设备低温");
    private static final Map<Integer, String> OF_VIDEO = Map.ofEntries(
            Map.entry(1, "人工视频报警"),
            Map.entry(2, "运动目标检测"),
            Map.entry(3, "遗留物检测"),
            Map.entry(4, "物体移除检测"),
            Map.entry(5, "绊线检测"),
            Map.entry(6, "入侵检测"),
            Map.entry(7, "逆行检测"),
            Map.entry(8, "徘徊检测"),
            Map.entry(9, "流量统计"),
            Map.entry(10, "密度检测"),
            Map.entry(11, "视频异常检测"),
            Map.entry(12, "快速移动"));
    private static final Map<Integer, String> OF_FAULT = Map.of(1, "存储设备磁盘故障", 2, "存储设备风扇故障");

    private final Alerts alerts;
    private final DeviceRegister register;
    private final ChannelTable channels;

    DeviceAlarms(Alerts alerts, DeviceRegister register, ChannelTable channels) {
        this.alerts = alerts;
        this.register = register;
        this.channels = channels;
    }

    void raise(KnownDevice from, Message.Alarm alarm, Instant receiveTime) {
        RegisteredDevice device = register.byNo(from.no());
        if (device == null) {
            return;
        }
        // A clock more than five minutes off proves nothing about when it was.
        boolean believed = alarm.time() != null
                && Duration.between(alarm.time(), receiveTime).abs().compareTo(APART) <= 0;
        Instant since = believed ? alarm.time() : receiveTime;
        String what = what(alarm);
        var _ = alerts.raise(
                new NewAlert(
                        "device-alarm",
                        "device-alarm",
                        severity(alarm.priority()),
                        since,
                        "gb28181-alarm:%d:%s:%d:%d:%d"
                                .formatted(
                                        from.no(),
                                        alarm.about(),
                                        alarm.method(),
                                        alarm.type(),
                                        since.getEpochSecond() / APART.toSeconds()),
                        device.name() + "：" + what,
                        Map.of("device", device.name(), "alarms", List.of(what), "since", since.toString()),
                        device.squadNo(),
                        0,
                        from.no(),
                        0,
                        0,
                        channels.streamOf(from.no(), alarm.about()),
                        null,
                        alarm.latitude() == null ? null : alarm.longitude(),
                        alarm.longitude() == null ? null : alarm.latitude()),
                receiveTime);
    }

    private static String severity(int priority) {
        return switch (priority) {
            case 1 -> "critical";
            case 4 -> "info";
            default -> "warning";
        };
    }

    /** GB/T 28181-2016 A.2.5: what a method and a type are called. */
    static String what(Message.Alarm alarm) {
        return switch (alarm.method()) {
            case 1 -> "电话报警";
            case 2 -> OF_DEVICE.getOrDefault(alarm.type(), "设备报警");
            case 3 -> "短信报警";
            case 4 -> "卫星定位报警";
            case 5 -> OF_VIDEO.getOrDefault(alarm.type(), "视频报警");
            case 6 -> OF_FAULT.getOrDefault(alarm.type(), "设备故障报警");
            default -> "其他报警";
        };
    }
}
