package org.farwatch.api.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Opaque place in a list: the sort key of the last row given, so that rows added meanwhile shift nothing. */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";

    private Cursor() {}

    public static String of(Object... key) {
        StringBuilder text = new StringBuilder();
        for (Object part : key) {
            text.append(text.isEmpty() ? "" : SEPARATOR).append(part);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The parts of a cursor. Whoever uses one as a number or time reads it with {@link #number} or {@link #instant}.
     *
     * @throws Refusal when the cursor is not one of ours
     */
    public static String[] parse(String cursor, int parts) {
        try {
            String[] key =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (key.length == parts && Arrays.stream(key).allMatch(part -> Texts.storable(part))) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        throw foreign();
    }

    /** @throws Refusal when the part is no number */
    public static long number(String part) {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    /** @throws Refusal when the part is no time that the database can hold */
    public static Instant instant(String part) {
        try {
            return Times.parse(part);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static Refusal foreign() {
        return Refusal.field("cursor", "is not one that this list gave");
    }
}
