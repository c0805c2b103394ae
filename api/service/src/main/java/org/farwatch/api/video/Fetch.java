package org.farwatch.api.video;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** When a stream is fetched from its source. */
public enum Fetch {
    ALWAYS,
    /** Only while it is recorded, watched or looked at by a zone: shared cameras, of which there are thousands. */
    ON_DEMAND;

    /** As it stands in the API and the database, such as {@code on-demand}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming all labels */
    @JsonCreator
    public static Fetch of(String label) {
        return Arrays.stream(values())
                .filter(fetch -> fetch.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(Fetch::label).collect(Collectors.joining(", ")) + ", was "
                        + label));
    }
}
