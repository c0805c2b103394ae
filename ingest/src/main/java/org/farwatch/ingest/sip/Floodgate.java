package org.farwatch.ingest.sip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets through so many messages of each address in a second. Remembers {@link #PEERS} addresses, those heard last: an
 * address that was forgotten begins anew. Safe for use by many threads.
 */
final class Floodgate {
    static final int PEERS = 20_000;

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final int burst;
    private final LongSupplier nanoTime;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > PEERS;
        }
    };

    private static final class Bucket {
        private double left;
        private long at;
    }

    Floodgate(int perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /**
     * Whether one more message may come in.
     *
     * @param address of its sender, without the port, which costs nothing to change
     */
    synchronized boolean passes(String address) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.get(address);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.left = burst;
            bucket.at = now;
            buckets.put(address, bucket);
        }
        bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }
}
