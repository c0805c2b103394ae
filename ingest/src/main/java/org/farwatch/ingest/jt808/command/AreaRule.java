package org.farwatch.ingest.jt808.command;

import java.time.LocalTime;
import java.util.Set;

/**
 * What a terminal watches for an area: when, how fast, and whom it tells.
 *
 * @param from start of the time of day when it applies, null together with {@code to} for always
 * @param maxSpeed km/h, 0 for no limit
 * @param overspeedSeconds how long it may be exceeded
 * @param nightMaxSpeed km/h, only terminals of 2019 know it
 */
public record AreaRule(
        LocalTime from, LocalTime to, int maxSpeed, int overspeedSeconds, int nightMaxSpeed, Set<Notice> notices) {
    public static final Range MAX_SPEED = Range.word("maxSpeed", "km/h");
    public static final Range OVERSPEED_SECONDS = new Range("overspeedSeconds", "s", 0, 255);
    public static final Range NIGHT_MAX_SPEED = Range.word("nightMaxSpeed", "km/h");

    private static final int TIMES = 1;
    private static final int SPEED = 1 << 1;
    private static final int SOUTH = 1 << 6;
    private static final int WEST = 1 << 7;

    /** Bits of the attributes that tell somebody. */
    public enum Notice {
        ENTER_TO_DRIVER(2),
        ENTER_TO_PLATFORM(3),
        LEAVE_TO_DRIVER(4),
        LEAVE_TO_PLATFORM(5);

        private final int bit;

        Notice(int bit) {
            this.bit = bit;
        }
    }

    public AreaRule {
        Body.require((from == null) == (to == null), "from and to must be given together or not at all");
        MAX_SPEED.check(maxSpeed);
        OVERSPEED_SECONDS.check(overspeedSeconds);
        NIGHT_MAX_SPEED.check(nightMaxSpeed);
        notices = Set.copyOf(notices);
    }

    /** Always, at any speed; tells the platform of entering and leaving. */
    public static AreaRule watch() {
        return new AreaRule(null, null, 0, 0, 0, Set.of(Notice.ENTER_TO_PLATFORM, Notice.LEAVE_TO_PLATFORM));
    }

    boolean limitsSpeed() {
        return maxSpeed > 0;
    }

    int attributes(Place place) {
        int bits = hemispheres(place) | (from == null ? 0 : TIMES) | (limitsSpeed() ? SPEED : 0);
        for (Notice notice : notices) {
            bits |= 1 << notice.bit;
        }
        return bits;
    }

    static int hemispheres(Place place) {
        return (place.latitude() < 0 ? SOUTH : 0) | (place.longitude() < 0 ? WEST : 0);
    }

    void times(Body body) {
        if (from != null) {
            body.daily(from).daily(to);
        }
    }

    void speed(Body body) {
        if (limitsSpeed()) {
            body.word(maxSpeed).octet(overspeedSeconds);
        }
    }

    void nightSpeed(Body body) {
        if (limitsSpeed()) {
            body.word(nightMaxSpeed);
        }
    }
}
