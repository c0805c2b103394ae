package org.farwatch.vision.health;

import java.util.Locale;

/** By which light a camera sees: most switch from colour to grey and infrared lamps at dusk, and look different then. */
public enum Light {
    DAY,
    NIGHT;

    /** Mean distance of the strongest from the weakest colour, 0 to 255: below the first it is night, above the second day. */
    private static final double GREY = 6;

    private static final double COLOURED = 10;
    /** Mean brightness likewise. */
    private static final double DARK = 45;

    private static final double BRIGHT = 60;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param before what it was, which it stays in between; null when not known */
    static Light of(double colour, double brightness, Light before) {
        if (colour < GREY || brightness < DARK) {
            return NIGHT;
        }
        if (before == null || colour > COLOURED && brightness > BRIGHT) {
            return DAY;
        }
        return before;
    }
}
