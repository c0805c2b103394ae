package org.farwatch.ingest.nmea;

import java.util.Arrays;
import org.farwatch.geo.BodyHash;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.Items;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;

/**
 * Puts together what a receiver says of one moment: RMC (time, date, place, speed, course), GGA (quality, satellites,
 * HDOP, altitude), GSA, VTG, GLL, ZDA. A sentence with another time begins the next moment and ends this one; RMC and GGA
 * of one time end it at once. GSV says what is in view, not what was used, and is read for nothing.
 *
 * <p>One fix for each moment: whichever sentences a device sends, in whichever order. The rows are the device's; the state
 * belongs to one connection.
 */
final class Epoch {
    /** Status bits of JT/T 808-2019 table 24. */
    private static final int POSITIONED = 1 << 1;

    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final int GPS = 1 << 18;
    private static final int BEIDOU = 1 << 19;
    private static final int GLONASS = 1 << 20;
    private static final int GALILEO = 1 << 21;

    private static final double KMH_OF_KNOT = 1.852;

    /** More is no speed; the same limit as that of MQTT. */
    private static final double MOST_KMH = 2_000;

    private final LonLat place = new LonLat();
    private boolean rmc;
    private boolean gga;
    private boolean gll;
    private int time;
    private long day;
    private double longitude;
    private double latitude;
    private double speed;
    private double course;
    private double altitude;
    private double hdop;
    private int satellites;
    private boolean valid;
    private int systems;

    /** Days since 1970 of the last date heard, with the time of day it was heard at. */
    private long lastDay = Long.MIN_VALUE;

    private int lastTime = NmeaTime.NONE;
    private String reason;

    Epoch() {
        clear();
    }

    private void clear() {
        rmc = false;
        gga = false;
        gll = false;
        time = NmeaTime.NONE;
        day = Long.MIN_VALUE;
        longitude = Double.NaN;
        latitude = Double.NaN;
        speed = Double.NaN;
        course = Double.NaN;
        altitude = Double.NaN;
        hdop = Double.NaN;
        satellites = -1;
        valid = false;
        systems = 0;
    }

    /** A sentence naming field, value and rule, of the last that was refused. */
    String reason() {
        return reason;
    }

    /**
     * Takes a sentence in; may append the fix that it completes, or the one that it shows to be over.
     *
     * @param batch has room for two rows
     * @return what is wrong with the sentence, null when nothing is or when it is of a kind that is not read
     */
    FaultKind take(Sentence sentence, KnownDevice device, long receiveMillis, PositionBatch batch) {
        if (sentence.is("RMC")) {
            return rmc(sentence, device, receiveMillis, batch);
        }
        if (sentence.is("GGA")) {
            return gga(sentence, device, receiveMillis, batch);
        }
        if (sentence.is("GLL")) {
            return gll(sentence, device, receiveMillis, batch);
        }
        if (sentence.is("GSA")) {
            gsa(sentence);
        } else if (sentence.is("VTG")) {
            speed = Double.isNaN(speed) ? sentence.number(7) : speed;
            course = Double.isNaN(course) ? sentence.number(1) : course;
        } else if (sentence.is("ZDA")) {
            zda(sentence);
        }
        return null;
    }

    /** Appends the fix begun, if there is one: the connection ends, the datagram or message does. */
    void end(KnownDevice device, long receiveMillis, PositionBatch batch) {
        if (rmc || gga || gll) {
            append(device, receiveMillis, batch);
        }
        clear();
    }

    private FaultKind rmc(Sentence sentence, KnownDevice device, long receiveMillis, PositionBatch batch) {
        if (!placed(sentence, 3)) {
            return FaultKind.BAD_BODY;
        }
        begin(sentence.number(1), rmc, device, receiveMillis, batch);
        rmc = true;
        place(sentence, 3);
        char mode = sentence.letter(12);
        valid = sentence.letter(2) == 'A' && mode != 'N' && mode != 'E' && mode != 'S';
        speed = sentence.number(7) * KMH_OF_KNOT;
        course = sentence.number(8);
        day = NmeaTime.day(sentence.whole(9));
        talker(sentence);
        if (gga) {
            end(device, receiveMillis, batch);
        }
        return null;
    }

