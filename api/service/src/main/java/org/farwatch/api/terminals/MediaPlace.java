package org.farwatch.api.terminals;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.farwatch.ingest.jt808.LocationBody;

/**
 * When and where a medium was taken, from the position that comes with it.
 *
 * @param at null when it came without a position, or the terminal's clock is wild
 * @param longitude WGS-84 degrees; null without a valid fix
 * @param sos whether the position carries the emergency alarm
 */
record MediaPlace(Instant at, Double longitude, Double latitude, boolean sos) {
    private static final MediaPlace NOWHERE = new MediaPlace(null, null, null, false);

    /** Of a clock that says one of these nothing follows about duty. */
    private static final Set<PositionFlag> WILD = EnumSet.of(
            PositionFlag.NO_TIME, PositionFlag.FUTURE_TIME, PositionFlag.PAST_TIME, PositionFlag.CLOCK_ROLLOVER);

    static MediaPlace of(TerminalMedia media) {
        if (media.location() == null) {
            return NOWHERE;
        }
        PositionBatch row = new PositionBatch(1);
        byte[] body = media.location();
        new LocationBody()
                .append(
                        body,
                        0,
                        body.length,
                        media.device().no(),
                        media.device().datum(),
                        media.receivedAt().toEpochMilli(),
                        row);
        int flags = row.flags(0);
        boolean wild = WILD.stream().anyMatch(flag -> flag.in(flags));
        boolean placed = !PositionFlag.NO_FIX.in(flags) && !PositionFlag.ZERO_POSITION.in(flags);
        return new MediaPlace(
                wild ? null : Instant.ofEpochMilli(row.fixTime(0)),
                placed ? row.longitude(0) : null,
                placed ? row.latitude(0) : null,
                (row.alarms(0) & LocationAlarm.SOS.mask()) != 0);
    }
}
