package org.farwatch.geo.presence;

/** What an interval's state rests on. */
public enum PresenceCause {
    /** Positions inside the post, or within the tolerance around it. */
    AT_POST("at-post"),
    /** Positions away from the post before the first arrival. */
    NOT_ARRIVED("not-arrived"),
    /** Positions away from the post after having been there. */
    LEFT("left"),
    /** As {@link #LEFT}, and not back before the duty's end; given once the duty is over. */
    LEFT_BEFORE_END("left-before-end"),
    /** The device sent nothing. */
    SILENT("silent"),
    /** The device sent, but had no fix, or its coordinates could not be read. */
    NO_FIX("no-fix"),
    /** The device sent positions whose stated error was too large to be used. */
    INACCURATE("inaccurate"),
    /** The device sent, but its clock could not be believed. */
    BAD_CLOCK("bad-clock"),
    /** Positions away from the post after a silence or at the start, too few so far to be believed. */
    UNCONFIRMED("unconfirmed");

    private final String label;

    PresenceCause(String label) {
        this.label = label;
    }

    /** The name used in the API and the database, for example {@code not-arrived}. */
    public String label() {
        return label;
    }
}
