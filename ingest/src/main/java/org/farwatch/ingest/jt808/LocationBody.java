package org.farwatch.ingest.jt808;

import org.farwatch.geo.BodyHash;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FixTimes;

/**
 * Appends location bodies (0x0200, and the same body within 0x0201, 0x0500 and 0x0704) to a batch: 28 fixed bytes, then
 * additional items. Allocates nothing; one object serves one event loop.
 *
 * <p>Nothing that a terminal may get wrong loses the position: a clock without a date, coordinates that are zero or off
 * the globe, a missing fix are flagged; an item cut short is left off together with what follows it. Source: JT/T
 * 808-2011, -2013 and -2019, message 0x0200.
 */
public final class LocationBody {
    /** Bytes before the additional items. */
    public static final int FIXED_BYTES = 28;

    /** Returned for a body shorter than {@link #FIXED_BYTES}. */
    public static final int TOO_SHORT = -1;

    private static final int POSITIONED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final int ENCRYPTED = 1 << 5;
    private static final double MICRO_DEGREES = 1e6;
    private static final int FULL_CIRCLE = 360;

    private final LonLat place = new LonLat();
    private boolean itemsTruncated;

    /**
     * Appends one row.
     *
     * @param datum in which the device reports; offset ones are converted to WGS-84
     * @param receiveMillis milliseconds since 1970 UTC
     * @return the row's index, or {@link #TOO_SHORT} when nothing was appended
     */
    public int append(
            byte[] bytes, int offset, int length, int deviceNo, Datum datum, long receiveMillis, PositionBatch batch) {
        itemsTruncated = false;
        if (length < FIXED_BYTES) {
            return TOO_SHORT;
        }
        long state = Bytes.eight(bytes, offset);
        long coordinates = Bytes.eight(bytes, offset + 8);
        long motion = Bytes.eight(bytes, offset + 16);
        long hash = BodyHash.of(state, coordinates, motion, Bytes.dword(bytes, offset + 24));
        int status = (int) state;
        int row = FixTimes.append(batch, deviceNo, TerminalTime.millis(bytes, offset + 22), receiveMillis, hash);
        batch.state(row, (int) (state >>> 32), status);
        place(coordinates, status, datum, batch, row);
        int heading = (int) (motion >>> 16) & 0xFFFF;
        batch.motion(
                row,
                (short) (motion >>> 48),
                ((int) (motion >>> 32) & 0xFFFF) / 10f,
                heading > FULL_CIRCLE ? Float.NaN : heading % FULL_CIRCLE);
        items(bytes, offset + FIXED_BYTES, offset + length, batch);
        return row;
    }

    /** Whether the items of the body appended last were cut short. */
    public boolean itemsTruncated() {
        return itemsTruncated;
    }

    private void place(long coordinates, int status, Datum datum, PositionBatch batch, int row) {
        long latitudeRaw = coordinates >>> 32;
        long longitudeRaw = coordinates & 0xFFFF_FFFFL;
        double latitude = latitudeRaw / ((status & SOUTH) == 0 ? MICRO_DEGREES : -MICRO_DEGREES);
        double longitude = longitudeRaw / ((status & WEST) == 0 ? MICRO_DEGREES : -MICRO_DEGREES);
        boolean nowhere = (latitudeRaw | longitudeRaw) == 0 || latitudeRaw > 90_000_000 || longitudeRaw > 180_000_000;
        if (nowhere) {
            batch.flag(row, PositionFlag.ZERO_POSITION);
        }
        if ((status & POSITIONED) == 0) {
            batch.flag(row, PositionFlag.NO_FIX);
        }
        boolean offset = datum == Datum.GCJ02 || datum == Datum.BD09;
        if (offset && !nowhere) {
            place.set(longitude, latitude);
            Datums.toWgs84(place, datum);
            batch.place(row, place.longitude(), place.latitude());
            batch.flag(row, PositionFlag.DATUM_CONVERTED);
        } else {
            batch.place(row, longitude, latitude);
        }
        if (!offset && (status & ENCRYPTED) != 0) {
            batch.flag(row, PositionFlag.ENCRYPTED);
        }
    }

    private void items(byte[] bytes, int from, int to, PositionBatch batch) {
        int end = from;
        while (end + 2 <= to && end + 2 + (bytes[end + 1] & 0xFF) <= to) {
            end += 2 + (bytes[end + 1] & 0xFF);
        }
        itemsTruncated = end != to;
        if (end > from) {
            int at = batch.reserveItems(end - from);
            System.arraycopy(bytes, from, batch.itemBytes(), at, end - from);
        }
    }
}
