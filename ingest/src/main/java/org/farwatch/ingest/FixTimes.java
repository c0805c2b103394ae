package org.farwatch.ingest;

import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;

/**
 * Judges a device's clock against ours, the same way for every protocol. A fix time is never corrected: it is what the
 * device proved to have said. Only a clock without any date is replaced by the receive time. Stateless; any thread.
 */
public final class FixTimes {
    /** Stands for a clock that gave zero or no date at all. */
    public static final long NO_DATE = Long.MIN_VALUE;

    /** How far back positions are kept (design: from now - 400 d). */
    public static final long KEPT_MILLIS = 400L * 86_400_000;

    /** How far ahead a clock may be before it is flagged. */
    public static final long AHEAD_MILLIS = 5L * 60_000;

    /** A GPS week number of 10 bits starts again after 1024 weeks (IS-GPS-200, 20.3.3.3.1.1). */
    private static final long ROLLOVER_MILLIS = 1024L * 7 * 86_400_000;

    /** A rolled-over fix may besides have waited this long in the device's memory. */
    private static final long ROLLOVER_LATE_MILLIS = 30L * 86_400_000;

    private FixTimes() {}

    /**
     * Appends a row with its time flags set.
     *
     * @param fixMillis milliseconds since 1970 UTC as the device said, or {@link #NO_DATE}
     * @return the row's index
     */
    public static int append(PositionBatch batch, int deviceNo, long fixMillis, long receiveMillis, long hash) {
        int row = batch.append(deviceNo, fixMillis == NO_DATE ? receiveMillis : fixMillis, receiveMillis, hash);
        PositionFlag flag = flag(fixMillis, receiveMillis);
        if (flag != null) {
            batch.flag(row, flag);
        }
        return row;
    }

    /** What is remarkable about the fix time; null when nothing is. */
    public static PositionFlag flag(long fixMillis, long receiveMillis) {
        if (fixMillis == NO_DATE) {
            return PositionFlag.NO_TIME;
        }
        long behind = receiveMillis - fixMillis;
        if (behind < -AHEAD_MILLIS) {
            return PositionFlag.FUTURE_TIME;
        }
        if (behind <= KEPT_MILLIS) {
            return null;
        }
        boolean rolledOver = within(behind - ROLLOVER_MILLIS) || within(behind - 2 * ROLLOVER_MILLIS);
        return rolledOver ? PositionFlag.CLOCK_ROLLOVER : PositionFlag.PAST_TIME;
    }

    private static boolean within(long behind) {
        return behind >= -AHEAD_MILLIS && behind <= ROLLOVER_LATE_MILLIS;
    }
}
