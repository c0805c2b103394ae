package org.farwatch.api.rollcall;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** What a roll call found about one officer. Positions make somebody present or late; the rest is said by a person. */
enum Outcome {
    /** 待应答; 未应答 once the terms are over. */
    PENDING,
    /** 到岗. */
    PRESENT,
    /** 迟到: was away and came back between the two terms. */
    LATE,
    /** 缺岗. */
    ABSENT,
    /** 有因. */
    EXCUSED;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
