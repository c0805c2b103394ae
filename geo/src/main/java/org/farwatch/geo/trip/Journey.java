package org.farwatch.geo.trip;

import java.util.List;
import org.farwatch.geo.track.Track;

/** What a track says: its legs in order, and its figures. A pure function of track and rules. */
public record Journey(List<Leg> legs, DayFigures figures) {
    public static Journey of(Track track, TripRules rules) {
        List<Leg> legs = new LegFold(track, rules).legs();
        return new Journey(legs, Figures.of(track, rules, legs));
    }
}
