package org.farwatch.api.bodycameras;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What one fact of a camera means for its shift. */
enum Mark {
    GOOD,
    WARNING,
    /** It said nothing of it, or too long ago. */
    UNKNOWN;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
