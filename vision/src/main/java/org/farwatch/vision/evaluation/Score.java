package org.farwatch.vision.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.vision.evaluation.Truth.Event;
import org.farwatch.vision.shape.Box;

/**
 * How the leads of a clip agree with its truth. An event is found by the first lead of its kind that overlaps its box by half (by
 * 0.3 when it is small) and is raised from a second before the dwell to two after it; one event takes one lead, every other
 * lead is false.
 *
 * @param found events and the leads that found them
 * @param missed events without one
 * @param falseLeads leads without an event
 * @param hours that the clip lasts
 */
public record Score(List<Found> found, List<Event> missed, List<Raised> falseLeads, double hours) {
    private static final double OVERLAP = 0.5;
    private static final double SMALL_OVERLAP = 0.3;
    private static final double SMALL_PIXELS = 24;
    private static final double EARLY = 1;
    private static final double LATE = 2;
    private static final double END_WITHIN = 3;

    /**
     * A lead.
     *
     * @param kind code of its rule
     * @param at second at which it was raised
     * @param ended second at which it ended, infinite when it did not
     */
    public record Raised(String kind, double at, double ended, Box box) {}

    /** An event and its lead. */
    public record Found(Event event, Raised lead) {
        /** Seconds from the arrival to the lead. */
        public double delay() {
            return lead.at() - event.from();
        }

        /** Whether it was taken away before the clip's end. */
        public boolean removed() {
            return Double.isFinite(event.to());
        }

        /** Whether the lead ended when the thing went: not before, and within three seconds. */
        public boolean endedInTime() {
            return removed()
                    ? lead.ended() >= event.to() - EARLY && lead.ended() <= event.to() + END_WITHIN
                    : Double.isInfinite(lead.ended());
        }
    }

    /**
     * Compares.
     *
     * @param smallHeight height of the picture in pixels where it is 640 wide: the size of things is told in these
     */
    public static Score of(Truth truth, List<Raised> leads, double smallHeight, double seconds) {
        List<Found> found = new ArrayList<>();
        List<Event> missed = new ArrayList<>();
        Set<Raised> taken = new HashSet<>();
        for (Event event : truth.events()) {
            Raised match = leads.stream()
                    .filter(lead -> !taken.contains(lead) && fits(truth, event, lead, smallHeight))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                missed.add(event);
            } else {
                taken.add(match);
                found.add(new Found(event, match));
            }
        }
        List<Raised> falseLeads =
                leads.stream().filter(lead -> !taken.contains(lead)).toList();
        return new Score(found, missed, falseLeads, seconds / 3600);
    }

    private static boolean fits(Truth truth, Event event, Raised lead, double smallHeight) {
        double least = event.box().height() * smallHeight < SMALL_PIXELS ? SMALL_OVERLAP : OVERLAP;
        double delay = lead.at() - event.from();
        return lead.kind().equals(event.kind())
                && lead.box().overlap(event.box()) >= least
                && delay >= truth.dwellSeconds() - EARLY
                && delay <= truth.dwellSeconds() + LATE;
    }

    /** All clips as one. */
    public static Score sum(List<Score> scores) {
        return new Score(
                scores.stream().flatMap(score -> score.found().stream()).toList(),
                scores.stream().flatMap(score -> score.missed().stream()).toList(),
                scores.stream().flatMap(score -> score.falseLeads().stream()).toList(),
                scores.stream().mapToDouble(Score::hours).sum());
    }

    /** The part of the leads that are true; NaN without leads. */
    public double precision() {
        return (double) found.size() / (found.size() + falseLeads.size());
    }

    /** The part of the events that were found; NaN without events. */
    public double recall() {
        return (double) found.size() / (found.size() + missed.size());
    }

    public double falsePerHour() {
        return falseLeads.size() / hours;
    }

    /** Mean seconds from arrival to lead; NaN when nothing was found. */
    public double meanDelay() {
        return found.stream().mapToDouble(Found::delay).average().orElse(Double.NaN);
    }

    public long removed() {
        return found.stream().filter(Found::removed).count();
    }

    public long endedInTime() {
        return found.stream().filter(one -> one.removed() && one.endedInTime()).count();
    }

    /** Leads that ended though their thing stood there to the end of the clip. */
    public long endedWrongly() {
        return found.stream()
                .filter(one -> !one.removed() && !one.endedInTime())
                .count();
    }
}
