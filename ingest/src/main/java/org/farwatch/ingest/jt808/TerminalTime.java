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
    private static final int DAYS_TO_1980 = 3652;
    /** Days of a common year before each month, by its number. */
    private static final short[] DAYS_BEFORE = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private static final long DIGIT_TOPS = 0x8888_8888_8888L;
    private static final long LOW_DIGITS = 0x0F0F_0F0F_0F0FL;

    private TerminalTime() {}

    /**
     * Reads a time.
     *
     * @return milliseconds since 1970 UTC, or {@link FixTimes#NO_DATE} when a digit is no decimal or there is no such
     *     date or time (all zeros included)
     */
    public static long millis(byte[] bytes, int offset) {
        long digits = (long) Bytes.dword(bytes, offset) << 16 | Bytes.word(bytes, offset + 4);
        // A digit above 9 has bit 3 together with bit 2 or bit 1.
        if ((digits & (digits << 1 | digits << 2) & DIGIT_TOPS) != 0) {
            return FixTimes.NO_DATE;
        }
        // All six at once: 16 a + b - 6 a is the number of the digits a and b.
        long numbers = digits - 6 * (digits >>> 4 & LOW_DIGITS);
        int year = (int) (numbers >>> 40) & 0xFF;
        int month = (int) (numbers >>> 32) & 0xFF;
        int day = (int) (numbers >>> 24) & 0xFF;
        int hour = (int) (numbers >>> 16) & 0xFF;
        int minute = (int) (numbers >>> 8) & 0xFF;
        int second = (int) numbers & 0xFF;
        if (hour > 23 || minute > 59 || second > 59) {
            return FixTimes.NO_DATE;
        }
        year += year >= 80 ? 1900 : 2000;
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return FixTimes.NO_DATE;
        }
        long seconds = (epochDay(year, month, day) * 24L + hour) * 3600 + minute * 60L + second;
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

    /** Days since 1970; each fourth year from 1980 to 2079 has a day more. */
    private static int epochDay(int year, int month, int day) {
        int since = year - 1980;
        int leapDays = (since + 3) / 4 + (month > 2 && since % 4 == 0 ? 1 : 0);
        return DAYS_TO_1980 + since * 365 + leapDays + DAYS_BEFORE[month] + day - 1;
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 ? 29 : 28; // 1980 to 2079 holds no exception but 2000, which is a leap year
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static byte bcd(int twoDigits) {
        return (byte) (((twoDigits / 10) << 4) | (twoDigits % 10));
    }
}
