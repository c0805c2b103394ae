package org.farwatch.ingest.media;

import java.util.Locale;

/**
 * For what a stream is wanted now, the most urgent first: in this order whoever waits for a place gets one. Who may take
 * a place away from whom is said by {@link #displaces}.
 */
public enum Priority {
    /** A critical alert about its device is open. */
    SOS,
    /** Somebody watches it. */
    OPERATOR,
    /** It has to be recorded at this time. */
    REQUIRED,
    /** It is looked at by zones, or recorded without having to be. */
    VISION,
    /** Nobody needs it any more; it is kept for who comes back. */
    IDLE;

    /**
     * Whether a stream that is wanted for this may take the place of one that is wanted for the other. Nothing is taken
     * away from before somebody's eyes, and what has to be recorded yields to an emergency only.
     */
    public boolean displaces(Priority other) {
        return switch (other) {
            case SOS, OPERATOR -> false;
            case REQUIRED -> this == SOS;
            case VISION, IDLE -> compareTo(other) < 0;
        };
    }

    /** As metrics name it, such as {@code sos}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
