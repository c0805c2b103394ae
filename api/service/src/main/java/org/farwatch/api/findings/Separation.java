package org.farwatch.api.findings;

import java.time.Instant;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.web.Refusal;

/**
 * What keeps a finding fair beyond state and role: who tells, who decides and who reviews are three persons, none of them
 * of the other side, and each side has its time. No state; each method asks what it is given.
 */
final class Separation {
    private Separation() {}

    /**
     * Why the caller may not do it, though state and role allow it.
     *
     * @param spoke whether the caller did for the squad or the officer
     * @return empty when he may
     */
    static Optional<Refusal> objection(
            Stored finding, FindingAction action, Caller caller, boolean spoke, Instant now) {
        return switch (action) {
            case EXPLAIN, RECTIFY -> Optional.empty();
            case REQUEST_REVIEW -> review(finding, now);
            case ACCEPT ->
                recusal(finding, action, caller, spoke)
                        .or(() -> same(finding, action, caller, finding.issuedBy(), "issued its notice"));
            case CONFIRM ->
                recusal(finding, action, caller, spoke)
                        .or(() -> same(finding, action, caller, finding.issuedBy(), "issued its notice"))
                        .or(() -> unheard(finding, now));
            case UPHOLD, OVERTURN ->
                recusal(finding, action, caller, spoke)
                        .or(() -> same(finding, action, caller, finding.issuedBy(), "issued its notice"))
                        .or(() -> same(finding, action, caller, finding.decidedBy(), "confirmed it"));
            case RECHECK_FAILED, RECHECK_PASSED, CLOSE -> recusal(finding, action, caller, spoke);
        };
    }

    private static Optional<Refusal> recusal(Stored finding, FindingAction action, Caller caller, boolean spoke) {
        if (finding.officerId() != 0 && finding.officerId() == caller.officerId()) {
            return Optional.of(refuse(finding, action, "you are the officer whom it is about"));
        }
        return spoke
                ? Optional.of(refuse(finding, action, "you spoke for the squad or the officer"))
                : Optional.empty();
    }

    private static Optional<Refusal> same(
            Stored finding, FindingAction action, Caller caller, long other, String what) {
        return other == caller.userId() ? Optional.of(refuse(finding, action, "you " + what)) : Optional.empty();
    }

    private static Optional<Refusal> unheard(Stored finding, Instant now) {
        return finding.state() == FindingState.NOTICED && now.isBefore(finding.explainUntil())
                ? Optional.of(new Refusal(
                                409,
                                "too early",
                                "finding " + finding.id() + " has no explanation yet and there is time for one until "
                                        + finding.explainUntil())
                        .with("until", finding.explainUntil()))
                : Optional.empty();
    }

    private static Optional<Refusal> review(Stored finding, Instant now) {
        if (finding.reviewRequested()) {
            return Optional.of(new Refusal(
                    409,
                    "only once",
                    "a review of finding " + finding.id() + " was asked for before; it is given once"));
        }
        return finding.reviewUntil() == null || now.isBefore(finding.reviewUntil())
                ? Optional.empty()
                : Optional.of(new Refusal(
                                409,
                                "too late",
                                "a review of finding " + finding.id() + " could be asked for until "
                                        + finding.reviewUntil())
                        .with("until", finding.reviewUntil()));
    }

    private static Refusal refuse(Stored finding, FindingAction action, String why) {
        return new Refusal(
                403,
                "another person needed",
                action.label() + " of finding " + finding.id() + " is for another inspector: " + why);
    }
}
