package org.farwatch.vision.health;

import java.util.Locale;
import java.util.Optional;

/** What may be the matter with a camera's pictures. */
public enum HealthFault {
    /** Nothing but darkness. */
    BLACK,
    /** The same picture again and again; a clock that the camera writes at its upper or lower edge may run on. */
    FROZEN,
    /** One colour, or much of what is to be seen is hidden. */
    COVERED,
    /** Far less sharp than this camera's pictures are. */
    BLURRED,
    /** Another view than the one that was learned. */
    MOVED,
    /** Far fewer pictures a second than this camera sends. */
    SLOW;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<HealthFault> of(String label) {
        for (HealthFault fault : values()) {
            if (fault.label().equals(label)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
