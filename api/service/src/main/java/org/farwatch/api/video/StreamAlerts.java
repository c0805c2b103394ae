package org.farwatch.api.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.video.Interruptions.Open;
import org.farwatch.api.video.Interruptions.Origin;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * An alert for each interruption of pictures or of recording that lasts longer than its threshold, and a remark on it
 * when it is over. It looks at the table of interruptions, so one that began before this start of the service counts
 * from its beginning; but it raises only what this service has seen fail itself. One thread of the scheduler.
 */
@Component
class StreamAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(StreamAlerts.class);
    private static final long LOOK_MILLIS = 5_000;
    /** So long after its pictures have come a stream must be recorded: a recording begins with a key picture. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);

    /** What may be the matter, one for each origin of an interruption. */
    private enum Fault {
        OFFLINE(
                Origin.SOURCE,
                "camera-health",
                "stream-offline",
                "warning",
                "视频中断",
                Threshold.STREAM_OFFLINE_ALERT_SECONDS),
        UNWRITTEN(
                Origin.RECORDER,
                "recording-gap",
                "recording-failed",
                "critical",
                "录像无法写入",
                Threshold.STREAM_UNWRITTEN_ALERT_SECONDS);

        private final Origin origin;
        private final String kind;
        private final String code;
        private final String severity;
        private final String title;
        private final Threshold threshold;

        Fault(Origin origin, String kind, String code, String severity, String title, Threshold threshold) {
            this.origin = origin;
            this.kind = kind;
            this.code = code;
            this.severity = severity;
            this.title = title;
            this.threshold = threshold;
        }

        static Fault of(Origin origin) {
            return switch (origin) {
                case SOURCE -> OFFLINE;
                case RECORDER -> UNWRITTEN;
            };
        }
    }

    private final Streams streams;
    private final StreamSources sources;
    private final StreamTable table;
    private final Interruptions interruptions;
    private final Alerts alerts;
    private final Rules rules;
    private final Clock clock;
    /** Interruptions whose alert is raised; saves asking the table again and again. */
    private final Set<Open> raised = new HashSet<>();

    StreamAlerts(
            Streams streams,
            StreamSources sources,
            StreamTable table,
            Interruptions interruptions,
            Alerts alerts,
            Rules rules,
            Clock clock) {
        this.streams = streams;
        this.sources = sources;
        this.table = table;
        this.interruptions = interruptions;
        this.alerts = alerts;
        this.rules = rules;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    synchronized void look() {
        try {
            List<Open> open = interruptions.open();
            open.forEach(this::raiseIfLong);
            raised.retainAll(open);
            for (Fault fault : Fault.values()) {
                overtake(fault, open);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("alerts of streams wait for the database: {}", e.getMessage());
        }
    }

    private void raiseIfLong(Open interruption) {
        Instant now = clock.instant();
        Fault fault = Fault.of(interruption.origin());
        Duration longest = Duration.ofSeconds(rules.seconds(fault.threshold));
        if (Duration.between(interruption.starts(), now).compareTo(longest) < 0 || raised.contains(interruption)) {
            return;
        }
        Optional<StreamSession> session = streams.session(interruption.stream());
        Optional<StreamTable.Stored> stream = table.find(interruption.stream(), DataScope.EVERYTHING);
        if (session.isEmpty() || stream.isEmpty()) {
            return;
        }
        StreamSession.State state = session.get().state();
        boolean fails = switch (fault) {
            case OFFLINE -> state.state() == StreamState.OFFLINE && !hasEnded(stream.get(), interruption, state);
            case UNWRITTEN ->
                state.state() == StreamState.LIVE
                        && !state.since().plus(SETTLED).isAfter(now)
                        && session.get().recording().isEmpty();
        };
        if (fails) {
            alerts.raise(alert(fault, interruption, stream.get(), state, now), now);
            raised.add(interruption);
        }
    }

    /** A file that was played to its end is no fault, nor is somebody's time off duty, nor is a stream whose failure is not written yet. */
    private boolean hasEnded(StreamTable.Stored stream, Open interruption, StreamSession.State state) {
        boolean file = sources.paced(stream.sourceUrl());
        return interruption.cause().equals(Interruptions.STOPPED)
                || state.cause() == OfflineCause.STOPPED
                || state.cause() == OfflineCause.OFF_DUTY
                || file && state.cause() == OfflineCause.ENDED;
    }

    private static NewAlert alert(
            Fault fault, Open interruption, StreamTable.Stored stream, StreamSession.State state, Instant now) {
        // A camera's present failure says more than its first, such as that the source ended the stream.
        boolean offline = fault == Fault.OFFLINE;
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("place", stream.name());
        arguments.put("since", interruption.starts().toString());
        arguments.put("minutes", Duration.between(interruption.starts(), now).toMinutes());
        arguments.put("cause", offline ? state.cause().label() : interruption.cause());
        arguments.put("detail", offline ? state.detail() : interruption.detail());
        return new NewAlert(
                fault.kind,
                fault.code,
                fault.severity,
                interruption.starts(),
                fault.code + ":" + stream.id() + ":" + interruption.starts().toEpochMilli(),
                stream.name() + "：" + fault.title,
                arguments,
                stream.squadNo() == null ? 0 : stream.squadNo(),
                0,
                stream.deviceNo() == null ? 0 : stream.deviceNo(),
                0,
                0,
                stream.id(),
                null,
                stream.location() == null ? null : stream.location().longitude(),
                stream.location() == null ? null : stream.location().latitude());
    }

    /** Says so on alerts whose interruption is not among those that last. */
    private void overtake(Fault fault, List<Open> open) {
        for (Alerts.OfStream alert : alerts.standingOfStreams(fault.code)) {
            boolean lasts = open.stream()
                    .anyMatch(one -> one.origin() == fault.origin
                            && one.stream() == alert.stream()
                            && one.starts().equals(alert.since()));
            if (!lasts) {
                String text = interruptions
                        .end(alert.stream(), fault.origin, alert.since())
                        .map(end -> over(fault, alert.since(), end))
                        .orElse(givenUp(fault));
                alerts.overtake(alert.id(), text, clock.instant());
            }
        }
    }

    private static String over(Fault fault, Instant since, Instant end) {
        String at = MINUTE.format(end);
        long minutes = Math.max(1, Duration.between(since, end).toMinutes());
        return switch (fault) {
            case OFFLINE -> "画面已于 %s 恢复，共中断 %d 分钟 (pictures came again)".formatted(at, minutes);
            case UNWRITTEN -> "录像已于 %s 恢复，共缺录 %d 分钟 (it is recorded again)".formatted(at, minutes);
        };
    }

    private static String givenUp(Fault fault) {
        return switch (fault) {
            case OFFLINE -> "该视频流已停用 (the stream was retired)";
            case UNWRITTEN -> "该视频流已不再录像 (it is not to be recorded any more)";
        };
    }
}
