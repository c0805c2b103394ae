package org.farwatch.geo.trip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.place.LocalMetres;
import org.farwatch.geo.track.Track;
import org.farwatch.geo.trip.Leg.End;
import org.farwatch.geo.trip.Leg.Place;

/**
 * Cuts a track into trips, stops and gaps, in one pass over the positions that {@link GoodFixes} leaves.
 *
 * <p>A stop begins as a candidate: positions within {@link TripRules#stopMetres} of their own middle. It is left when
 * positions are outside for {@value #LEAVE_MILLIS} ms or farther than {@value #CLEARLY} times that, dated at the first of
 * them; what was left before {@link TripRules#stopSeconds} is part of a trip. A silence ends a trip; one that begins and
 * ends at the same place belongs to the stop there, unless the odometer rose meanwhile. Positions jitter: a trip that
 * never gets clearly away from the stop beside it belongs to that stop.
 */
final class LegFold {
    /** 252 km/h. */
    static final double FASTEST_METRES_PER_SECOND = 70;

    static final int CLEARLY = 2;
    static final long LEAVE_MILLIS = 30_000;
    /** Steps shorter than this part of {@link TripRules#stopMetres} are jitter and add up to nothing. */
    private static final double STEP = 0.5;

    private final Track track;
    private final TripRules rules;
    private final int[] fixes;
    private final boolean[] broken;
    private final List<Leg> legs = new ArrayList<>();

    /** Where the trip that is under way began, -1 when none is. Indices are of {@link #fixes}. */
    private int tripStart = -1;

    private int first;
    private int lastInside;
    private int outsideFrom;
    private int count;
    private double longitude;
    private double latitude;
    private long silent;

    LegFold(Track track, TripRules rules) {
        this.track = track;
        this.rules = rules;
        GoodFixes good = GoodFixes.of(track, rules);
        fixes = good.fixes();
        broken = good.broken();
    }

    List<Leg> legs() {
        if (fixes.length == 0) {
            return List.of();
        }
        begin(0);
        for (int i = 1; i < fixes.length; i++) {
            long silence = time(i) - time(i - 1);
            if (broken[i] || silence > rules.gapSeconds() * 1000L) {
                if (!broken[i] && stayed(i)) {
                    silent += silence;
                    inside(i);
                } else {
                    close(i - 1, End.GAP);
                    legs.add(new Leg.Gap(at(i - 1), at(i), place(i - 1), place(i)));
                    tripStart = -1;
                    begin(i);
                }
            } else if (metresOff(i) <= rules.stopMetres()) {
                inside(i);
            } else {
                i = outside(i);
            }
        }
        close(fixes.length - 1, End.DATA);
        return Calm.of(legs, rules);
    }

    private void begin(int at) {
        first = at;
        lastInside = at;
        outsideFrom = -1;
        count = 1;
        silent = 0;
        longitude = track.longitude(fixes[at]);
        latitude = track.latitude(fixes[at]);
    }

    private void inside(int at) {
        lastInside = at;
        outsideFrom = -1;
        count++;
        longitude += (track.longitude(fixes[at]) - longitude) / count;
        latitude += (track.latitude(fixes[at]) - latitude) / count;
    }

    /** @return the position that was read last: those after the leaving are read again, against the next candidate */
    private int outside(int at) {
        if (outsideFrom < 0) {
            outsideFrom = at;
        }
        boolean left = metresOff(at) > CLEARLY * rules.stopMetres() || time(at) - time(outsideFrom) >= LEAVE_MILLIS;
        if (!left) {
            return at;
        }
        int next = outsideFrom;
        if (isStop()) {
            stop();
        } else if (tripStart < 0) {
            tripStart = first;
        }
        begin(next);
        return next;
    }

    private boolean isStop() {
        return time(lastInside) - time(first) >= rules.stopSeconds() * 1000L;
    }

    private void stop() {
        if (tripStart >= 0 && tripStart < first) {
            trip(tripStart, first, End.STOP);
        }
        legs.add(new Leg.Stop(
                at(first), at(lastInside), new Place(longitude, latitude), Duration.ofMillis(silent), count));
        tripStart = lastInside;
    }

    /** Ends what is under way at the last position before a silence or at the end. */
    private void close(int last, End end) {
        if (isStop()) {
            stop();
        } else if (tripStart < 0) {
            tripStart = first;
        }
        if (tripStart < last) {
            trip(tripStart, last, end);
        }
    }

    private void trip(int from, int to, End end) {
        int anchor = from;
        double least = STEP * rules.stopMetres();
        double metres = 0;
        double reach = 0;
        float top = Float.NaN;
        for (int i = from; i <= to; i++) {
            double step = metres(anchor, i);
            reach = Math.max(reach, metres(from, i));
            if (step >= least || i == to) {
                metres += step;
                anchor = i;
            }
            float speed = track.speed(fixes[i]);
            if (speed <= FASTEST_METRES_PER_SECOND * 3.6 && !(top >= speed)) {
                top = speed;
            }
        }
        legs.add(new Leg.Trip(at(from), at(to), place(from), place(to), metres, reach, top, to - from + 1, end));
    }

    /** Whether the device is where it was before the silence, and its odometer does not say otherwise. */
    private boolean stayed(int at) {
        if (metresOff(at) > rules.stopMetres()) {
            return false;
        }
        long before = track.mileage(fixes[at - 1]);
        long after = track.mileage(fixes[at]);
        boolean known = before != Track.NO_MILEAGE && after != Track.NO_MILEAGE;
        return !known || (after - before) * 100.0 <= Math.max(100, CLEARLY * rules.stopMetres());
    }

    private double metresOff(int at) {
        return GoodFixes.metres(longitude, latitude, track.longitude(fixes[at]), track.latitude(fixes[at]));
    }

    private double metres(int a, int b) {
        return GoodFixes.metres(track, fixes[a], fixes[b]);
    }

    private long time(int at) {
        return track.time(fixes[at]);
    }

    private Instant at(int at) {
        return Instant.ofEpochMilli(time(at));
    }

    private Place place(int at) {
        return new Place(track.longitude(fixes[at]), track.latitude(fixes[at]));
    }

    /** Metres between two places by great circle. */
    static double metres(Place a, Place b) {
        return LocalMetres.between(a.longitude(), a.latitude(), b.longitude(), b.latitude());
    }
}
