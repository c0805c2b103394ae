package org.farwatch.ingest.nmea;

import java.time.LocalDate;
import java.time.YearMonth;
import org.farwatch.ingest.FixTimes;

/** Times of day (hhmmss.ss) and dates (ddmmyy) in UTC. Stateless. */
final class NmeaTime {
    /** Stands for no time of day. */
    static final int NONE = -1;

    static final int DAY_MILLIS = 86_400_000;
    private static final int AHEAD_MILLIS = 3_600_000;

    private NmeaTime() {}

    /** Milliseconds since midnight, or {@link #NONE}. A leap second (60) counts as the last of its minute. */
    static int ofDay(double hhmmss) {
        if (!(hhmmss >= 0 && hhmmss < 240_000)) {
            return NONE;
        }
        int whole = (int) hhmmss;
        int hour = whole / 10_000;
        int minute = whole / 100 % 100;
        int second = Math.min(59, whole % 100);
        if (minute > 59 || whole % 100 > 60) {
            return NONE;
        }
        return (hour * 3600 + minute * 60 + second) * 1000 + (int) Math.round((hhmmss - whole) * 1000);
    }

    /** Days since 1970, {@link Long#MIN_VALUE} for none. The years are 1980 to 2079. */
    static long day(int ddmmyy) {
        if (ddmmyy < 0) {
            return Long.MIN_VALUE;
        }
        int year = ddmmyy % 100;
        return day(ddmmyy / 10_000, ddmmyy / 100 % 100, year + (year >= 80 ? 1900 : 2000));
    }

    static long day(int day, int month, int year) {
        boolean date = year >= 1980
                && year < 2100
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return date ? LocalDate.of(year, month, day).toEpochDay() : Long.MIN_VALUE;
    }

    /**
     * The instant of a time of day without a date: the last one that is at most an hour ahead of when it came, so that a
     * second before midnight and one after are told apart.
     *
     * @return milliseconds since 1970 UTC
     */
    static long latest(int millisOfDay, long receiveMillis) {
        long ahead = receiveMillis + AHEAD_MILLIS;
        return ahead - Math.floorMod(ahead - millisOfDay, (long) DAY_MILLIS);
    }

    /** @return milliseconds since 1970 UTC, {@link FixTimes#NO_DATE} when the day is none */
    static long millis(long day, int millisOfDay) {
        return day == Long.MIN_VALUE ? FixTimes.NO_DATE : day * DAY_MILLIS + millisOfDay;
    }
}
