package org.farwatch.vision.zone;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a zone looks for; the names are those of the API. */
public enum Rule {
    /** Things left standing (乱堆物料). */
    CLUTTER("clutter");

    private final String code;

    Rule(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The rule of that name; a name that no detector stands behind is refused. */
    public static Rule named(String code) {
        return Arrays.stream(values())
                .filter(rule -> rule.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new ZoneRefused(
                        "rule",
                        "'" + code + "'",
                        "must be one of "
                                + Arrays.stream(values()).map(Rule::code).collect(Collectors.joining(", "))));
    }
}
