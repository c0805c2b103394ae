package org.farwatch.vision.zone;

/** A zone that cannot be watched; says which field, its value and the rule that it breaks. */
public final class ZoneRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    ZoneRefused(String field, String value, String rule) {
        super(field + " " + value + ": " + rule);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String rule() {
        return rule;
    }
}
