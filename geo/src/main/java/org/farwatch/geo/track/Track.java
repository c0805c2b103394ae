package org.farwatch.geo.track;

import java.util.Arrays;
import org.farwatch.geo.PositionFlag;

/**
 * Positions of one device in order of fix time, in columns that grow: some 45 bytes a position. Whoever fills it gives
 * them in that order.
 *
 * <p>Units: milliseconds since 1970 UTC, WGS-84 degrees ({@link Double#NaN} for none), km/h and metres ({@link Float#NaN}
 * for none). Threads: one owner.
 */
public final class Track {
    /** What {@link #mileage} gives where the device sent none. */
    public static final long NO_MILEAGE = -1;

    private static final int FIRST_CAPACITY = 1024;

    private static final int BAD_CLOCK = PositionFlag.NO_TIME.mask()
            | PositionFlag.CLOCK_ROLLOVER.mask()
            | PositionFlag.FUTURE_TIME.mask()
            | PositionFlag.PAST_TIME.mask();

    private static final int NO_PLACE =
            PositionFlag.NO_FIX.mask() | PositionFlag.ZERO_POSITION.mask() | PositionFlag.ENCRYPTED.mask();

    private long[] time = new long[FIRST_CAPACITY];
    private double[] longitude = new double[FIRST_CAPACITY];
    private double[] latitude = new double[FIRST_CAPACITY];
    private float[] speed = new float[FIRST_CAPACITY];
    private float[] accuracy = new float[FIRST_CAPACITY];
    private int[] alarms = new int[FIRST_CAPACITY];
    private int[] flags = new int[FIRST_CAPACITY];
    private long[] mileage = new long[FIRST_CAPACITY];
    private int size;

    /**
     * Appends a position.
     *
     * @param accuracyMetres one sigma as the device says
     * @param mileageTenths the device's odometer in 0.1 km, {@link #NO_MILEAGE} for none
     * @throws IllegalArgumentException when it lies before the last one
     */
    public void add(
            long fixTime,
            double longitudeDegrees,
            double latitudeDegrees,
            float speedKmh,
            float accuracyMetres,
            int alarmBits,
            int flagBits,
            long mileageTenths) {
        if (size > 0 && fixTime < time[size - 1]) {
            throw new IllegalArgumentException(
                    "positions come in order of time: " + fixTime + " after " + time[size - 1]);
        }
        if (size == time.length) {
            grow(size * 2);
        }
        time[size] = fixTime;
        longitude[size] = longitudeDegrees;
        latitude[size] = latitudeDegrees;
        speed[size] = speedKmh;
        accuracy[size] = accuracyMetres;
        alarms[size] = alarmBits;
        flags[size] = flagBits;
        mileage[size] = mileageTenths;
        size++;
    }

    public int size() {
        return size;
    }

    /** Forgets all positions, keeps the room. */
    public void clear() {
        size = 0;
    }

    public long time(int index) {
        return time[index];
    }

    public double longitude(int index) {
        return longitude[index];
    }

    public double latitude(int index) {
        return latitude[index];
    }

    public float speed(int index) {
        return speed[index];
    }

    public float accuracy(int index) {
        return accuracy[index];
    }

    public int alarms(int index) {
        return alarms[index];
    }

    public int flags(int index) {
        return flags[index];
    }

    public long mileage(int index) {
        return mileage[index];
    }

    /** Whether its fix time can be believed. */
    public boolean isTimed(int index) {
        return (flags[index] & BAD_CLOCK) == 0;
    }

    /** Whether it says where the device was and when. */
    public boolean isPlaced(int index) {
        return isPlaced(flags[index], longitude[index], latitude[index]);
    }

    /** As {@link #isPlaced(int)}, of a position that is in no track yet. */
    public static boolean isPlaced(int flags, double longitude, double latitude) {
        return (flags & (BAD_CLOCK | NO_PLACE)) == 0
                && Math.abs(longitude) <= 180
                && Math.abs(latitude) <= Mercator.FARTHEST_LATITUDE;
    }

    private void grow(int capacity) {
        time = Arrays.copyOf(time, capacity);
        longitude = Arrays.copyOf(longitude, capacity);
        latitude = Arrays.copyOf(latitude, capacity);
        speed = Arrays.copyOf(speed, capacity);
        accuracy = Arrays.copyOf(accuracy, capacity);
        alarms = Arrays.copyOf(alarms, capacity);
        flags = Arrays.copyOf(flags, capacity);
        mileage = Arrays.copyOf(mileage, capacity);
    }
}
