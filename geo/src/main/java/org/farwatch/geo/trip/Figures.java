package org.farwatch.geo.trip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.geo.track.Track;
import org.farwatch.geo.trip.DayFigures.Silence;
import org.farwatch.geo.trip.DayFigures.Source;

/** Sums up a track and its legs. */
final class Figures {
    /** How far odometer and track may differ; the odometer counts hundreds of metres. */
    private static final double TOLERANCE_SHARE = 0.25;

    private static final double TOLERANCE_METRES = 300;
    private static final double METRES_PER_TENTH = 100;

    private Figures() {}

    static DayFigures of(Track track, TripRules rules, List<Leg> legs) {
        double metres = 0;
        Duration moving = Duration.ZERO;
        for (Leg leg : legs) {
            if (leg instanceof Leg.Trip trip) {
                metres += trip.metres();
                moving = moving.plus(trip.duration());
            }
        }
        double byOdometer = odometer(track, rules.gapSeconds() * 1000L, metres);
        boolean odometer = !Double.isNaN(byOdometer);
        long online = 0;
        long gap = rules.gapSeconds() * 1000L;
        Silence largest = null;
        int last = -1;
        for (int i = 0; i < track.size(); i++) {
            if (!track.isTimed(i)) {
                continue;
            }
            if (last >= 0) {
                long between = track.time(i) - track.time(last);
                if (between <= rules.gapSeconds() * 1000L) {
                    online += between;
                } else if (between > gap) {
                    gap = between;
                    largest = new Silence(Instant.ofEpochMilli(track.time(last)), Instant.ofEpochMilli(track.time(i)));
                }
            }
            last = i;
        }
        return new DayFigures(
                track.size(),
                odometer ? byOdometer : metres,
                odometer ? Source.MILEAGE : Source.TRACK,
                metres,
                online / 1000,
                moving.toSeconds(),
                largest);
    }

    /**
     * Metres by the odometer, also over gaps; NaN when it was not sent, fell, rose faster than anything drives, or says
     * something else than the track where there is one.
     */
    private static double odometer(Track track, long gapMillis, double trackMetres) {
        double seen = 0;
        double unseen = 0;
        int last = -1;
        int readings = 0;
        for (int i = 0; i < track.size(); i++) {
            if (!track.isTimed(i) || track.mileage(i) == Track.NO_MILEAGE) {
                continue;
            }
            readings++;
            if (last >= 0) {
                double rise = (track.mileage(i) - track.mileage(last)) * METRES_PER_TENTH;
                long between = track.time(i) - track.time(last);
                if (rise < 0 || rise > LegFold.FASTEST_METRES_PER_SECOND * between / 1000 + METRES_PER_TENTH) {
                    return Double.NaN;
                }
                if (between <= gapMillis) {
                    seen += rise;
                } else {
                    unseen += rise;
                }
            }
            last = i;
        }
        double tolerance = Math.max(TOLERANCE_METRES, TOLERANCE_SHARE * Math.max(seen, trackMetres));
        boolean agrees = readings > 1 && Math.abs(seen - trackMetres) <= tolerance;
        boolean frozen = seen + unseen == 0 && trackMetres > METRES_PER_TENTH;
        return agrees && !frozen ? seen + unseen : Double.NaN;
    }
}
