package org.farwatch.api.web;

import java.time.DateTimeException;
import java.time.Instant;

/** Points in time as callers write them: ISO-8601 with {@code Z} or an offset, within what the database can hold. */
final class Times {
    static final String RULE = "must be a time such as 2026-01-31T08:00:00Z, of the years 1 to 9999";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /** @throws IllegalArgumentException with the rule and the value */
    static Instant parse(String text) {
        try {
            Instant instant = Instant.parse(text.strip());
            if (!instant.isBefore(EARLIEST) && instant.isBefore(AFTER_LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(RULE + ", was " + text, e);
        }
        throw new IllegalArgumentException(RULE + ", was " + text);
    }
}
