package org.farwatch.api.web;

/** What a text from outside may hold. */
public final class Texts {
    static final String RULE = "must not hold U+0000 or half a surrogate pair";

    private Texts() {}

    /** Whether PostgreSQL can store the text: it takes neither U+0000 nor half a surrogate pair. */
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
