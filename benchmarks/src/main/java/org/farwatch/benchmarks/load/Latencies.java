package org.farwatch.benchmarks.load;

/** A histogram of times up to a minute, within 2 % of each; owned by one thread, added up afterwards. */
final class Latencies {
    private static final double STEP = 1.02;
    private static final double FIRST_MICROS = 10;
    private static final int BUCKETS = (int) (Math.log(60e6 / FIRST_MICROS) / Math.log(STEP)) + 2;

    private final long[] counts = new long[BUCKETS];

    void add(long nanos) {
        double micros = nanos / 1_000.0;
        int bucket = micros <= FIRST_MICROS ? 0 : (int) (Math.log(micros / FIRST_MICROS) / Math.log(STEP)) + 1;
        counts[Math.min(bucket, BUCKETS - 1)]++;
    }

    void add(Latencies other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** @return milliseconds below which the share lies, NaN when nothing was added */
    double millis(double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (all > 0 && seen >= wanted) {
                return FIRST_MICROS * Math.pow(STEP, i) / 1_000;
            }
        }
        return Double.NaN;
    }
}
