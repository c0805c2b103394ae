package org.farwatch.api.checks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What a check looks at; its list is of the same kind. */
public enum CheckKind {
    /** 街面实效. */
    STREET_EFFECT,
    /** 行为规范. */
    CONDUCT,
    /** 内务管理. */
    INTERIOR,
    /** 音像记录: a legal reviewer's as well. */
    RECORDING,
    /** 专项. */
    SPECIAL;

    /** Whether the caller has to do with such checks at all. */
    boolean isOf(Caller caller) {
        return caller.is(Role.INSPECTOR) || (this == RECORDING && caller.is(Role.LEGAL_REVIEWER));
    }

    @JsonValue
    public String label() {
        return Flow.label(this);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static CheckKind of(String label) {
        return Flow.read(CheckKind.class, label);
    }
}
