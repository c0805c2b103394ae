package org.farwatch.api.video;

import java.util.Locale;
import org.farwatch.api.web.Refusal;

/** Which of a camera's pictures: the whole one, which is recorded and looked at, or a smaller one for walls. */
enum Quality {
    MAIN,
    SUB;

    /** As it stands in the API: {@code main}, {@code sub}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param asked null for the main one
     * @throws Refusal 400 naming both
     */
    static Quality of(String asked) {
        return switch (asked) {
            case null -> MAIN;
            case "main" -> MAIN;
            case "sub" -> SUB;
            default -> throw Refusal.field("quality", "must be main or sub, was " + asked);
        };
    }
}
