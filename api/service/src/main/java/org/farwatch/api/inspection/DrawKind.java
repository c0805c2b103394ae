package org.farwatch.api.inspection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** What is in a pool. */
enum DrawKind {
    /** 当班人员: who has a duty at a moment or in a span; by the roster, not by positions. */
    OFFICERS_ON_DUTY(true),
    /** 车辆: vehicle terminals. */
    VEHICLES(false),
    /** 监控: cameras that stand somewhere, not body cameras. */
    CAMERAS(false),
    /** 录像: a stream and a day on which it was recorded. */
    RECORDINGS(true),
    /** 中队. */
    SQUADS(false);

    private final boolean ofTime;

    DrawKind(boolean ofTime) {
        this.ofTime = ofTime;
    }

    /** Whether what is in the pool depends on a span of time; otherwise it is what there is when it is frozen. */
    boolean ofTime() {
        return ofTime;
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static DrawKind of(String label) {
        return Flow.read(DrawKind.class, label);
    }
}
