package org.farwatch.api.storage;

import java.util.List;

/**
 * How much disk recordings will take: streams by rate by hours by days. A pure function.
 *
 * @param lines what each class takes
 * @param recordings bytes of all of them together
 * @param disk bytes of a disk that holds them and what must stay free
 */
public record Sizing(List<Line> lines, long recordings, long disk) {
    /**
     * What our files add to what a camera sends, mostly the headers of fragments of 200 ms: 8,940 bit/s measured on a
     * recorded camera of 25 pictures a second without sound (13 fragments with 2,592 bytes of headers in 2.32 s).
     */
    static final int CONTAINER_BITS_PER_SECOND = 9_000;

    /** A sidecar takes a block of the file system for each minute that is recorded. */
    static final int SIDECAR_BYTES_PER_MINUTE = 4_096;

    private static final int SECONDS_PER_HOUR = 3_600;

    /**
     * @param streams that are recorded
     * @param kilobitsPerSecond that each sends
     * @param hoursPerDay for which each is recorded
     * @param days for which it is kept
     */
    public record Wanted(StorageClass of, int streams, int kilobitsPerSecond, double hoursPerDay, int days) {}

    /** @param bytes on the disk once as much goes as comes; the day that is not over yet is one more */
    public record Line(StorageClass of, long bytesPerDay, long bytes) {}

    /** @param free bytes that must stay free: below them retention begins to go before its time */
    public static Sizing of(List<Wanted> wanted, long free) {
        List<Line> lines = wanted.stream().map(Sizing::line).toList();
        long recordings = lines.stream().mapToLong(Line::bytes).reduce(0, Math::addExact);
        return new Sizing(lines, recordings, Math.addExact(recordings, free));
    }

    private static Line line(Wanted wanted) {
        double seconds = wanted.hoursPerDay() * SECONDS_PER_HOUR;
        double rate = (wanted.kilobitsPerSecond() * 1_000.0 + CONTAINER_BITS_PER_SECOND) / Byte.SIZE;
        double perStream = seconds * rate + seconds / 60 * SIDECAR_BYTES_PER_MINUTE;
        long perDay = Math.round(perStream * wanted.streams());
        return new Line(wanted.of(), perDay, Math.multiplyExact(perDay, wanted.days() + 1L));
    }
}
