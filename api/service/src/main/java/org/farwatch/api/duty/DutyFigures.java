package org.farwatch.api.duty;

import java.time.Clock;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.geo.presence.PresenceState;
import org.springframework.stereotype.Component;

/** How many are on duty and how many of them are where they must be. */
@Component
public class DutyFigures {
    private final RosterBook book;
    private final PresenceWatch watch;
    private final Clock clock;

    DutyFigures(RosterBook book, PresenceWatch watch, Clock clock) {
        this.book = book;
        this.watch = watch;
        this.clock = clock;
    }

    public record Figures(int onDuty, int onPost) {}

    public Figures now(DataScope scope) {
        long now = clock.millis();
        int onDuty = 0;
        int onPost = 0;
        for (Entry duty : book.roster().duties().values()) {
            if (duty.isOn(now) && scope.sees(duty.squadNo())) {
                onDuty++;
                onPost += watch.current(duty.id())
                        .filter(interval -> interval.state() == PresenceState.ON_POST)
                        .map(_ -> 1)
                        .orElse(0);
            }
        }
        return new Figures(onDuty, onPost);
    }
}
