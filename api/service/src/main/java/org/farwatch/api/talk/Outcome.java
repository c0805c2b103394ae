package org.farwatch.api.talk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a call of a loudspeaker. */
enum Outcome {
    /** All was said. */
    DONE,
    /** Ended before the device took sound. */
    CANCELLED,
    /** Somebody else was speaking to it. */
    IN_USE,
    /** The device, or the service on its behalf, does not take it, or no longer; the reason says why. */
    REFUSED,
    /** The device did not open its loudspeaker in time. */
    NO_ANSWER,
    /** Somebody with precedence spoke to it from then on. */
    TAKEN_OVER,
    /** It lasted as long as a call may. */
    TOO_LONG,
    /** The device or its link ended it. */
    HUNG_UP,
    /** No sound came from the microphone any more. */
    SILENT,
    /** The speaker's rights ended. */
    ACCESS_ENDED,
    /** The service was stopped. */
    STOPPED;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Outcome of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
