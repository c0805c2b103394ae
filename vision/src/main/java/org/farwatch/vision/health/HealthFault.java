package org.farwatch.vision.health;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may be the matter with a camera: with its pictures, and with the time it says they were taken at. */
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
    SLOW,
    /** Its clock is wrong. No picture shows that: whoever talks with the camera learns it. */
    CLOCK;

    /** What {@link PictureWatch} can judge. */
    public static Set<HealthFault> ofPictures() {
        return EnumSet.complementOf(EnumSet.of(CLOCK));
    }

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
