package org.farwatch.api.web;

import java.nio.charset.StandardCharsets;
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

    /** @throws Refusal when the cursor is not one of ours */
    public static String[] parse(String cursor, int parts) {
        try {
            String[] key =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (key.length == parts) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.field("cursor", "is not one that this list gave");
        }
        throw Refusal.field("cursor", "is not one that this list gave");
    }
}
