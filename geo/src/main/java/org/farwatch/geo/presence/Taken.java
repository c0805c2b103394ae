package org.farwatch.geo.presence;

/** What {@link PresenceTracker} did with a position. */
public enum Taken {
    /** The newest so far. */
    APPENDED,
    /** Older than others: it may have changed the past. */
    INSERTED,
    /** Says nothing that another position of the same instant did not say. */
    REPEATED,
    /** Farther than {@link PresenceTracker#MARGIN} before the duty's start or after its end; refused. */
    OUTSIDE_DUTY,
    /** The tracker holds as many positions as it may; refused, and what follows is unknown. */
    FULL;

    /** Whether intervals may differ from before. */
    public boolean changed() {
        return this == APPENDED || this == INSERTED;
    }
}
