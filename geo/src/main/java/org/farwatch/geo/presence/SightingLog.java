package org.farwatch.geo.presence;

import java.util.Arrays;

/**
 * The sightings of one duty in order of time, nine bytes each: two columns, sorted, without repetitions. Appending is
 * O(1), putting one between others moves what lies behind it.
 *
 * <p>Threads: those of the owning {@link PresenceTracker}.
 */
final class SightingLog {
    static final int FIRST_CAPACITY = 64;

    private final int capacity;
    private long[] times = new long[FIRST_CAPACITY];
    private byte[] codes = new byte[FIRST_CAPACITY];
    private int size;

    SightingLog(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    long time(int index) {
        return times[index];
    }

    Sighting sighting(int index) {
        return Sighting.of(codes[index]);
    }

    /** The index at which the sighting stands or, as {@code -1 - index}, belongs. */
    int find(long time, Sighting sighting) {
        if (size == 0 || compare(size - 1, time, sighting) < 0) {
            return -1 - size;
        }
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, time, sighting);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Puts a sighting where {@link #find} said that it belongs; the log must not be full. */
    void insert(int index, long time, Sighting sighting) {
        if (size == times.length) {
            int larger = Math.min(capacity, size * 2);
            times = Arrays.copyOf(times, larger);
            codes = Arrays.copyOf(codes, larger);
        }
        System.arraycopy(times, index, times, index + 1, size - index);
        System.arraycopy(codes, index, codes, index + 1, size - index);
        times[index] = time;
        codes[index] = sighting.code();
        size++;
    }

    private int compare(int index, long time, Sighting sighting) {
        int order = Long.compare(times[index], time);
        return order != 0 ? order : Byte.compare(codes[index], sighting.code());
    }
}
