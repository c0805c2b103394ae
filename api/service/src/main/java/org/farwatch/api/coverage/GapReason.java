package org.farwatch.api.coverage;

import com.fasterxml.jackson.annotation.JsonValue;
import org.farwatch.api.flow.Flow;

/** Why something was not recorded, in the words of the squad. Rules on recording name most of them as lawful. */
enum GapReason {
    DEVICE_FAULT,
    BATTERY_EMPTY,
    STORAGE_FULL,
    NETWORK_FAULT,
    POWER_CUT,
    WEATHER,
    EMERGENCY,
    SECRECY_OR_PRIVACY,
    MAINTENANCE,
    NOT_REQUIRED,
    FORGOTTEN,
    /** With words of one's own. */
    OTHER;

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
