package org.farwatch.ingest;

import java.util.concurrent.atomic.LongAdder;

/** How long devices waited for the acknowledgement of what they sent, as a histogram. Any thread; allocates nothing. */
public final class AckTimes {
    /** Upper ends of the buckets in milliseconds; one more has the rest. */
    private static final long[] MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000};

    private final LongAdder[] counts = new LongAdder[MILLIS.length + 1];

    public AckTimes() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** @param millis from the reading of a message to the writing of its acknowledgement */
    public void add(long millis) {
        int bucket = 0;
        while (bucket < MILLIS.length && millis > MILLIS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
    }

    /** Buckets, the last of which has no upper end. */
    public int buckets() {
        return counts.length;
    }

    /** Upper end of a bucket in seconds as Prometheus writes it, {@code +Inf} of the last. */
    public String upTo(int bucket) {
        return bucket == MILLIS.length ? "+Inf" : Double.toString(MILLIS[bucket] / 1_000.0);
    }

    /** Acknowledgements that took no longer than a bucket's upper end. */
    public long within(int bucket) {
        long all = 0;
        for (int i = 0; i <= bucket; i++) {
            all += counts[i].sum();
        }
        return all;
    }
}
