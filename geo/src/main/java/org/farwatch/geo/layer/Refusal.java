package org.farwatch.geo.layer;

/** Carries what is wrong with one value up to where its feature is known. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;
    private final String rule;

    Refusal(String field, Object value, String rule) {
        super(field + " " + rule, null, false, false);
        this.field = field;
        this.value = value == null ? "" : value.toString();
        this.rule = rule;
    }

    LayerProblem in(int feature) {
        return new LayerProblem(feature, field, value, rule);
    }
}
