package org.farwatch.geo.presence;

import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.place.Border;

/** All that presence needs to know of one position. The order of two sightings at one instant is that of their codes. */
enum Sighting {
    /** Inside the post. */
    INSIDE(0, true),
    /** Outside, but not provably away. */
    NEAR(1, true),
    /** Away, by no more than positions drift between houses. */
    AWAY(2, true),
    /** Away beyond all drift. */
    FAR(3, true),
    NO_FIX(4, false),
    INACCURATE(5, false),
    BAD_CLOCK(6, false);

    private static final int NO_FIX_FLAGS =
            PositionFlag.NO_FIX.mask() | PositionFlag.ZERO_POSITION.mask() | PositionFlag.ENCRYPTED.mask();

    private static final int BAD_CLOCK_FLAGS = PositionFlag.NO_TIME.mask()
            | PositionFlag.CLOCK_ROLLOVER.mask()
            | PositionFlag.FUTURE_TIME.mask()
            | PositionFlag.PAST_TIME.mask();

    private static final Sighting[] BY_CODE = values();

    private final byte code;
    private final boolean usable;

    Sighting(int code, boolean usable) {
        this.code = (byte) code;
        this.usable = usable;
    }

    boolean usable() {
        return usable;
    }

    /** The place in declaration order; how a {@link SightingLog} holds it. */
    byte code() {
        return code;
    }

    static Sighting of(byte code) {
        return BY_CODE[code];
    }

    static Sighting of(Border post, PresenceRules rules, double longitude, double latitude, float accuracy, int flags) {
        if ((flags & BAD_CLOCK_FLAGS) != 0) {
            return BAD_CLOCK;
        }
        boolean onGlobe = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
        if ((flags & NO_FIX_FLAGS) != 0 || !onGlobe) {
            return NO_FIX;
        }
        if (accuracy > rules.worstAccuracyMetres()) {
            return INACCURATE;
        }
        double outside = post.signedMetres(longitude, latitude);
        if (outside <= rules.enterMetres()) {
            return INSIDE;
        }
        if (outside <= rules.leaveMetres() || outside <= accuracy) {
            return NEAR;
        }
        return outside <= rules.driftMetres() ? AWAY : FAR;
    }
}
