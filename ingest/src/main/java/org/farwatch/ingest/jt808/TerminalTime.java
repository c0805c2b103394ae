package org.farwatch.ingest.jt808;

import org.farwatch.ingest.FixTimes;

/**
 * Times as terminals write them: BCD[6] {@code YYMMDDhhmmss} in GMT+8 (JT/T 808 4.2). Reads and writes without making
 * an object; stateless.
 *
 * <p>The century is not sent: 80 to 99 are taken as 1980 to 1999. GPS time begins in 1980, so those come from a clock
 * whose week counter has rolled over twice, and no terminal of this protocol has a reason to be in the 2080s.
 */
public final class TerminalTime {
    /** Bytes of a time. */
    public static final int BYTES = 6;

    private static final long GMT_PLUS_8_MILLIS = 8L * 3_600_000;
    private static final long DAY_MILLIS = 86_400_000;

    private TerminalTime() {}

    /**
     * Reads a time.
     *
     * @return milliseconds since 1970 UTC, or {@link FixTimes#NO_DATE} when a digit is no decimal or there is no such
     *     date or time (all zeros included)
     */
    public static long millis(byte[] bytes, int offset) {
        int year = decimal(bytes[offset]);
        int month = decimal(bytes[offset + 1]);
        int day = decimal(bytes[offset + 2]);
        int hour = decimal(bytes[offset + 3]);
        int minute = decimal(bytes[offset + 4]);
        int second = decimal(bytes[offset + 5]);
        if ((year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return FixTimes.NO_DATE;
        }
        year += year >= 80 ? 1900 : 2000;
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return FixTimes.NO_DATE;
        }
        long seconds = (epochDay(year, month, day) * 24 + hour) * 3600L + minute * 60L + second;
        return seconds * 1000 - GMT_PLUS_8_MILLIS;
    }

    /**
     * Writes a time, cut to the second.
     *
     * @param millis milliseconds since 1970 UTC, within 1980 to 2079 GMT+8
     */
    public static void write(long millis, byte[] bytes, int offset) {
        writeDigits(millis + GMT_PLUS_8_MILLIS, bytes, offset);
    }

    /** Writes a time in UTC, as the answer to a query for the server's time has it (0x8004, since 2019). */
    static void writeUtc(long millis, byte[] bytes, int offset) {
        writeDigits(millis, bytes, offset);
    }

    private static void writeDigits(long localMillis, byte[] bytes, int offset) {
        long day = Math.floorDiv(localMillis, DAY_MILLIS);
        int second = (int) (Math.floorMod(localMillis, DAY_MILLIS) / 1000);
        // Days to civil date by counting 400-year eras from 1 March of year 0.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        bytes[offset] = bcd((int) Math.floorMod(year, 100L));
        bytes[offset + 1] = bcd(month);
        bytes[offset + 2] = bcd(dayOfYear - (153 * marchMonth + 2) / 5 + 1);
        bytes[offset + 3] = bcd(second / 3600);
        bytes[offset + 4] = bcd(second / 60 % 60);
        bytes[offset + 5] = bcd(second % 60);
    }

    private static long epochDay(int year, int month, int day) {
        int shiftedYear = month <= 2 ? year - 1 : year;
        int era = shiftedYear / 400;
        int yearOfEra = shiftedYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 ? 29 : 28; // 1980 to 2079 holds no exception but 2000, which is a leap year
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Two digits, or -1. */
    private static int decimal(byte bcd) {
        int high = (bcd >> 4) & 0xF;
        int low = bcd & 0xF;
        return high > 9 || low > 9 ? -1 : high * 10 + low;
    }

    private static byte bcd(int twoDigits) {
        return (byte) (((twoDigits / 10) << 4) | (twoDigits % 10));
    }
}
