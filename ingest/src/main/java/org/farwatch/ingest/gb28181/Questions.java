package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.ingest.gb28181.Gathering.Gathered;

/** What devices were asked and have not yet answered, by device and SN. At most {@link #MOST}. Any thread. */
final class Questions {
    static final int MOST = 50_000;

    private final Map<Key, Gathering> open = new ConcurrentHashMap<>();
    private final AtomicInteger numbers =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1, 1_000_000));

    private final long silenceNanos;

    /** @param silence after the last part of an answer, which then counts as over */
    Questions(Duration silence) {
        silenceNanos = silence.toNanos();
    }

    private record Key(String device, int sn) {}

    /** The SN of the next question: positive, below a million, as old devices have room for. */
    int next() {
        return numbers.updateAndGet(last -> last >= 999_999 ? 1 : last + 1);
    }

    /** @param most items that the answer may have */
    CompletableFuture<Gathered> ask(String device, int sn, int most) {
        Gathering gathering = new Gathering(most, System.nanoTime());
        if (open.size() >= MOST) {
            gathering.finish();
        } else {
            open.put(new Key(device, sn), gathering);
        }
        return gathering.done();
    }

    /** The gathering that this answers, or null: nobody asked. */
    Gathering find(String device, int sn) {
        return open.get(new Key(device, sn));
    }

    /** Nobody waits for it any more, or it is whole. */
    void forget(String device, int sn) {
        Gathering gone = open.remove(new Key(device, sn));
        if (gone != null) {
            gone.finish();
        }
    }

    /** Ends what has been silent for too long. */
    void sweep(long nowNanos) {
        open.values().removeIf(gathering -> gathering.silentFor(silenceNanos, nowNanos));
    }
}
