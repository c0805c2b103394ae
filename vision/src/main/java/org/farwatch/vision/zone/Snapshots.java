package org.farwatch.vision.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Pictures kept for evidence of how it looked before: dense for the last seconds, sparser the older they are, so that a dwell of
 * an hour needs about forty. Owned by one thread.
 */
final class Snapshots {
    private static final long INTERVAL_MICROS = 2_000_000;
    private static final double SPARSENESS = 0.15;

    private final long oldestMicros;
    private final List<Snapshot> kept = new ArrayList<>();

    private record Snapshot(long micros, byte[] jpeg) {}

    Snapshots(double oldestSeconds) {
        oldestMicros = (long) (oldestSeconds * 1e6);
    }

    /** Keeps a picture if it is time for one. */
    void offer(long micros, Supplier<byte[]> jpeg) {
        if (!kept.isEmpty() && micros - kept.getLast().micros() < INTERVAL_MICROS) {
            return;
        }
        kept.add(new Snapshot(micros, jpeg.get()));
        for (int i = kept.size() - 2; i > 0; i--) {
            long span = kept.get(i + 1).micros() - kept.get(i - 1).micros();
            if (span < SPARSENESS * (micros - kept.get(i).micros())) {
                kept.remove(i);
            }
        }
        while (kept.size() > 1 && micros - kept.get(1).micros() > oldestMicros) {
            kept.removeFirst();
        }
    }

    /** The newest picture of that time or before, or an empty array. */
    byte[] before(long micros) {
        return kept.reversed().stream()
                .filter(snapshot -> snapshot.micros() <= micros)
                .map(Snapshot::jpeg)
                .findFirst()
                .orElseGet(() -> new byte[0]);
    }

    int size() {
        return kept.size();
    }

    void clear() {
        kept.clear();
    }
}
