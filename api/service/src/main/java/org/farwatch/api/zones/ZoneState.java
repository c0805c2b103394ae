package org.farwatch.api.zones;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a zone's leads. */
enum ZoneState {
    /** 试运行: they go to who reviews them, not to the feed. */
    TRIAL("trial"),
    /** 正式: they are alerts like others. */
    LIVE("live"),
    /** 停用: nothing is looked for. */
    RETIRED("retired");

    private final String label;

    ZoneState(String label) {
        this.label = label;
    }

    @JsonValue
    String label() {
        return label;
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static ZoneState of(String label) {
        for (ZoneState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("must be one of trial, live, retired; was " + label);
    }
}
