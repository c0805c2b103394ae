package org.farwatch.api.quotas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** What a quota counts. */
enum Counted {
    /** 督察任务 that are done: a squad's own ones, or all. */
    INSPECTIONS,
    /** Percent of the squads that the bureau has inspected. */
    SQUADS_INSPECTED,
    /** Percent of the squads that were inspected because they, or something of theirs, had been drawn. */
    SQUADS_DRAWN,
    /** 整改问题: tasks closed and findings whose rectification was rechecked. */
    PROBLEMS_RECTIFIED,
    /** Owed, but kept in another system; shown so that nobody takes the list for the whole. */
    ELSEWHERE;

    /** Whether the target is percent of the squads. */
    boolean ofSquads() {
        return this == SQUADS_INSPECTED || this == SQUADS_DRAWN;
    }

    /** Whether only inspections of one kind may be counted. */
    boolean hasKind() {
        return this == INSPECTIONS || ofSquads();
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static Counted of(String label) {
        return Flow.read(Counted.class, label);
    }
}
