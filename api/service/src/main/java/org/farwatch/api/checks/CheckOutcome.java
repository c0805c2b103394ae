package org.farwatch.api.checks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** What came of a check. */
enum CheckOutcome {
    /** 未发现问题. */
    FINE,
    /** 发现问题: a supervision lead, which is no finding yet. */
    LEAD;

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static CheckOutcome of(String label) {
        return Flow.read(CheckOutcome.class, label);
    }
}
