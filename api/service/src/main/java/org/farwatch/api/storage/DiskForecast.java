package org.farwatch.api.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What lies on the disk day after day if recording goes on as it did and each day's recordings go when their time is up. A
 * pure function.
 *
 * @param points today and each day up to {@link #HORIZON} days on
 * @param capacity bytes that recordings may take: what they take and what is free, without what must stay free
 * @param fullInDays the first day on which they would take more, 0 today; null when none is within the horizon
 * @param balancedInDays the day from which as much goes as comes; null when none is within the horizon
 */
public record DiskForecast(List<Point> points, long capacity, Integer fullInDays, Integer balancedInDays) {
    /** Days that are looked ahead. */
    public static final int HORIZON = 400;

    /** @param bytes by class, at the end of the day */
    public record Point(LocalDate day, Map<StorageClass, Long> bytes) {
        long total() {
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Streams that are kept alike.
     *
     * @param days for which they are kept
     * @param bytesPerDay that come
     * @param held bytes that do not go
     * @param stored bytes of each day of recording that go when their time is up
     */
    public record Kept(StorageClass of, int days, long bytesPerDay, long held, NavigableMap<LocalDate, Long> stored) {
        /** Bytes so many days on: what is not old enough yet, and what has come and not gone again. */
        long after(LocalDate today, int ahead) {
            // A day's last segment goes when it is over and its days have passed.
            LocalDate oldest = today.plusDays(ahead - (long) days - 1);
            long old = stored.tailMap(oldest, true).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return held + old + bytesPerDay * Math.min(ahead, days + 1L);
        }
    }

    /** @param spare bytes that recordings may still take; negative when they took too many */
    public static DiskForecast of(List<Kept> kept, LocalDate today, long spare) {
        List<Point> points = new ArrayList<>();
        for (int ahead = 0; ahead <= HORIZON; ahead++) {
            Map<StorageClass, Long> bytes = new EnumMap<>(StorageClass.class);
            for (Kept each : kept) {
                bytes.merge(each.of(), each.after(today, ahead), Long::sum);
            }
            points.add(new Point(today.plusDays(ahead), bytes));
        }
        long capacity = points.getFirst().total() + spare;
        Integer full = null;
        for (int ahead = 0; ahead <= HORIZON && full == null; ahead++) {
            if (points.get(ahead).total() > capacity) {
                full = ahead;
            }
        }
        int balanced = HORIZON;
        while (balanced > 0
                && points.get(balanced - 1).total() == points.get(HORIZON).total()) {
            balanced--;
        }
        return new DiskForecast(points, capacity, full, balanced == HORIZON ? null : balanced);
    }
}
