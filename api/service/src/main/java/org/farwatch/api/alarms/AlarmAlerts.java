package org.farwatch.api.alarms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.alarms.AlarmEpisodes.Episode;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.LiveBoard;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * One alert for each time that an alarm is on, as its rule says, and a remark on it when it is over. An alert that nobody
 * decided is closed then, except an emergency, which a person must look at. Called by {@link AlarmWatch}'s thread.
 */
@Component
class AlarmAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmAlerts.class);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(BureauTime.ZONE);

    private final AlarmEpisodes episodes;
    private final AlarmRules rules;
    private final Alerts alerts;
    private final DeviceRegister register;
    private final LiveBoard board;
    private final Clock clock;

    AlarmAlerts(
            AlarmEpisodes episodes,
            AlarmRules rules,
            Alerts alerts,
            DeviceRegister register,
            LiveBoard board,
            Clock clock) {
        this.episodes = episodes;
        this.rules = rules;
        this.alerts = alerts;
        this.register = register;
        this.board = board;
        this.clock = clock;
    }

    void look() {
        Instant now = clock.instant();
        List<Episode> unsettled = episodes.unsettled();
        for (Episode episode : unsettled) {
            try {
                look(episode, now);
            } catch (DataIntegrityViolationException e) {
                // It is tried again, and those behind it are not held up.
                LOG.error("alarm {} of device {} cannot be made an alert", episode.id(), episode.deviceNo(), e);
            }
        }
    }

    private void look(Episode episode, Instant now) {
        AlarmRules.Rule rule = rules.of(episode.alarm());
        long alert = episode.alertId();
        if (alert == 0 && rule.severity() != null && lasted(episode, now).toSeconds() >= rule.holdSeconds()) {
            alert = raise(episode, rule, now);
        }
        boolean over = episode.ends() != null
                && !episode.ends().plusSeconds(rule.rejoinSeconds()).isAfter(now);
        if (over) {
            if (alert != 0) {
                alerts.end(alert, sentence(episode), episode.alarm() != LocationAlarm.SOS, now);
            }
            episodes.settle(episode.id());
        }
    }

    /** One that is on counts from when the service heard of it: its end may be on the way. */
    private static Duration lasted(Episode episode, Instant now) {
        return episode.ends() == null
                ? Duration.between(episode.noticed(), now)
                : Duration.between(episode.starts(), episode.ends());
    }

    private long raise(Episode episode, AlarmRules.Rule rule, Instant now) {
        RegisteredDevice device = register.byNo(episode.deviceNo());
        if (device == null) {
            return 0;
        }
        LiveBoard.Mark mark = board.of(episode.deviceNo());
        boolean placed = episode.longitude() != null;
        boolean sos = episode.alarm() == LocationAlarm.SOS;
        String dedupe = "device-alarm:" + episode.id();
        Optional<Long> raised = alerts.raise(
                new NewAlert(
                        sos ? "sos" : "device-alarm",
                        sos ? "sos" : "device-alarm",
                        rule.severity(),
                        episode.starts(),
                        dedupe,
                        device.name() + "：" + rule.title(),
                        Map.of(
                                "device", device.name(),
                                "alarms", List.of(episode.alarm().label()),
                                "since", episode.starts().toString()),
                        device.squadNo(),
                        episode.officerId(),
                        episode.deviceNo(),
                        0,
                        0,
                        0,
                        null,
                        placed ? episode.longitude() : mark == null ? null : (Double) mark.longitude(),
                        placed ? episode.latitude() : mark == null ? null : (Double) mark.latitude()),
                now);
        // It may have been raised just before a crash.
        Optional<Long> alert = raised.or(() -> alerts.raisedFor(dedupe));
        alert.ifPresent(id -> episodes.raised(episode.id(), id));
        return alert.orElse(0L);
    }

    private static String sentence(Episode episode) {
        long seconds = Math.max(1, lasted(episode, episode.ends()).toSeconds());
        return "报警已于 %s 解除，持续 %d 秒 (the device no longer reports it)".formatted(MINUTE.format(episode.ends()), seconds);
    }
}
