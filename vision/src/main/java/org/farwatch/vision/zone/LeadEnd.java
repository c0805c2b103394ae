package org.farwatch.vision.zone;

/**
 * A lead whose thing is no longer there.
 *
 * @param number the lead's
 * @param zoneId of the zone
 * @param endedMicros presentation time of the picture that shows it, microseconds
 * @param reason why it ended
 */
public record LeadEnd(long number, String zoneId, long endedMicros, Reason reason) {
    /** Why a lead ended. */
    public enum Reason {
        /** The background is seen again. */
        REMOVED,
        /** The camera was turned or its picture changed as a whole; nothing is known about the thing. */
        SCENE_CHANGED
    }
}
