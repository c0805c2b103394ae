package org.farwatch.geo.layer;

/**
 * Why a layer, or one feature of it, cannot be taken.
 *
 * @param feature place in the file's list, from 0, or {@link #DOCUMENT}
 * @param field path of the member, for example {@code geometry.coordinates[0][3]}
 * @param value what stands there, shortened; empty when nothing does
 * @param rule what should, as the rest of a sentence
 */
public record LayerProblem(int feature, String field, String value, String rule) {
    /** The feature of a problem that concerns the whole. */
    public static final int DOCUMENT = -1;

    private static final int SHOWN = 60;

    public LayerProblem {
        if (value.length() > SHOWN) {
            value = value.substring(0, SHOWN) + "...";
        }
    }

    /** For a person to read: {@code feature 3: geometry.coordinates[0][3] "121" must be ...}. */
    public String sentence() {
        return (feature == DOCUMENT ? "" : "feature " + feature + ": ")
                + field
                + (value.isEmpty() ? " " : " \"" + value + "\" ")
                + rule;
    }
}
