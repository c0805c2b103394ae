package org.farwatch.api.zones;

import org.farwatch.api.access.AuditLog;
import org.farwatch.api.leads.AlertDecided;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets a zone into the feed when people's own decisions show its leads to be true, and out of it when they show the
 * contrary: {@link Threshold#ZONE_PRECISION} over the latest {@link Threshold#ZONE_DECISIONS} decisions. Each change of
 * state, polygon, rule or dwell begins the count anew, so that a zone does not go to and fro with one decision.
 */
@Component
class ZoneTrust {
    /** In the audit log. */
    private static final String SERVICE = "farwatch";

    private final ZoneTable zones;
    private final Rules rules;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    ZoneTrust(ZoneTable zones, Rules rules, AuditLog audit, TransactionTemplate transaction) {
        this.zones = zones;
        this.rules = rules;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * How a zone stands.
     *
     * @param decided of the latest leads, at most {@code needed}
     * @param correct how many of these were true
     * @param needed over how many it is judged
     * @param precision the share that it needs, 0.5 to 1
     */
    record Standing(int decided, int correct, int needed, double precision) {
        boolean enough() {
            return decided >= needed;
        }

        boolean met() {
            return correct >= precision * decided;
        }
    }

    Standing of(long zone) {
        int needed = (int) Math.round(rules.value(Threshold.ZONE_DECISIONS));
        ZoneTable.Judged judged = zones.judged(zone, needed);
        return new Standing(judged.decided(), judged.correct(), needed, rules.value(Threshold.ZONE_PRECISION) / 100);
    }

    @EventListener
    void decided(AlertDecided decision) {
        if (decision.kind().equals(LeadDesk.KIND)) {
            transaction.executeWithoutResult(_ -> zones.ofAlert(decision.id()).ifPresent(this::judge));
        }
    }

    /** A zone that somebody changes at this moment stays as he leaves it; the next decision judges it. */
    private void judge(ZoneTable.Stored zone) {
        Standing standing = of(zone.id());
        ZoneState next = switch (zone.facts().state()) {
            case TRIAL -> standing.enough() && standing.met() ? ZoneState.LIVE : ZoneState.TRIAL;
            case LIVE -> standing.enough() && !standing.met() ? ZoneState.TRIAL : ZoneState.LIVE;
            case RETIRED -> ZoneState.RETIRED;
        };
        if (next != zone.facts().state()
                && zones.update(zone.id(), zone.version(), zone.facts().in(next))) {
            audit.record(
                    SERVICE,
                    next == ZoneState.LIVE ? "promote" : "fall-back",
                    "zone",
                    Long.toString(zone.id()),
                    zone.facts().state(),
                    standing,
                    null);
        }
    }
}
