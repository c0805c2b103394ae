package org.farwatch.api.alarms;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.farwatch.api.commands.Commands;
import org.farwatch.api.leads.AlertDecided;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.command.PositionCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells a terminal that a person has dealt with its alarm (JT/T 808-2013 and -2019, 0x8203), so that it no longer reports
 * it. Only of alarms that end by that; the others end by themselves.
 */
@Component
class AlarmConfirmation {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmConfirmation.class);
    /** A terminal that connects later than this gets nothing: its next alarm is another one. */
    private static final Duration EXPIRY = Duration.ofMinutes(10);

    private final AlarmEpisodes episodes;
    private final Commands commands;
    private final Clock clock;

    AlarmConfirmation(AlarmEpisodes episodes, Commands commands, Clock clock) {
        this.episodes = episodes;
        this.commands = commands;
        this.clock = clock;
    }

    @EventListener
    void decided(AlertDecided decided) {
        episodes.ofAlert(decided.id())
                .filter(episode ->
                        episode.ends() == null && PositionCommand.ConfirmAlarm.CONFIRMABLE.contains(bit(episode)))
                .ifPresent(episode -> confirm(episode, decided));
    }

    private void confirm(AlarmEpisodes.Episode episode, AlertDecided decided) {
        try {
            commands.request(
                    episode.deviceNo(),
                    "confirm-alarm",
                    Map.of("serial", 0, "bits", List.of(bit(episode))),
                    decided.by(),
                    clock.instant().plus(EXPIRY));
        } catch (Refusal refused) {
            // Such as for a device of another protocol, or whoever decides may send no commands: the decision stands.
            LOG.info("alert {}: its device is not told: {}", decided.id(), refused.getMessage());
        }
    }

    private static int bit(AlarmEpisodes.Episode episode) {
        return Integer.numberOfTrailingZeros(episode.alarm().mask());
    }
}
