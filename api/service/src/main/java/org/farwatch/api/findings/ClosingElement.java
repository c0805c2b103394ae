package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** One of the six that a supervised finding is closed with (六个有). */
enum ClosingElement {
    /** 原因分析. */
    CAUSE_ANALYSIS,
    /** 集体研究. */
    GROUP_DISCUSSION,
    /** 工作举措. */
    WORK_ACTION,
    /** 整改成效. */
    EFFECT,
    /** 佐证材料. */
    PROOF,
    /** 销号表. */
    CLOSURE_FORM;

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static ClosingElement of(String label) {
        return Flow.read(ClosingElement.class, label);
    }
}
