package org.farwatch.geo;

import java.util.Arrays;

/**
 * Many positions in columns: primitive arrays, no object per position. A decoder appends rows on its event loop, the
 * store reads them and writes a {@link StoreResult} per row.
 *
 * <p>Ownership: one owner at a time, handed on by {@code PositionSink.accept}; while the store holds a batch, several
 * writer threads may set results of <em>different</em> rows. Nothing here is synchronised; the hand-over publishes.
 *
 * <p>Units: WGS-84 degrees, metres, km/h, degrees clockwise from north, milliseconds since 1970 UTC. A value that the
 * device did not send is {@link Float#NaN}.
 */
public final class PositionBatch {
    /** Rows of an ordinary batch; what one turn of an event loop rarely exceeds. */
    public static final int DEFAULT_ROWS = 1024;

    private static final int ITEM_BYTES_PER_ROW = 32;

    private final int capacity;
    private final int[] device;
    private final long[] fixTime;
    private final long[] receiveTime;
    private final long[] bodyHash;
    private final double[] longitude;
    private final double[] latitude;
    private final float[] altitude;
    private final float[] speed;
    private final float[] heading;
    private final float[] accuracy;
    private final int[] alarms;
    private final int[] status;
    private final int[] flags;
    private final int[] itemStart;
    private final StoreResult[] result;
    private byte[] items;
    private int size;

    public PositionBatch(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.capacity = capacity;
        device = new int[capacity];
        fixTime = new long[capacity];
        receiveTime = new long[capacity];
        bodyHash = new long[capacity];
        longitude = new double[capacity];
        latitude = new double[capacity];
        altitude = new float[capacity];
        speed = new float[capacity];
        heading = new float[capacity];
        accuracy = new float[capacity];
        alarms = new int[capacity];
        status = new int[capacity];
        flags = new int[capacity];
        itemStart = new int[capacity + 1];
        result = new StoreResult[capacity];
        items = new byte[capacity * ITEM_BYTES_PER_ROW];
    }

    public int capacity() {
        return capacity;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == capacity;
    }

    /** Forgets all rows, keeps the arrays. */
    public void clear() {
        size = 0;
    }

    /** Forgets rows from {@code row} on: for a message that turned out bad after some of its rows were appended. */
    public void truncate(int row) {
        if (row < 0 || row > size) {
            throw new IndexOutOfBoundsException("row " + row + " of " + size);
        }
        size = row;
    }

    /**
     * Appends a row whose optional values are absent and whose items are empty.
     *
     * @return its index
     * @throws IllegalStateException when the batch is full: the caller hands it on first
     */
    public int append(int deviceNo, long fixMillis, long receiveMillis, long hash) {
        if (size == capacity) {
            throw new IllegalStateException("batch of " + capacity + " rows is full");
        }
        int row = size++;
        device[row] = deviceNo;
        fixTime[row] = fixMillis;
        receiveTime[row] = receiveMillis;
        bodyHash[row] = hash;
        longitude[row] = Double.NaN;
        latitude[row] = Double.NaN;
        altitude[row] = Float.NaN;
        speed[row] = Float.NaN;
        heading[row] = Float.NaN;
        accuracy[row] = Float.NaN;
        alarms[row] = 0;
        status[row] = 0;
        flags[row] = 0;
        itemStart[row + 1] = itemStart[row];
        result[row] = null;
        return row;
    }

    public void place(int row, double longitudeDegrees, double latitudeDegrees) {
        longitude[row] = longitudeDegrees;
        latitude[row] = latitudeDegrees;
    }

    public void motion(int row, float altitudeMetres, float speedKmh, float headingDegrees) {
        altitude[row] = altitudeMetres;
        speed[row] = speedKmh;
        heading[row] = headingDegrees;
    }

    public void accuracy(int row, float metres) {
        accuracy[row] = metres;
    }

    /**
     * @param alarmBits alarm flags as in JT/T 808-2019 table 25
     * @param statusBits status as in JT/T 808-2019 table 24
     */
    public void state(int row, int alarmBits, int statusBits) {
        alarms[row] = alarmBits;
        status[row] = statusBits;
    }

    public void flag(int row, PositionFlag flag) {
        flags[row] |= flag.mask();
    }

    /** Sets all flags at once, as read back from storage. */
    public void flags(int row, int mask) {
        flags[row] = mask;
    }

    public void fixTime(int row, long millis) {
        fixTime[row] = millis;
    }

    /**
     * Room for {@code length} bytes of additional items (id, length, value) of the row appended last.
     *
     * @return the offset in {@link #itemBytes()} at which the caller writes them now
     */
    public int reserveItems(int length) {
        int start = itemStart[size - 1];
        int end = start + length;
        if (end > items.length) {
            items = Arrays.copyOf(items, Math.max(end, items.length * 2));
        }
        itemStart[size] = end;
        return start;
    }

    /** The shared byte column; rows lie at {@link #itemOffset(int)} with {@link #itemLength(int)}. */
    public byte[] itemBytes() {
        return items;
    }

    public int itemOffset(int row) {
        return itemStart[row];
    }

    public int itemLength(int row) {
        return itemStart[row + 1] - itemStart[row];
    }

    public int device(int row) {
        return device[row];
    }

    public long fixTime(int row) {
        return fixTime[row];
    }

    public long receiveTime(int row) {
        return receiveTime[row];
    }

    public long bodyHash(int row) {
        return bodyHash[row];
    }

    public double longitude(int row) {
        return longitude[row];
    }

    public double latitude(int row) {
        return latitude[row];
    }

    public float altitude(int row) {
        return altitude[row];
    }

    public float speed(int row) {
        return speed[row];
    }

    public float heading(int row) {
        return heading[row];
    }

    public float accuracy(int row) {
        return accuracy[row];
    }

    public int alarms(int row) {
        return alarms[row];
    }

    public int status(int row) {
        return status[row];
    }

    public int flags(int row) {
        return flags[row];
    }

    public void result(int row, StoreResult outcome) {
        result[row] = outcome;
    }

    /** @throws IllegalStateException while the store has not decided on the row */
    public StoreResult result(int row) {
        if (result[row] == null) {
            throw new IllegalStateException("row " + row + " has no result yet");
        }
        return result[row];
    }
}
