package org.farwatch.api.uploads;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a recording that was brought stands. */
enum UploadState {
    /** Not whole yet. */
    OPEN,
    /** Whole, to be looked at. */
    WAITING,
    /** Checked, being put into the chain. */
    STORING,
    ARRIVED,
    /** The same bytes came before. */
    DUPLICATE,
    /** Kept aside: a person corrects or discards it. */
    REFUSED,
    DISCARDED,
    /** Never became whole, or was refused and grew too old. */
    EXPIRED;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<UploadState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst();
    }
}
