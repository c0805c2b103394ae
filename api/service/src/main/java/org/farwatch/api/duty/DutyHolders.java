package org.farwatch.api.duty;

import java.time.Clock;
import org.farwatch.api.duty.Roster.Custody;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.telemetry.LiveHolders;
import org.springframework.stereotype.Component;

/** Tells the live board who has a device and how his duty stands. */
@Component
class DutyHolders implements LiveHolders {
    private final RosterBook book;
    private final PresenceWatch watch;
    private final Clock clock;

    DutyHolders(RosterBook book, PresenceWatch watch, Clock clock) {
        this.book = book;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public Holder of(int deviceNo) {
        long now = clock.millis();
        Roster roster = book.roster();
        Custody holder = roster.holder(deviceNo, now);
        Entry duty = roster.dutyOf(deviceNo, now);
        if (holder == null && duty == null) {
            return NOBODY;
        }
        return new Holder(
                holder == null ? null : Long.toString(holder.officerId()),
                holder == null ? null : holder.officerName(),
                duty == null ? null : Long.toString(duty.id()),
                duty == null
                        ? null
                        : watch.current(duty.id())
                                .map(interval -> interval.state().label())
                                .orElse(null));
    }
}
