package org.farwatch.api.talk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How something is said to a loudspeaker. */
enum ShoutKind {
    /** 对讲: to one, by microphone. */
    TALK,
    /** 喊话: to several, by microphone. */
    LIVE,
    /** 喊话: a recording. */
    ANNOUNCEMENT;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ShoutKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
