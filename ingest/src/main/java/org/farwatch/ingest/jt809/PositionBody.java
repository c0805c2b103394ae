package org.farwatch.ingest.jt809;

import java.time.LocalDate;
import java.time.YearMonth;
import org.farwatch.geo.BodyHash;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.Items;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.jt808.LocationBody;

/**
 * Appends the positions of 0x1202 and 0x1203 to a batch. In 2011 a position is 36 bytes of its own layout, in 2019 a JT/T
 * 808 location body within a wrapper; platforms that put the 35 bytes of 2011 (without the first) into the wrapper of
 * 2019 exist and are understood. Identity is the hash over the bytes of the fix, so one sent again is known again.
 *
 * <p>What is wrong with one position is flagged and loses nothing. One object serves one event loop.
 */
final class PositionBody {
    /** Bytes of a position in 2011. */
    static final int BYTES_2011 = 36;

    /** Returned when there are too few bytes for a position; nothing was appended. */
    static final int TOO_SHORT = -1;

    private static final int HEAD_2019 = 5;
    private static final int TAIL_2019 = 3 * (11 + 4);
    private static final int BARE_2011 = BYTES_2011 - 1;
    private static final long GMT_PLUS_8_MILLIS = 8 * 3_600_000L;
    private static final int POSITIONED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final double MICRO_DEGREES = 1e6;
    private static final int FULL_CIRCLE = 360;
    private static final int RECORDER_SPEED = 0x03;
    private static final int ITEM_BYTES = 2 + 4 + 2 + 2;

    private final LocationBody terminal = new LocationBody();
    private final LonLat place = new LonLat();
    private int consumed;

    /**
     * Appends one row.
     *
     * @param datum in which the platform reports
     * @param receiveMillis milliseconds since 1970 UTC
     * @return the row's index, or {@link #TOO_SHORT}
     */
    int append(
            Edition edition,
            byte[] bytes,
            int offset,
            int length,
            int deviceNo,
            Datum datum,
            long receiveMillis,
            PositionBatch batch) {
        consumed = 0;
        return switch (edition) {
            case V2011 -> {
                if (length < BYTES_2011) {
                    yield TOO_SHORT;
                }
                consumed = BYTES_2011;
                yield own(bytes, offset, Wire.octet(bytes, offset), deviceNo, datum, receiveMillis, batch);
            }
            case V2019 -> wrapped(bytes, offset, length, deviceNo, datum, receiveMillis, batch);
        };
    }

    /** Bytes that the position appended last took: where the next of a 0x1203 begins. */
    int consumed() {
        return consumed;
    }

    private int wrapped(
            byte[] bytes, int offset, int length, int deviceNo, Datum datum, long receiveMillis, PositionBatch batch) {
        if (length < HEAD_2019) {
            return TOO_SHORT;
        }
        int encrypted = Wire.octet(bytes, offset);
        long stated = Wire.unsigned(bytes, offset + 1);
        if (stated > length - HEAD_2019) {
            return TOO_SHORT;
        }
        int size = (int) stated;
        int at = offset + HEAD_2019;
        int row;
        if (size == BARE_2011 && fixMillis(bytes, at - 1) != FixTimes.NO_DATE) {
            row = own(bytes, at - 1, encrypted, deviceNo, datum, receiveMillis, batch);
        } else {
            row = terminal.append(bytes, at, size, deviceNo, datum, receiveMillis, batch);
            if (row == LocationBody.TOO_SHORT) {
                return TOO_SHORT;
            }
            encrypted(batch, row, encrypted, datum);
        }
        consumed = Math.min(length, HEAD_2019 + size + TAIL_2019);
        return row;
    }

