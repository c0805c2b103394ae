package org.farwatch.api.duty;

import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.presence.PresenceInterval;
import org.farwatch.geo.presence.PresenceRules;
import org.farwatch.geo.presence.PresenceState;
import org.springframework.stereotype.Component;

/** Who is on duty at a moment and where he must be, for features that ask about the moment. Any thread. */
@Component
public class DutyRoll {
    private final RosterBook book;
    private final PresenceWatch watch;
    private final PresenceThresholds thresholds;

    DutyRoll(RosterBook book, PresenceWatch watch, PresenceThresholds thresholds) {
        this.book = book;
        this.watch = watch;
        this.thresholds = thresholds;
    }

    /**
     * An officer on duty.
     *
     * @param end of his duty, exclusive
     * @param presence what his positions prove now, null for nothing yet
     */
    public record OnDuty(
            long dutyId,
            long officerId,
            String officerName,
            long squadNo,
            String squadName,
            long postId,
            String postName,
            Instant end,
            PresenceState presence) {}

    /** Officers whose duty covers the moment; those of vehicles alone are nobody who could be called. */
    public List<OnDuty> at(Instant moment, DataScope scope) {
        Roster roster = book.roster();
        return roster.duties().values().stream()
                .filter(duty -> duty.officerId() != 0 && duty.isOn(moment.toEpochMilli()) && scope.sees(duty.squadNo()))
                .map(duty -> onDuty(duty, roster))
                .toList();
    }

    /** The border of a post, also of one that is off the map. */
    public Border border(long postId) {
        return book.roster().posts().get(postId).border();
    }

    /** The thresholds by which a position lies in a post. */
    public PresenceRules rules() {
        return thresholds.rules();
    }

    private OnDuty onDuty(Entry duty, Roster roster) {
        return new OnDuty(
                duty.id(),
                duty.officerId(),
                duty.officerName(),
                duty.squadNo(),
                duty.squadName(),
                duty.postId(),
                roster.posts().get(duty.postId()).name(),
                Instant.ofEpochMilli(duty.end()),
                watch.current(duty.id()).map(PresenceInterval::state).orElse(null));
    }
}
