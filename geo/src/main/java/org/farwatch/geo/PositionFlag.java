package org.farwatch.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * What is remarkable about a stored position. Kept as a bit mask in {@link PositionBatch#flags(int)} and in the column
 * {@code position.flags}; bits are never renumbered.
 */
public enum PositionFlag {
    /** The device said that it had no fix; the coordinates are its last ones and move nothing. */
    NO_FIX(0, "no-fix"),
    /** Longitude and latitude both zero, or outside the globe: moves nothing. */
    ZERO_POSITION(1, "zero-position"),
    /** The device's clock was zero or no date at all; the receive time stands in for the fix time. */
    NO_TIME(2, "no-time"),
    /** The fix time is 1024 weeks (or twice that) behind: the receiver's GPS week counter rolled over. */
    CLOCK_ROLLOVER(3, "clock-rollover"),
    /** The fix time is more than five minutes ahead of the receive time. */
    FUTURE_TIME(4, "future-time"),
    /** The fix time is farther back than positions are kept. */
    PAST_TIME(5, "past-time"),
    /** Sent late out of the device's memory (补报). */
    BUFFERED(6, "buffered"),
    /** The device offset the coordinates (JT/T 808 status bit 5) and no datum to undo it is known. */
    ENCRYPTED(7, "encrypted"),
    /** The device reported in GCJ-02 or BD-09; the stored coordinates are converted to WGS-84. */
    DATUM_CONVERTED(8, "datum-converted");

    private static final PositionFlag[] ALL = values();

    private final int mask;
    private final String label;

    PositionFlag(int bit, String label) {
        this.mask = 1 << bit;
        this.label = label;
    }

    /** The bit of this flag, for use with {@code |}. */
    public int mask() {
        return mask;
    }

    /** The name used in the API, for example {@code clock-rollover}. */
    public String label() {
        return label;
    }

    public boolean in(int flags) {
        return (flags & mask) != 0;
    }

    /** Labels of all flags set in {@code flags}, in declaration order. */
    public static List<String> labels(int flags) {
        List<String> labels = new ArrayList<>();
        for (PositionFlag flag : ALL) {
            if (flag.in(flags)) {
                labels.add(flag.label);
            }
        }
        return labels;
    }
}