    /** @param at of the byte that says whether the place is encrypted; the byte itself is not read */
    private int own(
            byte[] bytes, int at, int encrypted, int deviceNo, Datum datum, long receiveMillis, PositionBatch batch) {
        int status = Wire.dword(bytes, at + 28);
        int alarms = Wire.dword(bytes, at + 32);
        long first = Wire.eight(bytes, at) & 0x00FF_FFFF_FFFF_FFFFL | (long) encrypted << 56;
        long half =
                BodyHash.of(first, Wire.eight(bytes, at + 8), Wire.eight(bytes, at + 16), Wire.dword(bytes, at + 24));
        long hash = BodyHash.of(half, (long) status << 32 | alarms & 0xFFFF_FFFFL, 0, 0);
        int row = FixTimes.append(batch, deviceNo, fixMillis(bytes, at), receiveMillis, hash);
        batch.state(row, alarms, status);
        place(bytes, at + 8, status, datum, batch, row);
        encrypted(batch, row, encrypted, datum);
        int heading = Wire.word(bytes, at + 24);
        batch.motion(
                row,
                (short) Wire.word(bytes, at + 26),
                Wire.word(bytes, at + 16),
                heading > FULL_CIRCLE ? Float.NaN : heading % FULL_CIRCLE);
        items(bytes, at, batch);
        return row;
    }

    private void place(byte[] bytes, int at, int status, Datum datum, PositionBatch batch, int row) {
        long longitudeRaw = Wire.unsigned(bytes, at);
        long latitudeRaw = Wire.unsigned(bytes, at + 4);
        double longitude = longitudeRaw / ((status & WEST) == 0 ? MICRO_DEGREES : -MICRO_DEGREES);
        double latitude = latitudeRaw / ((status & SOUTH) == 0 ? MICRO_DEGREES : -MICRO_DEGREES);
        boolean nowhere = (latitudeRaw | longitudeRaw) == 0 || latitudeRaw > 90_000_000 || longitudeRaw > 180_000_000;
        if (nowhere) {
            batch.flag(row, PositionFlag.ZERO_POSITION);
        }
        if ((status & POSITIONED) == 0) {
            batch.flag(row, PositionFlag.NO_FIX);
        }
        place.set(longitude, latitude);
        if (!nowhere && offset(datum)) {
            Datums.toWgs84(place, datum);
            batch.flag(row, PositionFlag.DATUM_CONVERTED);
        }
        batch.place(row, place.longitude(), place.latitude());
    }

    private static void encrypted(PositionBatch batch, int row, int encrypted, Datum datum) {
        if (encrypted == 1 && !offset(datum)) {
            batch.flag(row, PositionFlag.ENCRYPTED);
        }
    }

    private static boolean offset(Datum datum) {
        return datum == Datum.GCJ02 || datum == Datum.BD09;
    }

    /** Mileage and the recorder's speed as the items of JT/T 808, in its units. */
    private static void items(byte[] bytes, int at, PositionBatch batch) {
        long mileage = Math.min(Wire.unsigned(bytes, at + 20) * 10, 0xFFFF_FFFFL);
        int into = batch.reserveItems(ITEM_BYTES);
        byte[] items = batch.itemBytes();
        items[into] = Items.MILEAGE;
        items[into + 1] = 4;
        Wire.putDword(items, into + 2, (int) mileage);
        items[into + 6] = RECORDER_SPEED;
        items[into + 7] = 2;
        Wire.putWord(items, into + 8, Math.min(Wire.word(bytes, at + 18) * 10, 0xFFFF));
    }

    /** Day, month, year, hour, minute, second in GMT+8. @return {@link FixTimes#NO_DATE} for none */
    static long fixMillis(byte[] bytes, int at) {
        int day = Wire.octet(bytes, at + 1);
        int month = Wire.octet(bytes, at + 2);
        int year = Wire.word(bytes, at + 3);
        int hour = Wire.octet(bytes, at + 5);
        int minute = Wire.octet(bytes, at + 6);
        int second = Wire.octet(bytes, at + 7);
        boolean date = year >= 1980
                && year < 2100
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        if (!date || hour > 23 || minute > 59 || second > 59) {
            return FixTimes.NO_DATE;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L + hour * 3600L + minute * 60L + second;
        return seconds * 1000 - GMT_PLUS_8_MILLIS;
    }
}
