package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Where a finding stands. */
enum FindingState {
    /** 已告知: the squad and the officer were told, nothing is found yet. */
    NOTICED,
    /** 已说明. */
    EXPLAINED,
    /** 不予认定: the explanation holds. */
    WITHDRAWN,
    /** 已认定: by another inspector than the one who told them. */
    CONFIRMED,
    /** 复核中: counts as pending. */
    IN_REVIEW,
    /** 维持. */
    UPHELD,
    /** 撤销. */
    OVERTURNED,
    /** 已整改: says the squad. */
    RECTIFIED,
    /** 已复查. */
    RECHECKED,
    /** 已销号. */
    CLOSED;

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** Whether it stands as a finding now; only such ones appear in figures. */
    boolean counts() {
        return switch (this) {
            case CONFIRMED, UPHELD, RECTIFIED, RECHECKED, CLOSED -> true;
            case NOTICED, EXPLAINED, WITHDRAWN, IN_REVIEW, OVERTURNED -> false;
        };
    }
}
