package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Set;
import org.farwatch.api.flow.Flow;

/** How grave a finding is, which decides what it is closed with. */
enum FindingClass {
    ORDINARY("一般", EnumSet.noneOf(ClosingElement.class)),
    SERIOUS("严重", EnumSet.of(ClosingElement.GROUP_DISCUSSION)),
    /** 督办: all of 六个有. */
    SUPERVISED("督办", EnumSet.allOf(ClosingElement.class));

    private final String onPaper;
    private final Set<ClosingElement> needed;

    FindingClass(String onPaper, Set<ClosingElement> needed) {
        this.onPaper = onPaper;
        this.needed = needed;
    }

    @JsonValue
    String label() {
        return Flow.label(this);
    }

    String onPaper() {
        return onPaper;
    }

    Set<ClosingElement> needed() {
        return needed;
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    static FindingClass of(String label) {
        return Flow.read(FindingClass.class, label);
    }
}
