package org.farwatch.api.cameras;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.cameras.CameraTable.Fault;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.video.CameraClocks;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.BureauTime;
import org.farwatch.vision.health.HealthFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * An alert for each fault of a camera, and a remark on it when the fault is over. It looks at the table of faults, so nothing
 * is lost or said twice when the service ends in between. One thread of the scheduler.
 */
@Component
class CameraAlerts {
    static final String KIND = "camera-health";
    private static final Logger LOG = LoggerFactory.getLogger(CameraAlerts.class);
    private static final long LOOK_MILLIS = 2_000;
    private static final long CLEAN_MILLIS = 6 * 3_600_000L;
    private static final int AT_ONCE = 500;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);

    private final CameraTable table;
    private final StreamBook streams;
    private final Alerts alerts;
    private final CameraClocks clocks;
    private final Duration keep;
    private final Clock clock;

    CameraAlerts(
            CameraTable table,
            StreamBook streams,
            Alerts alerts,
            CameraClocks clocks,
            CameraSettings settings,
            Clock clock) {
        this.table = table;
        this.streams = streams;
        this.alerts = alerts;
        this.clocks = clocks;
        this.keep = settings.keep();
        this.clock = clock;
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    void look() {
        try {
            table.endRetired(clock.instant());
            List<Fault> untold = table.untold(AT_ONCE);
            untold.forEach(this::tell);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("alerts of cameras wait for the database: {}", e.getMessage());
        }
    }

    @Scheduled(fixedDelay = CLEAN_MILLIS, initialDelay = CLEAN_MILLIS)
    void clean() {
        try {
            int gone = table.forget(clock.instant().minus(keep));
            if (gone > 0) {
                LOG.info("{} faults of cameras are older than {} and were removed", gone, keep);
            }
        } catch (DataAccessException e) {
            LOG.warn("faults of cameras are not cleaned up: {}", e.getMessage());
        }
    }

    private void tell(Fault fault) {
        Instant now = clock.instant();
        Long alert = fault.alert();
        if (alert == null && fault.ends() == null) {
            Optional<StreamBook.Entry> stream = streams.find(fault.stream(), DataScope.EVERYTHING);
            NewAlert wanted = alert(fault, stream.orElseThrow(), now);
            alerts.raise(wanted, now)
                    .or(() -> alerts.raisedFor(wanted.dedupe()))
                    .ifPresent(id -> table.alerted(fault.id(), id));
            return;
        }
        if (alert != null) {
            alerts.overtake(alert, over(fault), now);
        }
        table.told(fault.id());
    }

    private NewAlert alert(Fault fault, StreamBook.Entry stream, Instant now) {
        String code = "camera-" + fault.kind().label();
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("place", stream.name());
        arguments.put("since", fault.starts().toString());
        arguments.put("minutes", Duration.between(fault.starts(), now).toMinutes());
        boolean wrongZone = wrongZone(fault);
        if (wrongZone) {
            arguments.put("variant", "zone");
        }
        return new NewAlert(
                KIND,
                code,
                "warning",
                fault.starts(),
                code + ":" + stream.id() + ":" + fault.starts().toEpochMilli(),
                stream.name() + "：" + chinese(fault.kind()) + (wrongZone ? "，相差 8 小时，可能是时区设置错误" : ""),
                arguments,
                stream.squadNo(),
                0,
                stream.deviceNo(),
                0,
                0,
                stream.id(),
                null,
                stream.longitude(),
                stream.latitude());
    }

    private boolean wrongZone(Fault fault) {
        Long offset = fault.kind() == HealthFault.CLOCK ? clocks.offsets().get(fault.stream()) : null;
        return offset != null && CameraClocks.wrongZone(offset);
    }

    private static String over(Fault fault) {
        if (fault.relearnedBy() != null) {
            return "%s 确认画面为新的正常画面 (the view was learned again)".formatted(fault.relearnedBy());
        }
        String said = fault.kind() == HealthFault.CLOCK
                ? "时钟已于 %s 恢复准确，共 %d 分钟 (the clock is right again)"
                : "画面已于 %s 恢复正常，共 %d 分钟 (the picture is well again)";
        return said.formatted(
                MINUTE.format(fault.ends()),
                Math.max(1, Duration.between(fault.starts(), fault.ends()).toMinutes()));
    }

    private static String chinese(HealthFault fault) {
        return switch (fault) {
            case BLACK -> "画面全黑";
            case FROZEN -> "画面静止不变";
            case COVERED -> "镜头被遮挡";
            case BLURRED -> "画面模糊";
            case MOVED -> "镜头被移动";
            case SLOW -> "帧率过低";
            case CLOCK -> "摄像机时钟不准";
        };
    }
}
