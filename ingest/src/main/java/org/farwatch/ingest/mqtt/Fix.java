package org.farwatch.ingest.mqtt;

import java.util.Arrays;
import org.farwatch.geo.BodyHash;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.Items;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;

/**
 * The values of one position as they were read, reused for the next; what is absent is NaN. Turns itself into a row.
 * Owned by the intake's thread.
 */
final class Fix {
    /** A position of an array that is older than this on arrival came out of the device's memory. */
    static final long BUFFERED_MILLIS = 60_000;

    /** Id, length and a value of one byte. */
    private static final int ITEM_BYTES = 3;

    private final double[] value = new double[Field.COUNT];
    private final LonLat place = new LonLat();

    /** Milliseconds since 1970 UTC or {@link FixTimes#NO_DATE}. */
    private long time;

    private boolean timed;
    private boolean valid;
    private Datum datum;
    private String type;

    void clear() {
        Arrays.fill(value, Double.NaN);
        time = 0;
        timed = false;
        valid = true;
        datum = null;
        type = null;
    }

    void set(Field field, double number) {
        value[field.slot()] = number;
    }

    void time(long millis) {
        time = millis;
        timed = true;
    }

    void valid(boolean fix) {
        valid = fix;
    }

    void datum(Datum stated) {
        datum = stated;
    }

    void type(String ownTracksType) {
        type = ownTracksType;
    }

    /** OwnTracks {@code _type}; null in a message of our own. */
    String type() {
        return type;
    }

    boolean isOwnTracksLocation() {
        return "location".equals(type);
    }

    private double get(Field field) {
        return value[field.slot()];
    }

    private boolean absent(Field field) {
        return Double.isNaN(get(field));
    }

    /** Brings OwnTracks' names and conventions to ours. */
    void translateOwnTracks() {
        if (!absent(Field.OWNTRACKS_TIME)) {
            long seconds = (long) get(Field.OWNTRACKS_TIME);
            time(seconds == 0 ? FixTimes.NO_DATE : seconds * 1000);
        }
        set(Field.LONGITUDE, get(Field.OWNTRACKS_LONGITUDE));
        set(Field.LATITUDE, get(Field.OWNTRACKS_LATITUDE));
        set(Field.SPEED, known(Field.OWNTRACKS_SPEED));
        set(Field.HEADING, known(Field.OWNTRACKS_HEADING));
        set(Field.ALTITUDE, get(Field.OWNTRACKS_ALTITUDE));
        set(Field.ACCURACY, known(Field.OWNTRACKS_ACCURACY));
        set(Field.BATTERY, known(Field.OWNTRACKS_BATTERY));
        set(Field.SATELLITES, Double.NaN);
        valid = true;
        datum = Datum.WGS84;
    }

    private double known(Field field) {
        double number = get(field);
        return number < 0 ? Double.NaN : number;
    }

    /** What is missing, as field and rule; null when nothing is. */
    String missing() {
        boolean ownTracks = isOwnTracksLocation();
        if (!timed) {
            return ownTracks ? "tst must be given, in seconds since 1970" : "fixTime must be given";
        }
        boolean noLongitude = absent(Field.LONGITUDE);
        boolean noLatitude = absent(Field.LATITUDE);
        if (noLongitude != noLatitude || (noLongitude && valid)) {
            Field which = noLongitude
                    ? ownTracks ? Field.OWNTRACKS_LONGITUDE : Field.LONGITUDE
                    : ownTracks ? Field.OWNTRACKS_LATITUDE : Field.LATITUDE;
            return which.label() + " must be given" + (ownTracks ? "" : " unless both are absent and valid is false");
        }
        return null;
    }

    /** Appends the row; the batch has room. */
    void appendTo(PositionBatch batch, KnownDevice device, long receiveMillis, boolean inArray) {
        double longitude = get(Field.LONGITUDE);
        double latitude = get(Field.LATITUDE);
        int row = FixTimes.append(batch, device.no(), time, receiveMillis, hash());
        boolean onGlobe = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
        boolean zero = longitude == 0 && latitude == 0;
        place.set(longitude, latitude);
        if (!absent(Field.LONGITUDE) && (!onGlobe || zero)) {
            batch.flag(row, PositionFlag.ZERO_POSITION);
        } else if (onGlobe) {
            Datum from = datum == null ? device.datum() : datum;
            Datums.toWgs84(place, from);
            if (from == Datum.GCJ02 || from == Datum.BD09) {
                batch.flag(row, PositionFlag.DATUM_CONVERTED);
            }
        }
        if (!valid) {
            batch.flag(row, PositionFlag.NO_FIX);
        }
        if (inArray && time != FixTimes.NO_DATE && receiveMillis - time > BUFFERED_MILLIS) {
            batch.flag(row, PositionFlag.BUFFERED);
        }
        batch.place(row, place.longitude(), place.latitude());
        // Rounded first: 359.9999999 is north as well.
        float heading = (float) get(Field.HEADING);
        batch.motion(row, (float) get(Field.ALTITUDE), (float) get(Field.SPEED), heading == 360 ? 0f : heading);
        batch.accuracy(row, (float) get(Field.ACCURACY));
        items(batch);
    }

    private void items(PositionBatch batch) {
        int length = (absent(Field.SATELLITES) ? 0 : ITEM_BYTES) + (absent(Field.BATTERY) ? 0 : ITEM_BYTES);
        if (length > 0) {
            int at = batch.reserveItems(length);
            at = item(batch, at, Items.SATELLITES, get(Field.SATELLITES));
            item(batch, at, Items.BATTERY, get(Field.BATTERY));
        }
    }

    /** @return where the next item goes */
    private static int item(PositionBatch batch, int at, int id, double number) {
        if (Double.isNaN(number)) {
            return at;
        }
        byte[] bytes = batch.itemBytes();
        bytes[at] = (byte) id;
        bytes[at + 1] = 1;
        bytes[at + 2] = (byte) Math.round(number);
        return at + ITEM_BYTES;
    }

    /** Over the values as sent, before any conversion, so that a position sent again is known again. */
    private long hash() {
        long motion = (long) bits(Field.SPEED) << 32 | (bits(Field.HEADING) & 0xFFFF_FFFFL);
        int rest = bits(Field.ALTITUDE);
        rest = rest * 31 + bits(Field.ACCURACY);
        rest = rest * 31 + bits(Field.SATELLITES);
        rest = rest * 31 + bits(Field.BATTERY);
        rest = rest * 31 + (valid ? 1 : 0);
        return BodyHash.of(
                Double.doubleToLongBits(get(Field.LONGITUDE)),
                Double.doubleToLongBits(get(Field.LATITUDE)),
                motion,
                rest);
    }

    private int bits(Field field) {
        return Float.floatToIntBits((float) get(field));
    }
}
