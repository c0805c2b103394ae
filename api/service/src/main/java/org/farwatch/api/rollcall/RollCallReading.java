package org.farwatch.api.rollcall;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.farwatch.geo.place.Border;
import org.farwatch.geo.presence.PostFix;
import org.farwatch.geo.presence.PresenceRules;

/**
 * What the positions of one officer's devices say to a roll call. It depends on the set of positions only, so that one
 * sent late (补报) counts as if it had come in time, and a restart changes nothing.
 *
 * <ul>
 *   <li>{@code present}: a position in the post, fixed from the call to the end of the term for an answer, both included;
 *   <li>{@code late}: the first such position is after that, up to the end of the second term, and he is known to have
 *       been away before: at the call or by a position since;
 *   <li>{@code pending}: everything else, silence above all. A device that was silent until the second term proves no
 *       lateness: that is left to a person, as is every absence.
 * </ul>
 *
 * <p>In the post is what presence holds to be so, see {@link PostFix}. Positions fixed after his duty are nobody's
 * business here.
 *
 * @param outcome {@code pending}, {@code present} or {@code late}
 * @param answer the position that answered, null while none did
 * @param last the newest usable position that was fixed before the terms were over, also from before the call; null for
 *     none
 */
record RollCallReading(Outcome outcome, Seen answer, Seen last) {

    /**
     * The times of a call.
     *
     * @param dutyEnd exclusive
     * @param awayAtCall whether positions proved at the call that he was away from his post
     */
    record Terms(Instant calledAt, Instant answerUntil, Instant lateUntil, Instant dutyEnd, boolean awayAtCall) {}

    /** A stored position: WGS-84 degrees, NaN for none; stated error in metres, NaN for none; flags of PositionFlag. */
    record Fix(String deviceId, Instant at, double longitude, double latitude, float accuracy, int flags) {}

    /**
     * A usable position.
     *
     * @param metres outside of the post's border, negative inside
     */
    record Seen(String deviceId, Instant at, boolean atPost, double metres) {}

    /** Reads positions of one or several devices, given in any order. */
    static RollCallReading of(Terms terms, Border post, PresenceRules rules, List<Fix> fixes) {
        List<Seen> seen = fixes.stream()
                .filter(fix -> !fix.at().isAfter(terms.lateUntil()) && fix.at().isBefore(terms.dutyEnd()))
                .map(fix -> seen(fix, post, rules))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Seen::at))
                .toList();
        Seen last = seen.isEmpty() ? null : seen.getLast();
        Seen answer = seen.stream()
                .filter(each -> each.atPost() && !each.at().isBefore(terms.calledAt()))
                .findFirst()
                .orElse(null);
        if (answer == null) {
            return new RollCallReading(Outcome.PENDING, null, last);
        }
        if (!answer.at().isAfter(terms.answerUntil())) {
            return new RollCallReading(Outcome.PRESENT, answer, last);
        }
        boolean away = terms.awayAtCall()
                || seen.stream()
                        .anyMatch(each -> !each.atPost()
                                && !each.at().isBefore(terms.calledAt())
                                && each.at().isBefore(answer.at()));
        return away
                ? new RollCallReading(Outcome.LATE, answer, last)
                : new RollCallReading(Outcome.PENDING, null, last);
    }

    private static Optional<Seen> seen(Fix fix, Border post, PresenceRules rules) {
        PostFix read = PostFix.of(post, rules, fix.longitude(), fix.latitude(), fix.accuracy(), fix.flags());
        return read.usable()
                ? Optional.of(new Seen(fix.deviceId(), fix.at(), read.atPost(), read.outsideMetres()))
                : Optional.empty();
    }
}
