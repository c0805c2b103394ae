package org.farwatch.api.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

/** The machine without a database: every state, action and role, and who may not do two things. */
class FindingFlowTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final long ISSUER = 1;
    private static final long DECIDER = 2;
    private static final long REVIEWER = 3;
    private static final long SQUAD_LEADER = 4;

    /** The decision, written anew: state, action, state; S squad leader, F officer, I inspector. */
    private static final String TABLE = """
            noticed explain explained SF
            noticed confirm confirmed I
            explained explain explained SF
            explained accept withdrawn I
            explained confirm confirmed I
            confirmed request-review in-review S
            confirmed rectify rectified S
            in-review uphold upheld I
            in-review overturn overturned I
            upheld rectify rectified S
            rectified recheck-failed confirmed I
            rectified recheck-passed rechecked I
            rechecked close closed I
            """;

    @Test
    void everyStateActionAndRoleIsDecidedAsTheTableSays() {
        Set<String> expected = new TreeSet<>();
        for (String line : TABLE.lines().toList()) {
            String[] part = line.split(" ", -1);
            for (char role : part[3].toCharArray()) {
                expected.add(part[0] + " " + part[1] + " " + part[2] + " " + role);
            }
        }
        Set<String> allowed = new TreeSet<>();
        int walked = 0;
        for (FindingState state : FindingState.values()) {
            for (FindingAction action : FindingAction.values()) {
                for (Role role : Role.values()) {
                    walked++;
                    try {
                        FindingState to = FindingAction.FLOW.next("7", state, action, Set.of(role));
                        allowed.add(state.label() + " " + action.label() + " " + to.label() + " " + letter(role));
                    } catch (Refusal refusal) {
                        assertThat(refusal.status()).isIn(403, 409);
                        assertThat(refusal)
                                .hasMessageContaining(refusal.status() == 403 ? " is for the " : state.label())
                                .hasMessageContaining(action.label());
                    }
                }
            }
        }
        assertThat(walked).isEqualTo(10 * 10 * Role.values().length);
        assertThat(allowed).containsExactlyElementsOf(expected);
    }

    @Test
    void aLeadIsNoticedOrDroppedByAnInspectorAndNothingAfterwards() {
        for (LeadState state : LeadState.values()) {
            for (LeadState.Action action : LeadState.Action.values()) {
                for (Role role : Role.values()) {
                    if (state == LeadState.NEW && role == Role.INSPECTOR) {
                        assertThat(LeadState.FLOW.next("1", state, action, Set.of(role)))
                                .isEqualTo(action == LeadState.Action.DROP ? LeadState.DROPPED : LeadState.NOTICED);
                    } else {
                        assertThatThrownBy(() -> LeadState.FLOW.next("1", state, action, Set.of(role)))
                                .isInstanceOf(Refusal.class)
                                .hasMessageContaining(Flow.label(action));
                    }
                }
            }
        }
    }

    @Test
    void endsAreWhereNobodyGoesOn() {
        assertThat(EnumSet.allOf(FindingState.class).stream().filter(FindingAction.FLOW::ends))
                .containsExactly(FindingState.WITHDRAWN, FindingState.OVERTURNED, FindingState.CLOSED);
    }

    @Test
    void nobodyDecidesOnHisOwnNoticeAndNobodyReviewsWhatHeIssuedOrConfirmed() {
        Stored explained = finding(FindingState.EXPLAINED, false);
        for (FindingAction action : List.of(FindingAction.ACCEPT, FindingAction.CONFIRM)) {
            assertRefused(explained, action, ISSUER, "you issued its notice");
            assertThat(objection(explained, action, DECIDER)).isEmpty();
        }
        Stored inReview = finding(FindingState.IN_REVIEW, true);
        for (FindingAction action : List.of(FindingAction.UPHOLD, FindingAction.OVERTURN)) {
            assertRefused(inReview, action, ISSUER, "you issued its notice");
            assertRefused(inReview, action, DECIDER, "you confirmed it");
            assertThat(objection(inReview, action, REVIEWER)).isEmpty();
        }
    }

    @Test
    void whoSpokeForTheOtherSideAndWhomItIsAboutDecideNothing() {
        for (FindingAction action : FindingAction.values()) {
            boolean ofInspectors = switch (action) {
                case EXPLAIN, REQUEST_REVIEW, RECTIFY -> false;
                case ACCEPT, CONFIRM, UPHOLD, OVERTURN, RECHECK_FAILED, RECHECK_PASSED, CLOSE -> true;
            };
            Stored finding = finding(FindingState.EXPLAINED, false);
            Caller concerned = caller(REVIEWER, 70);
            if (ofInspectors) {
                assertRefused(finding, action, SQUAD_LEADER, "you spoke for the squad or the officer");
                assertThat(Separation.objection(finding, action, concerned, false, NOW)
                                .orElseThrow())
                        .hasMessageContaining("you are the officer whom it is about");
            } else {
                assertThat(objection(finding, action, SQUAD_LEADER)).isEmpty();
            }
        }
    }

    @Test
    void withoutAnExplanationNobodyConfirmsBeforeItsTimeIsOver() {
        Stored noticed = finding(FindingState.NOTICED, false);
        Refusal early = objection(noticed, FindingAction.CONFIRM, DECIDER).orElseThrow();
        assertThat(early.status()).isEqualTo(409);
        assertThat(early).hasMessageContaining("there is time for one until " + LATER);
        assertThat(Separation.objection(noticed, FindingAction.CONFIRM, caller(DECIDER, 0), false, LATER))
                .isEmpty();
    }

    @Test
    void aReviewIsAskedForInTimeAndOnce() {
        assertThat(objection(finding(FindingState.CONFIRMED, false), FindingAction.REQUEST_REVIEW, SQUAD_LEADER))
                .isEmpty();
        assertThat(objection(finding(FindingState.CONFIRMED, true), FindingAction.REQUEST_REVIEW, SQUAD_LEADER)
                        .orElseThrow())
                .hasMessageContaining("it is given once");
        assertThat(Separation.objection(
                                finding(FindingState.CONFIRMED, false),
                                FindingAction.REQUEST_REVIEW,
                                caller(SQUAD_LEADER, 0),
                                false,
                                LATER)
                        .orElseThrow())
                .hasMessageContaining("could be asked for until " + LATER);
    }

    @Test
    void closingAsksForWhatTheClassNeedsAndNamesWhatIsMissing() {
        Closing nothing = new Closing(1, null, null);
        nothing.require(FindingClass.ORDINARY);
        assertThatThrownBy(() -> nothing.require(FindingClass.SERIOUS))
                .hasMessageContaining("group-discussion")
                .hasMessageNotContaining("effect");
        assertThatThrownBy(() -> nothing.require(FindingClass.SUPERVISED))
                .hasMessageContaining("cause-analysis, group-discussion, work-action, effect, proof, closure-form");
        Closing blank =
                new Closing(1, null, Map.of(ClosingElement.GROUP_DISCUSSION, new Closing.Element(" ", List.of())));
        assertThatThrownBy(() -> blank.require(FindingClass.SERIOUS)).hasMessageContaining("group-discussion");
    }

    private static Optional<Refusal> objection(Stored finding, FindingAction action, long user) {
        return Separation.objection(finding, action, caller(user, 0), user == SQUAD_LEADER, NOW);
    }

    private static void assertRefused(Stored finding, FindingAction action, long user, String why) {
        Refusal refusal = objection(finding, action, user).orElseThrow();
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal).hasMessageContainingAll(action.label(), "another inspector", why);
    }

    private static Caller caller(long user, long officer) {
        return new Caller(user, "u" + user, "u", Set.of(Role.INSPECTOR), officer, Set.of(), false, 1, null);
    }

    private static Stored finding(FindingState state, boolean reviewRequested) {
        return new Stored(
                7, 1, 5, 70, FindingClass.ORDINARY, state, ISSUER, LATER, DECIDER, LATER, reviewRequested, 0, 1);
    }

    private static char letter(Role role) {
        return switch (role) {
            case SQUAD_LEADER -> 'S';
            case OFFICER -> 'F';
            case INSPECTOR -> 'I';
            case OPERATOR, LEGAL_REVIEWER, ADMINISTRATOR, SECURITY_AUDITOR, COLLECTION_STATION -> '?';
        };
    }
}