    private FaultKind gga(Sentence sentence, KnownDevice device, long receiveMillis, PositionBatch batch) {
        if (!placed(sentence, 2)) {
            return FaultKind.BAD_BODY;
        }
        begin(sentence.number(1), gga, device, receiveMillis, batch);
        gga = true;
        int quality = sentence.whole(6);
        boolean fix = quality >= 1 && quality <= 5;
        valid = rmc ? valid && fix : fix;
        if (!rmc) {
            place(sentence, 2);
        }
        satellites = sentence.whole(7);
        hdop = sentence.number(8);
        altitude = sentence.number(9);
        talker(sentence);
        if (rmc) {
            end(device, receiveMillis, batch);
        }
        return null;
    }

    private FaultKind gll(Sentence sentence, KnownDevice device, long receiveMillis, PositionBatch batch) {
        if (!placed(sentence, 1)) {
            return FaultKind.BAD_BODY;
        }
        begin(sentence.number(5), gll, device, receiveMillis, batch);
        gll = true;
        if (!rmc && !gga) {
            place(sentence, 1);
            valid = sentence.letter(6) == 'A' && sentence.letter(7) != 'N';
        }
        talker(sentence);
        return null;
    }

    /** Satellites used, one sentence for each system; their DOP is that of all. */
    private void gsa(Sentence sentence) {
        boolean used = false;
        for (int field = 3; field <= 14; field++) {
            int satellite = sentence.whole(field);
            used |= satellite > 0;
        }
        hdop = Double.isNaN(hdop) ? sentence.number(16) : hdop;
        if (!used) {
            return;
        }
        switch (sentence.whole(18)) {
            case 1 -> systems |= GPS;
            case 2 -> systems |= GLONASS;
            case 3 -> systems |= GALILEO;
            case 4 -> systems |= BEIDOU;
            default -> talker(sentence);
        }
    }

    private void zda(Sentence sentence) {
        long date = NmeaTime.day(sentence.whole(2), sentence.whole(3), sentence.whole(4));
        if (date != Long.MIN_VALUE) {
            lastDay = date;
            lastTime = NmeaTime.ofDay(sentence.number(1));
        }
    }

    /** A talker that is one system proves that it was used; GN says only that there were several. */
    private void talker(Sentence sentence) {
        if (sentence.talker('B', 'D') || sentence.talker('G', 'B')) {
            systems |= BEIDOU;
        } else if (sentence.talker('G', 'P')) {
            systems |= GPS;
        } else if (sentence.talker('G', 'L')) {
            systems |= GLONASS;
        } else if (sentence.talker('G', 'A')) {
            systems |= GALILEO;
        }
    }

    /** A new moment when the time differs, or when the same kind of sentence comes again. */
    private void begin(double hhmmss, boolean again, KnownDevice device, long receiveMillis, PositionBatch batch) {
        int at = NmeaTime.ofDay(hhmmss);
        boolean begun = rmc || gga || gll;
        if (begun && (again || at != time)) {
            end(device, receiveMillis, batch);
        }
        time = at;
    }

    /** Whether the place in these fields is one, or is absent altogether. */
    private boolean placed(Sentence sentence, int field) {
        if (sentence.empty(field) && sentence.empty(field + 2)) {
            return true;
        }
        double lat = degrees(sentence.number(field), 90);
        double lon = degrees(sentence.number(field + 2), 180);
        char north = sentence.letter(field + 1);
        char east = sentence.letter(field + 3);
        boolean right = !Double.isNaN(lat)
                && !Double.isNaN(lon)
                && (north == 'N' || north == 'S')
                && (east == 'E' || east == 'W');
        if (!right) {
            reason = "%s: place must be ddmm.mm,N or S,dddmm.mm,E or W; was %s,%s,%s,%s"
                    .formatted(
                            sentence.address(),
                            sentence.text(field),
                            sentence.text(field + 1),
                            sentence.text(field + 2),
                            sentence.text(field + 3));
        }
        return right;
    }

    private void place(Sentence sentence, int field) {
        if (sentence.empty(field)) {
            return;
        }
        double lat = degrees(sentence.number(field), 90);
        double lon = degrees(sentence.number(field + 2), 180);
        latitude = sentence.letter(field + 1) == 'S' ? -lat : lat;
        longitude = sentence.letter(field + 3) == 'W' ? -lon : lon;
    }

