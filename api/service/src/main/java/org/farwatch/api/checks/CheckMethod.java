package org.farwatch.api.checks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** How it is looked at; both count alike. */
enum CheckMethod {
    /** 视频督察: by live and recorded pictures, positions and roster. */
    SCREEN,
    /** 实地督察. */
    ON_SITE;

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static CheckMethod of(String label) {
        return Flow.read(CheckMethod.class, label);
    }
}
