package org.farwatch.api.quotas;

import java.time.Instant;
import org.farwatch.api.checks.CheckKind;

/**
 * One line of the rule table.
 *
 * @param kind of the inspections that count, null for any
 * @param perSquad owed by each squad, otherwise by the bureau
 * @param target a number, or percent of the squads
 * @param source where it stands written, null when nowhere
 * @param active whether it is in force
 * @param changedBy null while it is as it came
 */
record Quota(
        long id,
        String name,
        Counted counted,
        CheckKind kind,
        boolean perSquad,
        int target,
        Period period,
        String source,
        boolean active,
        String changedBy,
        Instant changedAt,
        int version) {}
