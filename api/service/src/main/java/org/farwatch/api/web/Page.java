package org.farwatch.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A part of a list.
 *
 * @param next cursor of the next part, null at the end
 */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) String next) {
    /** The most rows a list gives at once; larger limits are clamped. */
    public static final int MAX_LIMIT = 10_000;

    public static final int DEFAULT_LIMIT = 100;

    public static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }

    /** @throws Refusal when the limit is below 1 */
    public static int clamp(Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1) {
            throw Refusal.field("limit", "must be at least 1, was " + limit);
        }
        return Math.min(limit, MAX_LIMIT);
    }
}