    /** Degrees and minutes in one number to degrees; NaN when it cannot be one. */
    static double degrees(double ddmm, int most) {
        if (!(ddmm >= 0)) {
            return Double.NaN;
        }
        double whole = Math.floor(ddmm / 100);
        double minutes = ddmm - whole * 100;
        double value = whole + minutes / 60;
        return minutes >= 60 || value > most ? Double.NaN : value;
    }

    private void append(KnownDevice device, long receiveMillis, PositionBatch batch) {
        int row = FixTimes.append(batch, device.no(), fixMillis(receiveMillis), receiveMillis, hash());
        boolean somewhere = !Double.isNaN(longitude);
        place.set(longitude, latitude);
        if (!valid || !somewhere) {
            batch.flag(row, PositionFlag.NO_FIX);
        }
        if (somewhere && longitude == 0 && latitude == 0) {
            batch.flag(row, PositionFlag.ZERO_POSITION);
        } else if (somewhere && (device.datum() == Datum.GCJ02 || device.datum() == Datum.BD09)) {
            Datums.toWgs84(place, device.datum());
            batch.flag(row, PositionFlag.DATUM_CONVERTED);
        }
        batch.place(row, place.longitude(), place.latitude());
        batch.motion(row, (float) altitude, speed < 0 || speed > MOST_KMH ? Float.NaN : (float) speed, heading());
        int status = systems | (valid ? POSITIONED : 0) | (latitude < 0 ? SOUTH : 0) | (longitude < 0 ? WEST : 0);
        batch.state(row, 0, status);
        items(batch);
        if (day != Long.MIN_VALUE) {
            lastDay = day;
            lastTime = time;
        }
    }

    /** NaN for what is no course; what rounds to 360 is north. */
    private float heading() {
        float heading = (float) course;
        return heading == 360 ? 0f : heading < 0 || heading > 360 ? Float.NaN : heading;
    }

    /**
     * With the date of RMC; without one, with the last date heard, a day later when midnight has passed since; without any,
     * as the receive time has it.
     */
    private long fixMillis(long receiveMillis) {
        if (time == NmeaTime.NONE) {
            return FixTimes.NO_DATE;
        }
        if (day != Long.MIN_VALUE) {
            return NmeaTime.millis(day, time);
        }
        if (lastDay != Long.MIN_VALUE) {
            boolean midnight = lastTime - time > NmeaTime.DAY_MILLIS / 2;
            return NmeaTime.millis(midnight ? lastDay + 1 : lastDay, time);
        }
        return NmeaTime.latest(time, receiveMillis);
    }

    private void items(PositionBatch batch) {
        boolean counted = satellites >= 0 && satellites <= 255;
        boolean diluted = hdop >= 0 && hdop < 655;
        int length = (counted ? 3 : 0) + (diluted ? 4 : 0);
        if (length == 0) {
            return;
        }
        int at = batch.reserveItems(length);
        byte[] bytes = batch.itemBytes();
        if (counted) {
            bytes[at++] = Items.SATELLITES;
            bytes[at++] = 1;
            bytes[at++] = (byte) satellites;
        }
        if (diluted) {
            int hundredths = (int) Math.round(hdop * 100);
            bytes[at++] = (byte) Items.HDOP;
            bytes[at++] = 2;
            bytes[at++] = (byte) (hundredths >> 8);
            bytes[at] = (byte) hundredths;
        }
    }

    /** Over what was said of the moment, before any conversion: said again, it is the same. */
    private long hash() {
        long motion =
                (long) Float.floatToIntBits((float) speed) << 32 | Float.floatToIntBits((float) course) & 0xFFFF_FFFFL;
        int rest = Arrays.hashCode(new int[] {
            time,
            Float.floatToIntBits((float) altitude),
            Float.floatToIntBits((float) hdop),
            satellites,
            valid ? 1 : 0,
            systems
        });
        return BodyHash.of(Double.doubleToLongBits(longitude), Double.doubleToLongBits(latitude), motion, rest);
    }
}
