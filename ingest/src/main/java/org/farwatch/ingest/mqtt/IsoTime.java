package org.farwatch.ingest.mqtt;

/**
 * Reads a point in time of RFC 3339 (a profile of ISO 8601-1, 5.4.2.1 extended format) without making objects:
 * {@code 2026-11-21T01:47:27Z}, {@code 2026-11-21T09:47:27.250+08:00}; seconds may be missing, the offset may not, it may
 * be {@code +0800} or {@code +08}. Stateless; any thread.
 */
final class IsoTime {
    /** Returned for a text that is no point in time. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private IsoTime() {}

    /** Milliseconds since 1970 UTC, finer fractions cut off, or {@link #INVALID}. */
    static long millis(char[] text, int from, int length) {
        int end = from + length;
        if (length < 17
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || (text[from + 10] | 0x20) != 't'
                || text[from + 13] != ':') {
            return INVALID;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return INVALID;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return INVALID;
        }
        long millis = daysSince1970(year, month, day) * MILLIS_PER_DAY + (hour * 60L + minute) * MILLIS_PER_MINUTE;
        int at = from + 16;
        if (at < end && text[at] == ':') {
            int second = at + 3 <= end ? number(text, at + 1, 2) : -1;
            if (second < 0 || second > 59) {
                return INVALID;
            }
            millis += second * 1000L;
            at += 3;
            if (at < end && (text[at] == '.' || text[at] == ',')) {
                int digits = digitsAt(text, at + 1, end);
                if (digits == 0) {
                    return INVALID;
                }
                millis += fraction(text, at + 1, digits);
                at += 1 + digits;
            }
        }
        long offset = offsetMinutes(text, at, end);
        return offset == INVALID ? INVALID : millis - offset * MILLIS_PER_MINUTE;
    }

    private static long offsetMinutes(char[] text, int at, int end) {
        if (at + 1 == end && (text[at] | 0x20) == 'z') {
            return 0;
        }
        int length = end - at;
        boolean colon = length == 6 && text[at + 3] == ':';
        if (length < 3 || !(colon || length == 5 || length == 3) || (text[at] != '+' && text[at] != '-')) {
            return INVALID;
        }
        int hours = number(text, at + 1, 2);
        int minutes = length == 3 ? 0 : number(text, end - 2, 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        int total = hours * 60 + minutes;
        return text[at] == '-' ? -total : total;
    }

    private static int digitsAt(char[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private static int fraction(char[] text, int from, int digits) {
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            millis = millis * 10 + (i < digits ? text[from + i] - '0' : 0);
        }
        return millis;
    }

    /** The decimal number of exactly {@code digits} digits, or -1. */
    private static int number(char[] text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days of the proleptic Gregorian calendar: years are counted from March so that the leap day ends one. */
    private static long daysSince1970(int year, int month, int day) {
        long y = month > 2 ? year : year - 1;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
